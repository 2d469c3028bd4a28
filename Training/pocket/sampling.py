"""Random scenes, and pictures of them in bulk."""
import random

import numpy as np
import torch

from .illustrator import draw
from .scene import CARRIED, COLOURS, COUNTS, LAYOUT, PLACES, Scene, layout
from .things import CATALOGUE


def random_scene(pick, pairs=0.2, several=0.2, things=CARRIED, known=0):
    """A scene of the first `things` of the catalogue; `pairs` have a second thing, `several` two or three of the first.

    Where the first `known` of the catalogue have been learnt before, six in ten show another.
    """
    def thing():
        return pick.randrange(known if known and pick.random() < 0.6 else 0, things)

    scene = Scene(place=pick.randrange(len(PLACES)),
                  time=pick.choices(range(4), (3, 2, 2, 3))[0],
                  weather=pick.choices(range(4), (6, 1.6, 1.6, 1.4))[0])
    if pick.random() < 0.07:
        return scene
    scene.first = thing()
    scene.size = pick.choices(range(3), (2, 1, 1))[0]
    if "tint" in CATALOGUE[scene.first].flags and pick.random() < 0.45:
        scene.colour = pick.randrange(1, len(COLOURS))
    more = pick.random()
    if more < pairs:
        while (second := thing()) == scene.first:
            pass
        scene.second = second
    elif more < pairs + several:
        scene.count = pick.randrange(1, len(COUNTS))
    return scene


def scenes(count, seed, pairs, known=0):
    """Yields (scene, N(0,1) numbers, picture, mask)."""
    pick = random.Random(seed)
    numbers = torch.randn(count, len(LAYOUT), generator=torch.Generator().manual_seed(seed))
    for z in numbers:
        scene = random_scene(pick, pairs, known=known)
        yield (scene, z, *draw(scene, layout(z).tolist()))


def sheet(path, pictures, columns=8, side=192):
    from PIL import Image
    rows = -(-len(pictures) // columns)
    out = Image.new("RGB", (columns * side, rows * side))
    for i, picture in enumerate(pictures):
        tile = Image.fromarray(np.asarray(picture)).resize((side, side), Image.LANCZOS)
        out.paste(tile, (i % columns * side, i // columns * side))
    out.save(path)

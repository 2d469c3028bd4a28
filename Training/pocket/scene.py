"""What a picture shows: slots that a caption states, and a layout that the noise states.

The layout is a smooth function of the latent noise, so one caption and one noise have exactly
one right picture. That is why plain regression can teach a one-step model without blur, and why
a film that moves the noise moves the things in it.
"""
import math
from dataclasses import dataclass

import torch

from .things import CATALOGUE

PLACES = ["meadow", "forest", "sea", "mountains", "village", "city", "desert", "snow", "river", "jungle", "cave", "room"]
TIMES = ["day", "morning", "evening", "night"]
WEATHERS = ["clear", "rain", "snowfall", "fog"]
SIZES = ["normal", "small", "big"]
COUNTS = ["one", "two", "three"]
COLOURS = ["own", "red", "blue", "green", "yellow"]
THINGS = [thing.name for thing in CATALOGUE]
NOTHING = len(THINGS)
# How many of the catalogue the weights in the repository were taught: what two CPU cores can learn
# in some hours. On a GPU, raise it to len(CATALOGUE).
CARRIED = 80

# Slot name -> number of answers. `first` stands left of `second`; either may be NOTHING.
# Size, count and colour are those of the first.
SLOTS = {"place": len(PLACES), "time": len(TIMES), "weather": len(WEATHERS),
         "first": NOTHING + 1, "second": NOTHING + 1,
         "size": len(SIZES), "count": len(COUNTS), "colour": len(COLOURS)}


@dataclass
class Scene:
    """Index of each slot's answer. The defaults are what an unspoken slot means."""
    place: int = 0
    time: int = 0
    weather: int = 0
    first: int = NOTHING
    second: int = NOTHING
    size: int = 0
    count: int = 0
    colour: int = 0

    def row(self):
        return [getattr(self, name) for name in SLOTS]


# Layout number -> (latent channel, split): the sum of a whole channel, or top half minus bottom.
# Backdrop and clouds follow x (a camera that follows the hero): numbers of their own were
# the last thing the UNet learnt to read, and until then every ridge was a blur.
LAYOUT = {"x": (0, False), "y": (0, True), "size": (2, False)}


def patterns(height=32, width=32):
    """Unit patterns [3, 4, H, W]; the product with N(0,1) noise is N(0,1)."""
    out = torch.zeros(len(LAYOUT), 4, height, width)
    for i, (channel, split) in enumerate(LAYOUT.values()):
        out[i, channel] = 1
        if split:
            out[i, channel, height // 2:] = -1
    return out / math.sqrt(height * width)


def project(noise):
    """Noise [B, 4, H, W] -> N(0,1) numbers [B, 3]."""
    return torch.einsum("bchw,nchw->bn", noise, patterns(*noise.shape[-2:]).to(noise))


def layout(numbers):
    """N(0,1) numbers -> uniform numbers in (0, 1): where things stand."""
    return 0.5 * (1 + torch.erf(numbers / math.sqrt(2)))


def noise_with(numbers, generator=None, height=32, width=32):
    """Fresh noise [B, 4, H, W] with the given projections: a stored scene meets new noise each time."""
    noise = torch.randn(len(numbers), 4, height, width, generator=generator, device=numbers.device)
    wanted = numbers - project(noise)
    return noise + torch.einsum("bn,nchw->bchw", wanted, patterns(height, width).to(noise))


def sun_place(time):
    """Where sun or moon stands, in pixels of 256: lower in the morning and the evening."""
    return 178, (96 if TIMES[time] in ("morning", "evening") else 50)

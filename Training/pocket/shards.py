"""draw, read: scenes and captions made once, kept as latents and tokens; noise is new at each use."""
import random
from pathlib import Path

import torch
import torch.nn.functional as F

from . import autoencoder, text, tokenizer as bpe
from .captions import caption
from .device import BEST, half
from .sampling import scenes
from .scene import Scene

SIZE = 2000


@torch.no_grad()
def make(seed, pairs, known, encoder, tokenizer, count=SIZE):
    """Latents [N, 4, 32, 32], layout numbers [N, 3], slots [N, 8], share of each cell that is a thing [N, 1, 32, 32], tokens of a caption [N, 77]."""
    latents, numbers, rows, masks, pictures = [], [], [], [], []

    def flush():
        batch = torch.stack(pictures).permute(0, 3, 1, 2).float().div(127.5).sub(1).to(BEST, memory_format=torch.channels_last)
        with half():
            latents.append(encoder(batch).half().contiguous().cpu())
        pictures.clear()

    for scene, z, picture, mask in scenes(count, seed, pairs, known):
        pictures.append(torch.from_numpy(picture))
        numbers.append(z)
        rows.append(torch.tensor(scene.row()))
        masks.append(F.max_pool2d(torch.from_numpy(mask)[None].float(), 8).byte())
        if len(pictures) == 50:
            flush()
    if pictures:
        flush()
    pick = random.Random(seed)
    tokens = bpe.encode(tokenizer, [caption(pick, Scene(*row.tolist())) for row in rows]).short()
    return dict(latents=torch.cat(latents), numbers=torch.stack(numbers), rows=torch.stack(rows), masks=torch.stack(masks), tokens=tokens)


@torch.no_grad()
def read_captions(tokens, model):
    """Captions through the frozen encoder: states [N, 77, W] and pooled [N, W], fp16, where the encoder is."""
    states, pooled = [], []
    for ids in tokens.to(BEST).int().split(100 if BEST.type == "cpu" else 2000):
        with half():
            out = model(ids, output_hidden_states=True)
        states.append(out.hidden_states[-2].half())
        pooled.append(out.text_embeds.half())
    return dict(states=torch.cat(states), pooled=torch.cat(pooled))


def save(data, path):
    torch.save(data, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)
    print(path.name, flush=True)


def draw(run, first, last, pairs, known=0):
    """Writes shards first..last-1; those that exist are left. What comes behind the first `known` things is drawn more often."""
    folder = Path(run) / "scenes"
    folder.mkdir(exist_ok=True)
    encoder = autoencoder.load(run).encoder.to(BEST)
    tokenizer = bpe.load(Path(run) / "tokenizer")
    for k in range(first, last):
        path = folder / f"{k:04d}.pt"
        if not path.exists():
            save(make(1000 + k, pairs, known, encoder, tokenizer), path)


def read(run, first, last):
    """Keeps how the frozen text encoder reads the captions of shards first..last-1; training reads what is not kept itself."""
    model = text.load(run)[1].to(BEST)
    for k in range(first, last):
        path = Path(run) / "scenes" / f"{k:04d}.pt"
        if path.exists() and not path.with_suffix(".read").exists():
            states = {k: v.cpu() for k, v in read_captions(torch.load(path)["tokens"], model).items()}
            save(states, path.with_suffix(".read"))

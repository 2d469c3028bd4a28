"""grow: a run goes on with a wider UNet that draws what the narrower one drew.

Net2Net (Chen, Goodfellow, Shlens, 2015): each channel of a widened level becomes two neighbours with
the same value, so GroupNorm's groups see the same mean and variance; what reads them reads half of
each, and a difference that cancels tells the two apart in training. Only where a widened level
is joined to one that stays do the groups fall otherwise; that is soon mended.
"""
from pathlib import Path

import torch

from . import text, unet


def copies(old, new):
    """For each of `new` channels, the channel of `old` that it copies: those from the last level that stays first."""
    stay = 2 * old - new                        # old = stay + changed, new = stay + 2 * changed
    return torch.cat([torch.arange(stay), stay + torch.arange(old - stay).repeat_interleave(2)])


def widened(weight, shape, tell=0.5):
    """A parameter with its rows and columns copied to `shape`; copied columns share the old value."""
    if weight.shape == shape:
        return weight.clone()
    weight = weight[copies(len(weight), shape[0])]
    if weight.ndim > 1 and weight.shape[1] != shape[1]:
        first = torch.arange(2 * weight.shape[1] - shape[1], shape[1], 2)
        weight = weight[:, copies(weight.shape[1], shape[1])]
        weight[:, first] *= 0.5
        weight[:, first + 1] *= 0.5
        noise = torch.randn_like(weight[:, first]) * weight.std() * tell
        weight[:, first] += noise
        weight[:, first + 1] -= noise
    return weight.contiguous()


def sinusoids(weight, shape):
    """The first time layer: of twice as many sinusoids (cosines, then sines) every other is an old one."""
    rows = weight[copies(len(weight), shape[0])]
    out = torch.zeros(shape)
    out[:, ::2] = rows
    return out


def grow(run):
    """turbo.pt of a narrower UNet becomes one of `unet.WIDTHS`, without the optimizer's state."""
    path = Path(run) / "turbo.pt"
    state = torch.load(path, map_location="cpu")
    shapes = {k: v.shape for k, v in unet.build(text.WIDTH).state_dict().items()}
    torch.manual_seed(0)
    weights = {name: (sinusoids if name == "time_embedding.linear_1.weight" else widened)(weight, shapes[name])
               for name, weight in state["average"].items()}
    torch.save(dict(model=weights, average=weights, step=state["step"], seen=state["seen"]), path)

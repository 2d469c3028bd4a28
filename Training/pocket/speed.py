"""speed: how many samples a second this machine trains, and how many operations that is."""
import time

import torch

from . import text, turbo, unet
from .device import BEST
from .scene import LAYOUT, SLOTS


class Pretence:
    """Random batches of the right shapes."""

    def batch(self, count):
        rows = torch.stack([torch.randint(0, size, (count,)) for size in SLOTS.values()], 1)
        data = dict(latents=torch.randn(count, 4, 32, 32), numbers=torch.randn(count, len(LAYOUT)), masks=torch.rand(count, 1, 32, 32) * 255,
                    pooled=torch.randn(count, text.WIDTH), states=torch.randn(count, 77, text.WIDTH), rows=rows)
        return {k: v.to(BEST) for k, v in data.items()}


def measure(run, seconds, batch):
    from tempfile import TemporaryDirectory
    with TemporaryDirectory() as folder:
        state = turbo.Run(folder, text.WIDTH, 0.01)
    pool, bank, half_drawn = turbo.workers(), Pretence(), turbo.onwards(batch, 0.25)
    products = unet.operations(unet.build(text.WIDTH), text.WIDTH)
    turbo.learn(state, pool, bank, batch, half_drawn, 4.0, 0.0)
    start, done = time.time(), 0
    while time.time() - start < seconds:
        turbo.learn(state, pool, bank, batch, half_drawn, 4.0, 0.0)
        done += batch
    rate = done / (time.time() - start)
    print(f"{products / 1e9:.3f} G multiply-adds a picture; a training sample is three times that, {6 * products / 1e9:.2f} GFLOP")
    print(f"batch {batch}, {turbo.WORKERS} worker(s): {rate:.1f} samples/s, {rate * 6 * products / 1e9:.0f} GFLOP/s without the optimizer's own")

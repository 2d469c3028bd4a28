"""speed: how many scenes a second this machine draws and how many samples it trains, and how many operations that is."""
import random
import time

import torch

from . import text, turbo, unet
from .device import BEST
from .illustrator import draw
from .sampling import random_scene
from .scene import LAYOUT, SLOTS, layout
from .workers import WORKERS, workers


class Pretence:
    """Random batches of the right shapes."""

    def batch(self, count):
        rows = torch.stack([torch.randint(0, size, (count,)) for size in SLOTS.values()], 1)
        data = dict(latents=torch.randn(count, 4, 32, 32), numbers=torch.randn(count, len(LAYOUT)), masks=torch.rand(count, 1, 32, 32) * 255,
                    pooled=torch.randn(count, text.WIDTH), states=torch.randn(count, 77, text.WIDTH), rows=rows)
        return {k: v.to(BEST) for k, v in data.items()}


def illustrated(count=600):
    """Scenes a second on one core, once sprites and backdrops are made."""
    pick, numbers = random.Random(5), layout(torch.randn(count, len(LAYOUT))).tolist()
    asked = [random_scene(pick, pairs=0.3) for _ in range(count)]
    rates = []
    for _ in range(3):
        start = time.time()
        for scene, number in zip(asked, numbers):
            draw(scene, number)
        rates.append(count / (time.time() - start))
    return max(rates)


def measure(run, seconds, batch):
    from tempfile import TemporaryDirectory
    print(f"{illustrated():.0f} scenes/s on one core")
    with TemporaryDirectory() as folder:
        state = turbo.Run(folder, text.WIDTH, 0.01)
    pool, bank, half_drawn = workers(), Pretence(), turbo.onwards(batch, 0.25)
    products = unet.operations(unet.build(text.WIDTH), text.WIDTH)
    turbo.learn(state, pool, bank, batch, half_drawn, 4.0, 0.0, 0.0)
    start, done = time.time(), 0
    while time.time() - start < seconds:
        turbo.learn(state, pool, bank, batch, half_drawn, 4.0, 0.0, 0.0)
        done += batch
    rate = done / (time.time() - start)
    print(f"{products / 1e9:.3f} G multiply-adds a picture; a training sample is three times that, {6 * products / 1e9:.2f} GFLOP")
    print(f"batch {batch}, {WORKERS} worker(s): {rate:.1f} samples/s, {rate * 6 * products / 1e9:.0f} GFLOP/s without the optimizer's own")

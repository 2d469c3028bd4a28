"""The distance between what latents show: a perceptual loss for the UNet.

A plain distance hardly minds a thing that is smeared; features of a classifier do, for they are what
tells a horse from a cow (Zhang et al., 2018; of latents: Kang et al., 2024). The classifier learns
from true latents alone, and the evaluation's, which sees pictures, is another.
"""
import time
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from .device import BEST, half
from .scene import CARRIED, SLOTS
from .workers import WORKERS, set_gradients

# Latents that it learns from, many more than once, and how many at a time.
LESSONS, BATCH = 2000 * CARRIED, 512 if BEST.type == "cuda" else 64


class Sight(nn.Module):
    """Says what latents [B, 4, 32, 32] show."""

    def __init__(self, width=32):
        super().__init__()
        self.blocks, last = nn.ModuleList(), 4
        for k in range(4):
            now = width * (k + 1)
            self.blocks.append(nn.Sequential(
                nn.Conv2d(last, now, 3, stride=2 if k else 1, padding=1), nn.GroupNorm(8, now), nn.SiLU(),
                nn.Conv2d(now, now, 3, padding=1), nn.GroupNorm(8, now), nn.SiLU()))
            last = now
        self.head = nn.Linear(16 * last, sum(SLOTS.values()))

    def features(self, latents):
        """Of each block [B, C, H, W], of unit length in every place."""
        out, x = [], latents
        for block in self.blocks:
            x = block(x)
            out.append(F.normalize(x.float(), dim=1))
        return out

    def forward(self, latents):
        for block in self.blocks:
            latents = block(latents)
        return self.head(latents.flatten(1)).float().split(list(SLOTS.values()), 1)

    def distance(self, guess, latents, weight):
        """[B] between guessed and true latents; places count as `weight` [B, 1, 32, 32] says."""
        with half():
            with torch.no_grad():
                real = self.features(latents)
            seen = self.features(guess)
        total = 0
        for a, b in zip(seen, real):
            share = F.adaptive_avg_pool2d(weight, a.shape[-2:])
            total = total + ((a - b).square().sum(1, keepdim=True) * share).mean((1, 2, 3)) / share.mean()
        return total / len(real)


def load(path, bank, pool, rate=2e-3):
    """The classifier kept at `path`; taught first from the bank's latents where there is none (100 seconds on two cores)."""
    torch.manual_seed(7)
    model, path = Sight().to(BEST), Path(path)
    if path.exists():
        model.load_state_dict(torch.load(path, map_location=BEST))
        return model.eval().requires_grad_(False)
    optimizer, steps = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02), LESSONS // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    start = time.time()

    def learn(_):
        data = bank.batch(BATCH // WORKERS)
        # A little noise, so that a guess a little off is still seen.
        x = data["latents"] + 0.1 * torch.randn_like(data["latents"]) * torch.rand(len(data["latents"]), 1, 1, 1, device=BEST)
        with half():
            answers = model(x)
        loss = sum(F.cross_entropy(a, data["rows"][:, k]) for k, a in enumerate(answers))
        right = torch.stack([a.argmax(1) for a in answers], 1).eq(data["rows"]).float().mean(0)
        return loss.item(), right, torch.autograd.grad(loss, list(model.parameters()))

    for step in range(steps):
        parts = list(pool.map(learn, range(WORKERS)))
        set_gradients(model, [part[2] for part in parts])
        optimizer.step()
        schedule.step()
        if (step + 1) % (steps // 10) == 0:
            right = sum(part[1] for part in parts) / len(parts)
            print(f"sight: {time.time() - start:.0f} s, loss {parts[0][0]:.3f} "
                  + " ".join(f"{s} {r:.2f}" for s, r in zip(SLOTS, right.tolist())), flush=True)
    torch.save(model.state_dict(), path)
    return model.eval().requires_grad_(False)

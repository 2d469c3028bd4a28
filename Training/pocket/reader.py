"""A small classifier that learns from the illustrator's pictures alone what a picture shows."""
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from .device import BEST, half
from .sampling import scenes
from .scene import CARRIED, SLOTS

SIDE = 96
# Pictures that it learns from.
LESSONS = 190 * CARRIED


def small(pictures):
    """Pictures uint8 [B, 256, 256, 3] -> [B, 3, 96, 96]."""
    return F.interpolate(torch.as_tensor(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1, size=SIDE, mode="area")


class Reader(nn.Module):
    def __init__(self, width=32):
        super().__init__()
        layers, last = [], 3
        for w in (width, 2 * width, 4 * width, 6 * width):
            layers += [nn.Conv2d(last, w, 3, stride=2, padding=1), nn.BatchNorm2d(w), nn.ReLU(),
                       nn.Conv2d(w, w, 3, padding=1), nn.BatchNorm2d(w), nn.ReLU()]
            last = w
        self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d((3, 6)), nn.Flatten(), nn.Dropout(0.2))
        self.head = nn.Linear(18 * last, sum(SLOTS.values()))

    def forward(self, x):
        return self.head(self.body(x)).split(list(SLOTS.values()), 1)


def lessons(count, seed, pairs):
    pictures, rows = torch.empty(count, 3, SIDE, SIDE, dtype=torch.half).contiguous(memory_format=torch.channels_last), []
    for i, (scene, _, picture, _) in enumerate(scenes(count, seed, pairs)):
        pictures[i] = small(picture[None])[0]
        rows.append(scene.row())
    return pictures, torch.tensor(rows)


def load(path, count=LESSONS, epochs=9, batch=64):
    """The classifier kept at `path`; taught first (about ten minutes on two cores, for 48 things) where there is none."""
    model, path = Reader().to(memory_format=torch.channels_last), Path(path)
    if path.exists():
        model.load_state_dict(torch.load(path))
        return model.to(BEST).eval()
    pictures, rows = lessons(count, 77, 0.35)
    rows, model = rows.to(BEST), model.to(BEST)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
    total = epochs * (count // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=total)
    for epoch in range(epochs):
        for at in torch.randperm(count)[:count // batch * batch].split(batch):
            # Soft and shifted colours, so that a picture a little off is still read by its shapes.
            x = pictures[at].to(BEST).float() + torch.randn(len(at), 3, 1, 1, device=BEST) * 0.06
            with half():
                answers = model(x)
            loss = sum(F.cross_entropy(a.float(), rows[at, k]) for k, a in enumerate(answers))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"reader: epoch {epoch + 1} loss {loss.item():.3f}", flush=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), path)
    return model.eval()


@torch.no_grad()
def read(model, pictures):
    """Small pictures -> (answers [B, slots], confidence of each)."""
    best = [torch.cat(parts).softmax(1).max(1) for parts in zip(*(model(p.to(BEST).float()) for p in pictures.split(64)))]
    return torch.stack([b.indices for b in best], 1).cpu(), torch.stack([b.values for b in best], 1).cpu()

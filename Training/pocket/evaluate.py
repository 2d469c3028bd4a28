"""evaluate: does a picture show what its caption says? A test that can fail.

A small classifier learns from the illustrator's pictures alone, then reads place, time, weather
and things from Pocket's pictures of captions and noise that no training has seen.
"""
import random
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from .captions import caption
from .model import Pocket
from .sampling import random_scene, scenes, sheet
from .scene import LAYOUT, SLOTS, THINGS, noise_with

READ = [s for s in SLOTS if s != "size"]
NEEDED = {"place": 0.9, "time": 0.9, "weather": 0.8, "first": 0.7}


def small(pictures):
    """Pictures uint8 [B, 256, 256, 3] -> [B, 3, 64, 64]."""
    return F.interpolate(torch.as_tensor(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1, size=64, mode="area")


class Reader(nn.Module):
    def __init__(self, width=32):
        super().__init__()
        layers, last = [], 3
        for w in (width, 2 * width, 4 * width, 4 * width):
            layers += [nn.Conv2d(last, w, 3, stride=2, padding=1), nn.BatchNorm2d(w), nn.ReLU(),
                       nn.Conv2d(w, w, 3, padding=1), nn.BatchNorm2d(w), nn.ReLU()]
            last = w
        self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Dropout(0.2))
        self.head = nn.Linear(16 * last, sum(SLOTS.values()))

    def forward(self, x):
        return self.head(self.body(x)).split(list(SLOTS.values()), 1)


def lessons(count, seed, pairs):
    pictures, rows = [], []
    for scene, _, picture, _ in scenes(count, seed, pairs):
        pictures.append(small(picture[None]))
        rows.append(scene.row())
    return torch.cat(pictures), torch.tensor(rows)


def reader(path, count=3000, epochs=8):
    model = Reader()
    if path.exists():
        model.load_state_dict(torch.load(path))
        return model.eval()
    pictures, rows = lessons(count, 77, 0.3)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    total = epochs * (count // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=total)
    for epoch in range(epochs):
        for at in torch.randperm(count)[:count // 64 * 64].split(64):
            # Soft and shifted colours, so that a picture a little off is still read by its shapes.
            x = pictures[at] + torch.randn(len(at), 3, 1, 1) * 0.06
            with torch.autocast("cpu", torch.bfloat16):
                answers = model(x)
            loss = sum(F.cross_entropy(a.float(), rows[at, k]) for k, a in enumerate(answers))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"reader: epoch {epoch + 1} loss {loss.item():.3f}", flush=True)
    torch.save(model.state_dict(), path)
    return model.eval()


@torch.no_grad()
def answers(model, pictures):
    return torch.stack([a.argmax(1) for a in model(pictures)], 1)


def evaluate(run, folder, out, count=384):
    model = reader(Path(run) / "reader.pt")
    real, truth = lessons(count, 78, 0.2)
    ceiling = answers(model, real).eq(truth)
    pocket, pick = Pocket(folder), random.Random(79)
    generator = torch.Generator().manual_seed(79)
    hits, rows, shown, texts = {}, [], [], []
    for steps in (1, 4):
        pick.seed(79)
        generator.manual_seed(79)
        found = []
        for _ in range(count // 64 if steps == 1 else max(1, count // 256)):
            batch = [random_scene(pick, 0.2) for _ in range(64)]
            said = [caption(pick, s) for s in batch]
            drawn = pocket.draw(said, noise_with(torch.randn(64, len(LAYOUT), generator=generator), generator), steps)
            found.append(answers(model, small(drawn)).eq(torch.tensor([s.row() for s in batch])))
            if steps == 1:
                rows += [s.row() for s in batch]
                shown = shown or list(drawn)
                texts = texts or said
        hits[steps] = torch.cat(found)
    print(f"{'slot':10}{'teacher':>9}{'1 step':>9}{'4 steps':>9}{'needed':>9}")
    failed = []
    for k, slot in enumerate(SLOTS):
        if slot in READ:
            got = hits[1][:, k].float().mean().item()
            print(f"{slot:10}{ceiling[:, k].float().mean():9.3f}{got:9.3f}{hits[4][:, k].float().mean():9.3f}{NEEDED.get(slot, ''):>9}")
            if got < NEEDED.get(slot, 0):
                failed.append(slot)
    rows, column = torch.tensor(rows), list(SLOTS).index("first")
    print("things: " + ", ".join(f"{name} {hits[1][rows[:, column] == i, column].float().mean():.2f}" for i, name in enumerate(THINGS)))
    sheet(out, shown)
    Path(out).with_suffix(".txt").write_text("".join(f"{i // 8 + 1}.{i % 8 + 1} {t}\n" for i, t in enumerate(texts)))
    print("failed: " + ", ".join(failed) if failed else "passed")
    return 1 if failed else 0

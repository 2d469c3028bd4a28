"""evaluate: does a picture show what its caption says? A test that can fail.

A classifier that learnt from the illustrator's pictures alone reads Pocket's pictures of captions
and noise that no training has seen; the illustrator's own picture of the same scene and noise is
the measure for sharpness.
"""
import random
from pathlib import Path

import torch
import torch.nn.functional as F

from . import reader, text
from .captions import caption
from .illustrator import draw
from .model import Pocket
from .reader import small
from .sampling import random_scene, scenes, sheet
from .scene import CARRIED, LAYOUT, NOTHING, SLOTS, THINGS, Scene, layout, noise_with, project

COLUMN = {slot: k for k, slot in enumerate(SLOTS)}
# What must be reached for the command to succeed; the goals themselves stand beside it in the table.
NEEDED = {"place": 0.95, "time": 0.95, "weather": 0.9, "main thing": 0.9, "second thing": 0.8, "count of two, three": 0.8, "sharpness": 0.8}
GOALS = {"place": "0.97", "time": "0.97", "weather": "0.97", "main thing": "0.90", "second thing": "0.80", "count of two, three": "0.80",
         "sharpness": "0.85", "German less English": "-0.03", "travel: background dB": "25", "travel: least energy": "0.7"}


def energy(pictures):
    """Mean square of the differences to the right and lower neighbour, of each picture uint8 [B, H, W, 3]."""
    x = pictures.float() / 255
    return (x[:, :, 1:] - x[:, :, :-1]).square().mean((1, 2, 3)) + (x[:, 1:] - x[:, :-1]).square().mean((1, 2, 3))


def psnr(a, b):
    return -10 * torch.log10(((a.float() - b.float()) / 255).square().flatten(1).mean(1).clamp(min=1e-8))


def scenes_of(pick, count):
    return [random_scene(pick, 0.3, 0.3) for _ in range(count)]


def read_right(answers, rows):
    """{row of the table: whether it was read right, of each picture that is asked for it}."""
    right = answers.eq(rows)
    first, second, count = (rows[:, COLUMN[s]] for s in ("first", "second", "count"))
    asked = {"place": ("place", count >= 0), "time": ("time", count >= 0), "weather": ("weather", count >= 0),
             "main thing": ("first", first != NOTHING), "second thing": ("second", second != NOTHING),
             "count of two, three": ("count", count > 0), "size": ("size", (first != NOTHING) & (second == NOTHING) & (count == 0)),
             "colour": ("colour", rows[:, COLUMN["colour"]] > 0), "nothing to draw": ("first", first == NOTHING)}
    return {name: right[asked_of, COLUMN[slot]] for name, (slot, asked_of) in asked.items()}


def shares(right):
    return {name: each.float().mean().item() for name, each in right.items()}


def drawn(pocket, texts, noise, steps=1):
    parts = []
    for k in range(0, len(texts), 32):
        parts.append(pocket.draw(*pocket.read(texts[k:k + 32]), noise[k:k + 32], steps))
    return torch.cat(parts)


def travels(pocket, pick, generator, count=12, frames=7):
    """(dB of the background against the mixed ends, least gradient energy against the weaker end) over blends of two captions."""
    worst, least = [], []
    for _ in range(count):
        a, b = random_scene(pick, 0, 0), random_scene(pick, 0, 0)
        b = Scene(a.place, a.time, a.weather, b.first, b.second, b.size)
        noise = noise_with(torch.randn(1, len(LAYOUT), generator=generator), generator)
        (states, pooled) = pocket.read([caption(pick, a), caption(pick, b)])
        t = torch.linspace(0, 1, frames)
        mix = lambda e: torch.stack([e[0] + (e[1] - e[0]) * w for w in t])
        film = pocket.draw(mix(states), mix(pooled), noise.expand(frames, -1, -1, -1)).float()
        numbers = layout(project(noise))[0].tolist()
        things = torch.stack([torch.from_numpy(draw(s, numbers)[1]).float() for s in (a, b)]).amax(0)
        away = F.max_pool2d(things[None, None], 25, 1, 12)[0, 0] == 0
        ends = film[0] + (film[-1] - film[0]) * t.view(-1, 1, 1, 1)
        wrong = ((film - ends) / 255).square().mean(-1)[:, away].mean(1)
        worst.append(-10 * torch.log10(wrong.max().clamp(min=1e-8)).item())
        e = energy(film)
        least.append((e.min() / torch.minimum(e[0], e[-1])).item())
    return sum(worst) / count, sum(least) / count


def read_alone(pocket, count):
    """The text encoder by itself: {slot: share of right answers}, English and German."""
    pick, book, out = random.Random(80), text.codes(), []
    for german in (0, 1):
        rows = [random_scene(pick, 0.35) for _ in range(count)]
        texts = [caption(pick, s, german) for s in rows]
        pooled = torch.cat([pocket.read(texts[k:k + 64])[1] for k in range(0, count, 64)])
        right = text.read(pooled, book).eq(torch.tensor([s.row() for s in rows])).float().mean(0)
        out.append(dict(zip(SLOTS, right.tolist())))
    return out


@torch.no_grad()
def autoencoder_figures(pocket, count=48):
    """(PSNR in dB, gradient energy against the illustrator's) of decoded true pictures."""
    real = torch.stack([torch.from_numpy(p) for _, _, p, _ in scenes(count, 83, 0.3)])
    x = real.permute(0, 3, 1, 2).float() / 127.5 - 1
    back = torch.cat([pocket.vae.decode(pocket.vae.encode(part).latents).sample for part in x.split(8)]).clamp(-1, 1)
    back = ((back + 1) * 127.5).round().permute(0, 2, 3, 1)
    return psnr(back, real).mean().item(), (energy(back) / energy(real)).mean().item()


def evaluate(run, folder, out, count=512):
    judge, pocket = reader.load(Path(run) / "reader.pt"), Pocket(folder)
    pick, generator = random.Random(79), torch.Generator().manual_seed(79)
    asked = scenes_of(pick, count)
    rows = torch.tensor([s.row() for s in asked])
    german = torch.arange(count) % 2 == 1
    texts = [caption(pick, s, float(g)) for s, g in zip(asked, german)]
    noise = noise_with(torch.randn(count, len(LAYOUT), generator=generator), generator)
    real = torch.stack([torch.from_numpy(draw(s, u)[0]) for s, u in zip(asked, layout(project(noise)).tolist())])
    teacher = shares(read_right(reader.read(judge, small(real))[0], rows))
    columns, pictures, rights = {}, {}, {}
    for steps in (1, 2, 4):
        pictures[steps] = drawn(pocket, texts, noise, steps)
        answers, sure = reader.read(judge, small(pictures[steps]))
        rights[steps] = read_right(answers, rows)
        columns[steps] = shares(rights[steps])
        columns[steps]["sharpness"] = (energy(pictures[steps]) / energy(real)).mean().item()
        columns[steps]["PSNR, dB"] = psnr(pictures[steps], real).mean().item()
        if steps == 1:
            right = answers.eq(rows)
            empty = rows[:, COLUMN["first"]] == NOTHING
            columns[1]["nothing to draw: confidence"] = sure[empty].mean(1).mean().item()
            spoken = [right[german == g][:, [0, 1, 2, 3]].float().mean().item() for g in (False, True)]
            columns[1]["German less English"] = spoken[1] - spoken[0]
    background, least = travels(pocket, pick, generator)
    columns[1]["travel: background dB"], columns[1]["travel: least energy"] = background, least
    print(f"{'of ' + str(CARRIED) + ' things':30}{'teacher':>9}{'1 step':>9}{'2 steps':>9}{'4 steps':>9}{'goal':>9}")
    for name, value in columns[1].items():
        cells = [f"{teacher[name]:9.3f}" if name in teacher else " " * 9, f"{value:9.3f}"]
        cells += [f"{columns[s][name]:9.3f}" if name in columns[s] else " " * 9 for s in (2, 4)]
        print(f"{name:30}{''.join(cells)}{GOALS.get(name, ''):>9}")
    for steps in (2, 4):
        changes = {name: ((now & ~once).sum().item(), (once & ~now).sum().item())
                   for name, now, once in ((name, rights[steps][name], rights[1][name]) for name in rights[1])}
        print(f"read right in {steps} steps and not in one, or the other way: "
              + ", ".join(f"{name} {gained}:{lost}" for name, (gained, lost) in changes.items() if gained + lost))
    for name, figures in zip(("English", "German"), read_alone(pocket, 1024)):
        print(f"read alone, {name}: " + ", ".join(f"{slot} {value:.3f}" for slot, value in figures.items()))
    print("autoencoder: PSNR {:.1f} dB, gradient energy {:.2f}".format(*autoencoder_figures(pocket)))
    first = rows[:, COLUMN["first"]]
    hits = {THINGS[i]: right[first == i, COLUMN["first"]].float().mean().item() for i in range(CARRIED) if (first == i).any()}
    print("things: " + ", ".join(f"{name} {hit:.2f}" for name, hit in sorted(hits.items(), key=lambda item: item[1])))
    sheet(out, list(pictures[1][:64].numpy()))
    Path(out).with_suffix(".txt").write_text("".join(f"{i // 8 + 1}.{i % 8 + 1} {t}\n" for i, t in enumerate(texts[:64])))
    failed = [name for name, needed in NEEDED.items() if columns[1][name] < needed]
    print("failed: " + ", ".join(failed) if failed else "passed")
    return 1 if failed else 0

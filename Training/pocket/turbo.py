"""train-turbo: the UNet learns to draw in one step, by regression in latents and a critic's judgement.

At t = 999 the input is the noise that stated the layout, so the right picture is known. The later
timesteps go on from what the model itself drew, as in a run of two or four steps, with the same
noise in it: they learn to mend its own faults. The critic is what adversarial diffusion
distillation (Sauer et al., 2023) adds: regression alone leaves edges soft.
"""
import copy
import math
import random
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import torch
import torch.nn.functional as F

from . import autoencoder, sight, text, unet
from .critic import LatentCritic
from .curve import Curve
from .device import BEST, half
from .illustrator import INSIDE
from .muon import Muon
from .sampling import sheet
from .scene import PLACES, TIMES, noise_with, sun_place
from .schedule import STEPS, sigmas
from .shards import read_captions
from .workers import WORKERS, set_gradients, workers

# Shards in memory: 2 GB on a CPU, 34 GB on a GPU.
LIMIT = 450 if BEST.type == "cuda" else 48
# What the strength of edges counts beside their place, and how strong they shall be: at the first step, and at the later ones, which are there to sharpen.
ENERGY, STRENGTH = (1.0, 2.0), (1.0, 1.06)


class Bank:
    """Drawn shards in memory, on a GPU in its own; those drawn meanwhile join them."""

    def __init__(self, run, limit=LIMIT):
        self.folder, self.limit, self.shards, self.names = Path(run) / "scenes", limit, [], set()
        self.encoder = text.load(run)[1].to(BEST)
        self.refresh()
        if not self.shards:
            raise SystemExit(f"{self.folder} holds no scenes: python -m pocket draw makes some")

    def refresh(self):
        for name in sorted(self.folder.glob("*.pt"))[-self.limit:]:
            if name not in self.names:
                self.names.add(name)
                self.shards = [*self.shards, self.load(name)][-self.limit:]

    @contextmanager
    def watching(self, seconds=5):
        """Looks for new shards meanwhile."""
        ended = threading.Event()

        def look():
            while not ended.wait(seconds):
                self.refresh()

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def load(self, name):
        shard, kept = torch.load(name), name.with_suffix(".read")
        tokens = shard.pop("tokens")
        shard |= torch.load(kept) if kept.exists() else read_captions(tokens, self.encoder)
        return {k: v.to(BEST) for k, v in shard.items()}

    @staticmethod
    def moved(batch):
        return {k: v if k == "rows" else v.float() for k, v in batch.items()}

    def first(self, count):
        return self.moved({k: v[:count] for k, v in self.shards[0].items()})

    def batch(self, count):
        out = {}
        shards = random.choices(self.shards, k=4)
        for shard in shards:
            at = torch.randint(len(shard["rows"]), (count // 4,), device=BEST)
            for key, value in shard.items():
                out.setdefault(key, []).append(value[at])
        return self.moved({k: torch.cat(v) for k, v in out.items()})


def suns(batch):
    """Soft spots [B, 1, 32, 32] where sun or moon stands in the open: small, but the eye goes there."""
    cells = (torch.arange(32, device=BEST) + 0.5) * 8
    spots = []
    for time in range(len(TIMES)):
        x, y = sun_place(time)
        spots.append(torch.exp(-((cells - x)[None] ** 2 + (cells - y)[:, None] ** 2) / 24 ** 2))
    weather = batch["rows"][:, 2]
    inside = torch.tensor([place in INSIDE for place in PLACES], device=BEST)[batch["rows"][:, 0]]
    seen = (((weather == 0) | (weather == 2)) & ~inside).view(-1, 1, 1, 1)
    return torch.stack(spots)[batch["rows"][:, 1], None] * seen


def opened(batch):
    """A batch where the sampler begins: `x` [B, 4, 32, 32] is noise at the highest sigma, `step` [B] is 0."""
    count = len(batch["latents"])
    return batch | dict(x=noise_with(batch["numbers"]) * sigmas()[0], step=torch.zeros(count, dtype=torch.long, device=BEST),
                        stride=torch.where(torch.rand(count, device=BEST) < 0.5, 1, 2))


def drawn(model, batch):
    """The clean latents that the model sees in a batch: the scheduler's x0 from the UNet's v."""
    sigma = sigmas().to(BEST)[batch["step"]].view(-1, 1, 1, 1)
    root = (sigma * sigma + 1).sqrt()
    with half():
        v = unet.call(model, batch["x"] / root, STEPS.to(BEST)[batch["step"]], batch["states"], batch["pooled"])
    return batch["x"] / root ** 2 - v.float() * sigma / root


def moved_on(batch, guess):
    """What has steps left, after an Euler step towards the guess: in a run of four steps to the next timestep, of two to the one after."""
    step = batch["step"] + batch["stride"]
    left = step < len(STEPS)
    batch, guess, step = {k: v[left] for k, v in batch.items()}, guess[left], step[left]
    level = sigmas().to(BEST)
    share = (level[step] / level[batch["step"]]).view(-1, 1, 1, 1)
    return batch | dict(x=guess + (batch["x"] - guess) * share, step=step)


def joined(first, second):
    return {k: torch.cat([first[k], second[k]]) for k in first}


class Onward:
    """One worker's pictures half drawn, at most `limit`."""

    def __init__(self, limit):
        self.limit, self.batch = limit, None

    def add_to(self, fresh):
        return fresh if self.batch is None else joined(self.batch, fresh)

    def go_on(self, batch, guess):
        self.batch = {k: v[:self.limit] for k, v in moved_on(batch, guess).items()}


def loss_of(guess, latents, masks, focus, step):
    """L1 and squares, of values and of their differences to neighbours; things weigh more."""
    weight = 1 + focus * masks / 255
    diff = guess - latents
    across, down = diff[..., 1:] - diff[..., :-1], diff[..., 1:, :] - diff[..., :-1, :]
    size = lambda d: d.abs() + 0.5 * d.square()
    total = (size(diff) * weight).mean((1, 2, 3)) + 0.5 * (size(across) * weight[..., 1:]).mean((1, 2, 3)) \
        + 0.5 * (size(down) * weight[..., 1:, :]).mean((1, 2, 3))
    # A blur is the mean of the edges that may be here: their strength is learnt beside their place.
    energy, strength = (torch.where(step == 0, *pair) for pair in (ENERGY, STRENGTH))
    return total / weight.mean() + energy * (edges(guess) - strength.view(-1, 1, 1, 1) * edges(latents)).abs().mean((1, 2, 3))


def weights():
    """What a sample counts at each of STEPS: x0 moves by sigma times what v does, and so the later steps' gradients would hardly be heard."""
    return ((sigmas() ** 2 + 1).sqrt() / sigmas()).clamp(max=5)


def edges(x):
    """Root of the local gradient energy [B, 4, 8, 8] of latents."""
    across, down = F.pad(x[..., 1:] - x[..., :-1], (0, 1)), F.pad(x[..., 1:, :] - x[..., :-1, :], (0, 0, 0, 1))
    return (F.avg_pool2d(across.square() + down.square(), 4) + 1e-4).sqrt()


class Run:
    """Model, averaged model, critic and optimizers, kept in one file."""

    def __init__(self, run, text_width, peak):
        self.path, self.step, self.seen = Path(run) / "turbo.pt", 0, 0
        torch.manual_seed(0)
        self.model = unet.build(text_width).to(BEST)
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizer = Muon(self.model, lr=peak, adam_lr=peak / 8)
        self.critic = LatentCritic(text_width).to(BEST)
        self.judge = torch.optim.Adam(self.critic.parameters(), lr=4e-4, betas=(0.5, 0.99))
        self.sight = None
        if self.path.exists():
            state = torch.load(self.path, map_location=BEST)
            self.model.load_state_dict(state["model"])
            self.average.load_state_dict(state["average"])
            # What begins from exported weights has none of these.
            for name, part in dict(optimizer=self.optimizer, critic=self.critic, judge=self.judge).items():
                if name in state:
                    part.load_state_dict(state[name])
            self.step, self.seen = state["step"], state["seen"]
            for group, lr in zip(self.optimizer.param_groups, (peak, peak / 8)):
                group["peak"] = lr
        torch.manual_seed(self.step + 1)
        random.seed(self.step + 1)

    def keep(self):
        part = self.path.with_suffix(".part")
        torch.save(dict(model=self.model.state_dict(), average=self.average.state_dict(), optimizer=self.optimizer.state_dict(),
                        critic=self.critic.state_dict(), judge=self.judge.state_dict(), step=self.step, seen=self.seen), part)
        part.rename(self.path)

    @torch.no_grad()
    def follow(self):
        decay = min(0.993, (self.step + 1) / (self.step + 20))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)


@torch.no_grad()
def show(model, vae, batch, path):
    """The teacher's pictures, the pupil's in one step and in two, side by side."""
    batch = opened(batch) | dict(stride=torch.full((len(batch["rows"]),), 2, device=BEST))
    once = drawn(model, batch)
    both = torch.stack([batch["latents"], once, drawn(model, moved_on(batch, once))], 1).flatten(0, 1)
    with half():
        pictures = vae.decoder(both).float().clamp(-1, 1).cpu()
    sheet(path, ((pictures + 1) * 127.5).byte().permute(0, 2, 3, 1).numpy(), columns=9)


def gradients(state, bank, count, onward, focus, strength, likeness):
    """One worker's share of a batch: losses [B], step indices [B], gradients of the model and of the critic."""
    data = onward.add_to(opened(bank.batch(count)))
    guess, latents = drawn(state.model, data), data["latents"]
    onward.go_on(data, guess.detach())
    masks = torch.maximum(data["masks"], 200 * suns(data))
    each = loss_of(guess, latents, masks, focus, data["step"])
    if likeness > 0:
        each = each + likeness * state.sight.distance(guess, latents, 1 + focus * masks / 255)
    total, judged = (each * weights().to(BEST)[data["step"]]).mean(), None
    if strength > 0:
        with half():
            total = total - strength * state.critic(guess, data["pooled"]).float().mean()
    own = torch.autograd.grad(total, list(state.model.parameters()), materialize_grads=True)
    if strength > 0:
        with half():
            real, fake = (state.critic(part, data["pooled"]).float() for part in (latents, guess.detach()))
        loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        judged = torch.autograd.grad(loss, list(state.critic.parameters()))
    return each.detach(), data["step"], own, judged


def onwards(batch, later):
    """For each worker, room for the share `later` of its part of a batch."""
    return [Onward(round(batch // WORKERS * later)) for _ in range(WORKERS)]


def learn(state, pool, bank, batch, onwards, focus, strength, likeness):
    """One step of all weights: losses [B] and step indices [B] of the batch."""
    share = lambda onward: gradients(state, bank, batch // WORKERS - onward.limit, onward, focus, strength, likeness)
    parts = list(pool.map(share, onwards))
    set_gradients(state.model, [part[2] for part in parts])
    state.optimizer.step(pool.map)
    if strength > 0:
        set_gradients(state.critic, [part[3] for part in parts])
        state.judge.step()
    return (torch.cat([part[i] for part in parts]).cpu() for i in range(2))


def train(run, until, batch=32, peak=0.02, later=0.25, focus=4.0, fade=600, strength=0.02, likeness=0.3):
    """Trains until the clock time `until` (seconds since 1970); the rate falls over the last `fade` seconds."""
    run = Path(run)
    bank = Bank(run)
    state = Run(run, bank.shards[0]["pooled"].shape[1], peak)
    vae = autoencoder.load(run).to(BEST)
    test = bank.first(16)
    pool, half_drawn = workers(), onwards(batch, later)
    if likeness > 0:
        state.sight = sight.load(run / "sight.pt", bank, pool)
    curve = Curve(run, "turbo", ["first", "later"])
    start, kept, shown, seen, smooth = time.time(), time.time(), time.time(), state.seen, {}
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    with bank.watching():
        while (now := time.time()) < until and not stopped:
            state.optimizer.scale(min(1, (state.step + 1) / 100) * max(0.02, min(1, (until - now) / fade)))
            each, step = learn(state, pool, bank, batch, half_drawn, focus, strength, likeness)
            state.step += 1
            state.seen += len(step)
            state.follow()
            for name, value in (("first", each[step == 0].mean().item()), ("later", each[step > 0].mean().item())):
                if math.isfinite(value):
                    smooth[name] = smooth.get(name, value) * 0.98 + value * 0.02
            if state.step % 20 == 0:
                print(f"{time.strftime('%H:%M:%S')} step {state.step} seen {state.seen} {(state.seen - seen) / (time.time() - start):.0f}/s "
                      + " ".join(f"{k} {v:.4f}" for k, v in smooth.items()), flush=True)
                curve.add(state.seen, smooth.get("first", math.nan), smooth.get("later", math.nan))
            if time.time() - kept > 150:
                kept = time.time()
                state.keep()
                curve.draw()
            if time.time() - shown > 300 or state.step in (200, 600):
                shown = time.time()
                show(state.average, vae, test, run / f"turbo-{state.step:06d}.png")
    state.keep()
    curve.draw()
    show(state.average, vae, test, run / f"turbo-{state.step:06d}.png")

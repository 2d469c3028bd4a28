"""train-turbo: the UNet learns to draw in one step, by regression in latents and a critic's judgement.

At t = 999 the input is the noise that stated the layout, so the right picture is known; at the
later timesteps the input is a noised picture, as in steps two to four of a longer run. The critic
is what adversarial diffusion distillation (Sauer et al., 2023) adds: regression alone leaves edges soft.
"""
import copy
import itertools
import math
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import EulerAncestralDiscreteScheduler

from . import autoencoder, text, unet
from .critic import LatentCritic
from .curve import Curve
from .device import BEST, half
from .illustrator import INSIDE
from .muon import Muon
from .sampling import sheet
from .scene import PLACES, TIMES, noise_with, sun_place

SCHEDULER = dict(num_train_timesteps=1000, beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                 prediction_type="v_prediction", timestep_spacing="trailing", steps_offset=1)
# On CPU a worker a core; a GPU takes the batch whole.
WORKERS = 1 if BEST.type == "cuda" else len(os.sched_getaffinity(0))
STEPS = torch.tensor([999, 749, 499, 249])


@lru_cache(maxsize=None)
def sigmas():
    products = EulerAncestralDiscreteScheduler(**SCHEDULER).alphas_cumprod[STEPS]
    return ((1 - products) / products).sqrt()


class Bank:
    """The newest shards in memory."""

    def __init__(self, run, limit=24):
        self.run, self.limit, self.names = Path(run) / "scenes", limit, []
        self.refresh()

    def refresh(self):
        names = sorted(self.run.glob("*.pt"))[-self.limit:]
        read = [n.with_suffix(".read") for n in names]
        names = [r if r.exists() else n for n, r in zip(names, read)]
        if names == self.names:
            return
        old = dict(zip(self.names, getattr(self, "shards", [])))
        self.shards = [old[n] if n in old else self.load(n) for n in names]
        self.names = names

    @staticmethod
    def load(name):
        shard = torch.load(name.with_suffix(".pt"))
        if name.suffix == ".read":
            return shard | torch.load(name)
        # Captions not read yet: what the text encoder is taught to say.
        pooled = text.codes()[shard["rows"] + text.offsets()].sum(1).half()
        return shard | dict(pooled=pooled, states=torch.zeros(1, 77, text.WIDTH).half().expand(len(pooled), -1, -1))

    @staticmethod
    def moved(batch):
        return {k: v.to(BEST) if k == "rows" else v.to(BEST).float() for k, v in batch.items()}

    def first(self, count):
        return self.moved({k: v[:count] for k, v in self.shards[0].items()})

    def batch(self, count):
        out = {}
        shards = random.choices(self.shards, k=4)
        for shard in shards:
            at = torch.randint(len(shard["rows"]), (count // 4,))
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


def inputs(batch, later):
    """(x [B,4,32,32], sigma [B], step index [B]): a share `later` of the batch is past the first step."""
    count = len(batch["latents"])
    step = torch.where(torch.rand(count) < later, torch.randint(1, len(STEPS), (count,)), 0).to(BEST)
    sigma = sigmas().to(BEST)[step]
    noise = noise_with(batch["numbers"])
    s = sigma.view(-1, 1, 1, 1)
    noised = (batch["latents"] + s * torch.randn_like(noise)) / (s * s + 1).sqrt()
    first = (step == 0).view(-1, 1, 1, 1)
    return torch.where(first, noise, noised), sigma, step


def clean(v, x, sigma):
    """The scheduler's x0 from the UNet's v and its scaled input."""
    s = sigma.view(-1, 1, 1, 1)
    root = (s * s + 1).sqrt()
    return x / root - v * s / root


def drawn(model, batch, x, sigma, step):
    """The clean latents that the model sees in its input."""
    with half():
        v = unet.call(model, x, STEPS.to(BEST)[step], batch["states"], batch["pooled"])
    return clean(v.float(), x, sigma)


def loss_of(guess, latents, masks, focus):
    """L1 and squares, of values and of their differences to neighbours; things weigh more."""
    weight = 1 + focus * masks / 255
    diff = guess - latents
    across, down = diff[..., 1:] - diff[..., :-1], diff[..., 1:, :] - diff[..., :-1, :]
    size = lambda d: d.abs() + 0.5 * d.square()
    total = (size(diff) * weight).mean((1, 2, 3)) + 0.5 * (size(across) * weight[..., 1:]).mean((1, 2, 3)) \
        + 0.5 * (size(down) * weight[..., 1:, :]).mean((1, 2, 3))
    return total / weight.mean()


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
        if self.path.exists():
            state = torch.load(self.path, map_location=BEST)
            self.model.load_state_dict(state["model"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.critic.load_state_dict(state["critic"])
            self.judge.load_state_dict(state["judge"])
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
        for a, p in zip(self.average.parameters(), self.model.parameters()):
            a.lerp_(p, 1 - decay)


@torch.no_grad()
def show(model, vae, batch, path, later=0.0):
    """Teacher and pupil side by side, in one step."""
    guess = drawn(model, batch, *inputs(batch, later))
    both = torch.stack([batch["latents"], guess], 1).flatten(0, 1)
    with half():
        pictures = vae.decoder(both).float().clamp(-1, 1).cpu()
    sheet(path, ((pictures + 1) * 127.5).byte().permute(0, 2, 3, 1).numpy())


def gradients(state, bank, count, later, focus, strength):
    """One worker's share of a batch: losses [B], step indices [B], gradients of the model and of the critic."""
    data = bank.batch(count)
    x, sigma, step = inputs(data, later)
    guess, latents = drawn(state.model, data, x, sigma, step), data["latents"]
    each = loss_of(guess, latents, torch.maximum(data["masks"], 200 * suns(data)), focus)
    total, judged = each.mean(), None
    if strength > 0:
        with half():
            total = total - strength * state.critic(guess, data["pooled"]).float().mean()
    own = torch.autograd.grad(total, list(state.model.parameters()), materialize_grads=True)
    if strength > 0:
        with half():
            real, fake = (state.critic(part, data["pooled"]).float() for part in (latents, guess.detach()))
        loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        judged = torch.autograd.grad(loss, list(state.critic.parameters()))
    return each.detach(), step, own, judged


def workers():
    """A thread a core with one-threaded kernels: two OpenMP threads made the backward pass five times dearer on shared cores."""
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.set_num_threads(1)
    cores = itertools.cycle(sorted(os.sched_getaffinity(0)))

    def settle():
        torch.set_num_threads(1)
        os.sched_setaffinity(0, {next(cores)})

    return ThreadPoolExecutor(WORKERS, initializer=settle)


def set_gradients(module, shares):
    """Gives a module the mean of its workers' gradients."""
    for p, grads in zip(module.parameters(), zip(*shares)):
        p.grad = sum(grads) / len(grads)


def learn(state, pool, bank, batch, later, focus, strength):
    """One step of all weights: losses [B] and step indices [B] of the batch."""
    parts = list(pool.map(lambda _: gradients(state, bank, batch // WORKERS, later, focus, strength), range(WORKERS)))
    set_gradients(state.model, [part[2] for part in parts])
    state.optimizer.step(pool.map)
    if strength > 0:
        set_gradients(state.critic, [part[3] for part in parts])
        state.judge.step()
    return (torch.cat([part[i] for part in parts]).cpu() for i in range(2))


def train(run, until, batch=32, peak=0.02, later=0.2, focus=4.0, fade=600, strength=0.02):
    """Trains until the clock time `until` (seconds since 1970); the rate falls over the last `fade` seconds."""
    run = Path(run)
    bank = Bank(run)
    state = Run(run, bank.shards[0]["pooled"].shape[1], peak)
    vae = autoencoder.load(run).to(BEST)
    test = bank.first(16)
    pool = workers()
    curve = Curve(run, "turbo", ["first", "later"])
    start, kept, shown, seen, smooth = time.time(), time.time(), time.time(), state.seen, {}
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    while (now := time.time()) < until and not stopped:
        state.optimizer.scale(min(1, (state.step + 1) / 100) * max(0.02, min(1, (until - now) / fade)))
        each, step = learn(state, pool, bank, batch, later, focus, strength)
        state.step += 1
        state.seen += batch
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
            bank.refresh()
        if time.time() - shown > 300 or state.step in (200, 600):
            shown = time.time()
            show(state.average, vae, test, run / f"turbo-{state.step:06d}.png")
    state.keep()
    curve.draw()
    show(state.average, vae, test, run / f"turbo-{state.step:06d}.png")

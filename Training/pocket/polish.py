"""polish: the decoder learns to finish what the UNet draws.

The UNet's latents are a little soft. The decoder sees them beside the true picture, and a small
critic of picture patches rewards edges; half of each batch are true latents, so it stays a decoder.
"""
import copy
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from . import autoencoder, text, turbo, unet
from .autoencoder import loss_of
from .critic import Critic
from .device import BEST, half
from .illustrator import draw
from .scene import Scene, layout
from .workers import WORKERS, set_gradients, workers

CROP = 12                                   # latent cells a side: 96 pixels
CROPS = 3                                   # of a scene
EDGE = 16                                   # pixels on each side that lack their neighbours
# What the whole energy of a crop's edges counts.
GAIN = 0.2


def crops(bank, model, count):
    """(latents [B, 4, 12, 12], pictures [B, 3, 96, 96], masks, where their inner parts begin): drawn by the UNet in one step or two, or true."""
    data = turbo.opened(bank.batch(count // CROPS)) | dict(stride=torch.full((count // CROPS,), 2, device=BEST))
    with torch.no_grad():
        drawn = turbo.drawn(model, data)
        if torch.rand(()) < 0.25:
            drawn = turbo.drawn(model, turbo.moved_on(data, drawn))
    latents, pictures, masks, corners = [], [], [], []
    for i in range(count // CROPS):
        picture, mask = draw(Scene(*data["rows"][i].tolist()), layout(data["numbers"][i]).tolist())
        cells = data["masks"][i, 0].nonzero().cpu()
        for _ in range(CROPS):
            # Some meet the picture's border, where the decoder sees zeros.
            y, x = (int(v) for v in torch.randint(-4, 32 - CROP + 5, (2,)).clamp(0, 32 - CROP))
            if len(cells) and torch.rand(()) < 0.7:
                y, x = (int(v) for v in (cells[torch.randint(len(cells), ())] - CROP // 2).clamp(0, 32 - CROP))
            source = drawn if torch.rand(()) < 0.6 else data["latents"]
            latents.append(source[i, :, y:y + CROP, x:x + CROP])
            part = (slice(8 * y, 8 * (y + CROP)), slice(8 * x, 8 * (x + CROP)))
            pictures.append(torch.from_numpy(picture[part]).permute(2, 0, 1))
            masks.append(torch.from_numpy(mask[part])[None])
            corners.append([{0: 0, 32 - CROP: 2 * EDGE}.get(v, EDGE) for v in (y, x)])
    return torch.stack(latents), torch.stack(pictures).to(BEST).float() / 127.5 - 1, torch.stack(masks).to(BEST).float() / 255, corners


def inner(x, corners):
    """Without 32 rows and columns, those where a crop lacks its neighbours."""
    side = 8 * CROP - 2 * EDGE
    return torch.stack([part[:, top:top + side, left:left + side] for part, (top, left) in zip(x, corners)])


def edges(x):
    """Root of the local gradient energy [B, 1, H/8, W/8] of pictures."""
    across = F.pad(x[..., 1:] - x[..., :-1], (0, 1))
    down = F.pad(x[..., 1:, :] - x[..., :-1, :], (0, 0, 0, 1))
    return (F.avg_pool2d((across.square() + down.square()).mean(1, keepdim=True), 8) + 1e-5).sqrt()


def energy(x):
    """Mean square of the differences to the right and lower neighbour, of each picture [B]."""
    return (x[..., 1:] - x[..., :-1]).square().mean((1, 2, 3)) + (x[..., 1:, :] - x[..., :-1, :]).square().mean((1, 2, 3))


def gradients(decoder, critic, bank, model, count, strength):
    latents, real, mask, corners = crops(bank, model, count)
    latents = latents + 0.05 * torch.randn_like(latents)
    with half():
        fake = decoder(latents).float()
    fake, real, mask = (inner(x, corners) for x in (fake, real, mask))
    with half():
        score, features = critic(fake)
        real_score, real_features = critic(real)
    match = sum((a.float() - b.detach().float()).abs().mean() for a, b in zip(features, real_features))
    plain = loss_of(fake, real, mask)
    # A blur is the mean of the edges that may be here; as strong as the true ones they must be all the same.
    strong = (edges(fake) - edges(real)).abs().mean()
    gain = (energy(fake) + 1e-3) / (energy(real) + 1e-3)
    loss = plain + 2 * strong + GAIN * gain.log().abs().mean() + strength * (match - 0.3 * score.float().mean())
    own = torch.autograd.grad(loss, list(decoder.parameters()))
    with half():
        fake_score = critic(fake.detach())[0].float()
        real_score = critic(real)[0].float()
    judged = F.relu(1 + fake_score).mean() + F.relu(1 - real_score).mean()
    return (plain.item(), judged.item(), gain.mean().item()), own, torch.autograd.grad(judged, list(critic.parameters()))


def train(run, minutes=10, batch=24, rate=4e-4, strength=0.1):
    run = Path(run)
    pool = workers()
    vae = autoencoder.load(run).to(BEST, memory_format=torch.contiguous_format)
    critic, spent, saved = Critic().to(BEST), 0.0, run / "polish.pt"
    if saved.exists():
        state = torch.load(saved, map_location=BEST)
        vae.decoder.load_state_dict(state["decoder"])
        critic.load_state_dict(state["critic"])
        spent = state["spent"]
    model = unet.build(text.WIDTH).to(BEST)
    model.load_state_dict(torch.load(run / "turbo.pt", map_location=BEST)["average"])
    bank, decoder = turbo.Bank(run), vae.decoder
    average = copy.deepcopy(decoder)
    makers = [torch.optim.Adam(m.parameters(), lr=rate, betas=(0.5, 0.99)) for m in (decoder, critic)]
    start, kept, step = time.time() - spent, time.time(), 0

    def keep():
        torch.save(dict(decoder=decoder.state_dict(), average=average.state_dict(), critic=critic.state_dict(),
                        spent=time.time() - start), saved)

    while (part := (time.time() - start) / (60 * minutes)) < 1:
        for maker in makers:
            maker.param_groups[0]["lr"] = rate * min(1, (step + 1) / 30) * max(0.05, min(1, 2 - 2 * part))
        parts = list(pool.map(lambda _: gradients(decoder, critic, bank, model, batch // WORKERS, strength), range(WORKERS)))
        for module, index in ((decoder, 1), (critic, 2)):
            set_gradients(module, [part[index] for part in parts])
        for maker in makers:
            maker.step()
        step += 1
        with torch.no_grad():
            for a, p in zip(average.parameters(), decoder.parameters()):
                a.lerp_(p, 1 - min(0.99, step / (step + 10)))
        if step % 20 == 0:
            plain, judged, gain = parts[0][0]
            print(f"{time.strftime('%H:%M:%S')} step {step} plain {plain:.4f} critic {judged:.3f} energy {gain:.2f}", flush=True)
        if time.time() - kept > 90:
            kept = time.time()
            keep()
    keep()
    show = autoencoder.load(run).to(BEST)
    show.decoder.load_state_dict(average.state_dict())
    turbo.show(model, show, bank.first(16), run / "polish.png")

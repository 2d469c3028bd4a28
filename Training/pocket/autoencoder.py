"""train-autoencoder: a small AutoencoderTiny on crops of scenes."""
import time
from pathlib import Path

import torch
from diffusers import AutoencoderTiny

from .device import BEST, half
from .muon import Muon
from .sampling import scenes, sheet

CONFIG = dict(latent_channels=4, act_fn="relu", scaling_factor=1.0,
              encoder_block_out_channels=(32, 32, 32, 32), decoder_block_out_channels=(32, 32, 32, 32),
              num_encoder_blocks=(0, 0, 2, 3),
              # The last stage is a single convolution: at 256 by 256 a block would cost more than all before it.
              num_decoder_blocks=(4, 3, 1, 0))


def pictures(count, seed=1):
    out = torch.empty(count, 3, 256, 256, dtype=torch.uint8)
    masks = torch.empty(count, 1, 256, 256, dtype=torch.uint8)
    for i, (_, _, picture, mask) in enumerate(scenes(count, seed, pairs=0.3)):
        out[i] = torch.from_numpy(picture).permute(2, 0, 1)
        masks[i, 0] = torch.from_numpy(mask)
    return out, masks


def crops(bank, masks, batch, side):
    """Random crops; half of them on a thing, for things are what a story shows."""
    out, weight = [], []
    for _ in range(batch):
        i = int(torch.randint(len(bank), ()))
        y, x = (int(v) for v in torch.randint(0, (256 - side) // 8 + 1, (2,)) * 8)
        out.append(bank[i, :, y:y + side, x:x + side])
        weight.append(masks[i, :, y:y + side, x:x + side])
    return torch.stack(out).float() / 127.5 - 1, torch.stack(weight).float() / 255


def loss_of(decoded, real, mask):
    weight = 1 + 2 * mask
    diff = decoded - real
    across = (diff[..., 1:] - diff[..., :-1]).abs() * weight[..., 1:]
    down = (diff[..., 1:, :] - diff[..., :-1, :]).abs() * weight[..., 1:, :]
    return (diff.abs() * weight).mean() + across.mean() + down.mean() + (diff.square() * weight).mean()


def psnr(model, bank):
    total = 0
    with torch.no_grad(), half():
        for i in range(0, len(bank), 8):
            real = (bank[i:i + 8].float() / 127.5 - 1).to(BEST, memory_format=torch.channels_last)
            back = model.decoder(model.encoder(real)).float().clamp(-1, 1)
            total += (-10 * torch.log10(((back - real) / 2).square().mean((1, 2, 3)))).sum().item()
    return total / len(bank)


def train(run, minutes=8, peak=0.01, batch=48, side=64, noise=0.1, count=3000):
    run = Path(run)
    torch.manual_seed(0)
    model = AutoencoderTiny(**CONFIG).to(BEST, memory_format=torch.channels_last)
    optimizer, step, spent = Muon(model, lr=peak, adam_lr=2e-3), 0, 0.0
    saved = run / "autoencoder.pt"
    if saved.exists():
        state = torch.load(saved, map_location=BEST)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["spent"]
    bank, masks = pictures(count)
    test = pictures(64, seed=2)[0]
    start, kept = time.time() - spent, time.time()
    while (part := (time.time() - start) / (60 * minutes)) < 1:
        optimizer.scale(min(1, (step + 1) / 50) * max(0.02, 1 - part))
        real, mask = crops(bank, masks, batch, side)
        real, mask = real.to(BEST, memory_format=torch.channels_last), mask.to(BEST)
        with half():
            latents = model.encoder(real).float()
            # Noise keeps near pictures near in latents: a latent the UNet gets slightly wrong still decodes.
            decoded = model.decoder(latents + noise * torch.randn_like(latents)).float()
        mean, var = latents.mean((0, 2, 3)), latents.var((0, 2, 3))
        loss = loss_of(decoded, real, mask) + 0.05 * (mean.square().mean() + (var - 1).square().mean())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"step {step} {step * batch / (time.time() - start):.0f} crops/s loss {loss.item():.4f} "
                  f"mean {mean.abs().max().item():.2f} var {var.min().item():.2f}-{var.max().item():.2f}", flush=True)
        if step % 500 == 0 or time.time() - kept > 120:
            kept = time.time()
            print(f"step {step} PSNR {psnr(model, test):.2f} dB", flush=True)
            torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step,
                            spent=time.time() - start), saved)
    torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step,
                    spent=time.time() - start), saved)
    print(f"PSNR {psnr(model, test):.2f} dB")
    with torch.no_grad():
        real = test[:16].to(BEST).float() / 127.5 - 1
        back = model.decode(model.encode(real).latents).sample.clamp(-1, 1)
    both = torch.stack([real, back], 1).flatten(0, 1).cpu()
    sheet(run / "autoencoder.png", ((both + 1) * 127.5).byte().permute(0, 2, 3, 1).numpy())


def load(run, polished=False):
    model = AutoencoderTiny(**CONFIG)
    model.load_state_dict(torch.load(Path(run) / "autoencoder.pt", map_location="cpu")["model"])
    if polished and (Path(run) / "polish.pt").exists():
        model.decoder.load_state_dict(torch.load(Path(run) / "polish.pt", map_location="cpu")["average"])
    return model.eval().to(memory_format=torch.channels_last)

"""The exported folder, run as SDXL Turbo is run: the reference for the Swift engine, and what is evaluated."""
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, EulerDiscreteScheduler, UNet2DConditionModel
from transformers import CLIPTextModelWithProjection

from . import tokenizer as bpe, unet


class Pocket:
    def __init__(self, folder):
        folder = Path(folder)
        self.tokenizer = bpe.load(folder / "tokenizer_2")
        self.text = CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2", dtype=torch.float32).eval()
        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32).eval()
        self.vae = AutoencoderTiny.from_pretrained(folder / "vae", torch_dtype=torch.float32).eval()
        self.scheduler = EulerDiscreteScheduler.from_pretrained(folder / "scheduler")

    @torch.no_grad()
    def read(self, texts):
        """Prompt embeds [B, 77, W] and pooled embeds [B, W]."""
        out = self.text(bpe.encode(self.tokenizer, texts), output_hidden_states=True)
        return out.hidden_states[-2], out.text_embeds

    @torch.no_grad()
    def draw(self, states, pooled, noise, steps=1):
        """Pictures uint8 [B, 256, 256, 3] for embeds and noise [B, 4, 32, 32]."""
        self.scheduler.set_timesteps(steps)
        x = noise * self.scheduler.init_noise_sigma
        for t in self.scheduler.timesteps:
            v = unet.call(self.unet, self.scheduler.scale_model_input(x, t), t, states, pooled)
            x = self.scheduler.step(v, t, x).prev_sample
        pictures = torch.cat([self.vae.decode(part).sample for part in x.split(16)]).clamp(-1, 1)
        return ((pictures + 1) * 127.5).round().byte().permute(0, 2, 3, 1)

"""Judges of patches: one of latents for the UNet, one of pictures for the decoder."""
import torch.nn as nn
import torch.nn.functional as F


class LatentCritic(nn.Module):
    """Scores patches of latents [B, 4, H, W] for what a caption's pooled vector says."""

    def __init__(self, text_width, width=48):
        super().__init__()
        widths = (4, width, 2 * width, 3 * width)
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in zip(widths, widths[1:]))
        self.last = nn.Conv2d(widths[-1], 1, 3, padding=1)
        self.said = nn.Linear(text_width, widths[-1])

    def forward(self, latents, pooled):
        x = latents
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        # A projection critic (Miyato and Koyama, 2018): real for a caption, not real at all.
        return self.last(x) + (x * self.said(pooled)[..., None, None]).mean(1, keepdim=True)


class Critic(nn.Module):
    """Judges patches of pictures; gives its features too, for matching."""

    def __init__(self, width=32):
        super().__init__()
        widths = (3, width, 2 * width, 3 * width)
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in zip(widths, widths[1:]))
        self.last = nn.Conv2d(widths[-1], 1, 3, padding=1)

    def forward(self, x):
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
            features.append(x)
        return self.last(x), features

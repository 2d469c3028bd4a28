"""The noise schedule: nothing but noise at t = 999, and from 749 on most of the picture.

Stable Diffusion's sigma is 4 and more at 749, which hides what the first step drew; a second step
would have to find the layout once more, and with less to go by. Here the later steps see that
picture and mend it. The sampler is Euler's without new noise, so what stated the layout stays.
"""
from functools import lru_cache

import numpy as np
import torch
from diffusers import EulerDiscreteScheduler

# The first timesteps of runs of one, two and four steps.
STEPS = torch.tensor([999, 749, 499, 249])
# Timestep -> sigma; its logarithm is linear between.
KNOTS = {0: 0.02, 249: 0.08, 499: 0.15, 749: 0.25, 999: 14.6146}


def betas():
    sigma = np.exp(np.interp(np.arange(1000), list(KNOTS), np.log(list(KNOTS.values()))))
    kept = 1 / (1 + sigma ** 2)
    return [float(f"{b:.8g}") for b in 1 - kept / np.concatenate([[1], kept[:-1]])]


def scheduler():
    return EulerDiscreteScheduler(num_train_timesteps=1000, trained_betas=betas(), prediction_type="v_prediction",
                                  timestep_spacing="trailing")


@lru_cache(maxsize=None)
def sigmas():
    """Of STEPS."""
    products = scheduler().alphas_cumprod[STEPS]
    return ((1 - products) / products).sqrt()

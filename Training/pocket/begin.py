"""begin: a run that goes on from exported weights, where its own states are gone."""
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, UNet2DConditionModel
from transformers import CLIPTextModelWithProjection


def begin(run, model):
    """States for draw, read, train-turbo, polish and export; those that exist are left."""
    run, model = Path(run), Path(model)

    def keep(name, state):
        if not (run / name).exists():
            torch.save(state, run / name)

    unet = UNet2DConditionModel.from_pretrained(model / "unet", torch_dtype=torch.float32).state_dict()
    keep("turbo.pt", dict(model=unet, average=unet, step=0, seen=0))
    keep("autoencoder.pt", dict(model=AutoencoderTiny.from_pretrained(model / "vae", torch_dtype=torch.float32).state_dict()))
    encoder = CLIPTextModelWithProjection.from_pretrained(model / "text_encoder_2", dtype=torch.float32)
    keep("text.pt", dict(both={"model." + k: v for k, v in encoder.state_dict().items()}))
    shutil.copytree(model / "tokenizer_2", run / "tokenizer", dirs_exist_ok=True)

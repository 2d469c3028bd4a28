"""export: the model folder in diffusers layout, half precision."""
import json
import shutil
from pathlib import Path

import torch

from . import autoencoder, schedule, text, unet

INDEX = {"_class_name": "StableDiffusionXLPipeline", "_diffusers_version": "0.42.1",
         "force_zeros_for_empty_prompt": False,
         "text_encoder": [None, None], "tokenizer": [None, None],
         "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"], "tokenizer_2": ["transformers", "CLIPTokenizer"],
         "image_encoder": [None, None], "feature_extractor": [None, None],
         "scheduler": ["diffusers", "EulerDiscreteScheduler"],
         "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderTiny"]}


def export(run, out):
    run, out = Path(run), Path(out)
    tokenizer, encoder = text.load(run)
    model = unet.build(text.WIDTH)
    model.load_state_dict(torch.load(run / "turbo.pt", map_location="cpu")["average"])
    encoder.half().save_pretrained(out / "text_encoder_2")
    model.half().save_pretrained(out / "unet")
    autoencoder.load(run, polished=True).half().save_pretrained(out / "vae")
    schedule.scheduler().save_pretrained(out / "scheduler")
    (out / "tokenizer_2").mkdir(exist_ok=True)
    for file in (run / "tokenizer").iterdir():
        shutil.copy(file, out / "tokenizer_2" / file.name)
    (out / "model_index.json").write_text(json.dumps(INDEX, indent=2) + "\n")
    card = Path(__file__).parent.parent / "model-card.md"
    if card.exists():
        shutil.copy(card, out / "README.md")
    size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / 2 ** 20
    print(f"{out}: {size:.1f} MiB")

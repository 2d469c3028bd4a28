"""What diffusers draws with Pocket's own weights: TurboTests/Fixtures/pocket.safetensors.

    python3 Tests/Fixtures/make_pocket.py      # after every change of Sources/CPocket/model
"""

import json
from importlib.metadata import version
from pathlib import Path

import torch
from diffusers import StableDiffusionXLPipeline
from safetensors.torch import save_file

ROOT = Path(__file__).resolve().parent.parent.parent
PROMPT = "One evening, a little fox walked through the forest."
SIDE = 128


def main() -> None:
    pipeline = StableDiffusionXLPipeline.from_pretrained(
        ROOT / "Sources/CPocket/model", torch_dtype=torch.float32)
    noise = torch.randn(1, 4, SIDE // 8, SIDE // 8, generator=torch.Generator().manual_seed(7))
    embeds, _, pooled, _ = pipeline.encode_prompt(
        PROMPT, device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=False)
    kind = dict(num_inference_steps=1, guidance_scale=0.0, height=SIDE, width=SIDE)
    latents = pipeline(PROMPT, latents=noise.clone(), output_type="latent", **kind).images
    image = pipeline(PROMPT, latents=noise.clone(), output_type="pt", **kind).images
    tensors = dict(latents=noise, prompt_embeds=embeds, pooled_prompt_embeds=pooled,
                   denoised_latents=latents, image=image)
    save_file(
        {name: t.float().contiguous() for name, t in tensors.items()},
        ROOT / "Tests/TurboTests/Fixtures/pocket.safetensors",
        metadata=dict(prompts=json.dumps([PROMPT]), script=f"Tests/Fixtures/{Path(__file__).name}",
                      diffusers=version("diffusers"), torch=version("torch")))


if __name__ == "__main__":
    main()

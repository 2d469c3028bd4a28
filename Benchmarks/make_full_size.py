"""Writes SDXL Turbo's full architecture with random weights, in diffusers layout (fp16, 7 GB).

The real weights are not ours to distribute; speed and memory do not depend on their values.

    python3 Benchmarks/make_full_size.py FOLDER
"""

import json
import sys
from pathlib import Path

import torch
from diffusers import AutoencoderKL, EulerAncestralDiscreteScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

UNET = dict(
    sample_size=64, in_channels=4, out_channels=4, block_out_channels=(320, 640, 1280),
    down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    layers_per_block=2, transformer_layers_per_block=(1, 2, 10), attention_head_dim=(5, 10, 20),
    cross_attention_dim=2048, use_linear_projection=True, addition_embed_type="text_time",
    addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816)
VAE = dict(
    in_channels=3, out_channels=3, latent_channels=4, block_out_channels=(128, 256, 512, 512),
    down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=2, scaling_factor=0.13025, sample_size=512)
TEXT = dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
            hidden_act="quick_gelu", projection_dim=768, pad_token_id=1, bos_token_id=0, eos_token_id=2)
TEXT_2 = dict(hidden_size=1280, intermediate_size=5120, num_hidden_layers=32,
              num_attention_heads=20, hidden_act="gelu", projection_dim=1280, pad_token_id=1,
              bos_token_id=0, eos_token_id=2)


def save(model, folder: Path) -> None:
    """Saves in fp16 with weights small enough that no activation overflows."""
    for p in model.parameters():
        if p.dim() > 1:
            torch.nn.init.normal_(p, std=0.02)
    model.half().save_pretrained(folder, variant="fp16", max_shard_size="10GB")
    print(f"{folder.name}: {sum(p.numel() for p in model.parameters()) / 1e6:.0f} M parameters")


def bytes_to_symbols() -> list[str]:
    """CLIP's names of the 256 bytes, in the order of its vocabulary."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in printable]
    return [chr(b) for b in printable] + [chr(256 + i) for i in range(len(rest))]


def save_tokenizer(folder: Path, pad: str) -> None:
    """A vocabulary of CLIP's size that knows bytes only: speed does not depend on the words."""
    folder.mkdir(parents=True, exist_ok=True)
    symbols = bytes_to_symbols()
    names = symbols + [s + "</w>" for s in symbols]
    names += [f"<|unused{i}|>" for i in range(49406 - len(names))]
    names += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({n: i for i, n in enumerate(names)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    special = dict(bos_token="<|startoftext|>", eos_token="<|endoftext|>",
                   unk_token="<|endoftext|>", pad_token=pad)
    (folder / "special_tokens_map.json").write_text(json.dumps(special))
    (folder / "tokenizer_config.json").write_text(
        json.dumps(special | dict(model_max_length=77, tokenizer_class="CLIPTokenizer")))


def main() -> None:
    root = Path(sys.argv[1])
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float16)
    save(UNet2DConditionModel(**UNET), root / "unet")
    save(AutoencoderKL(**VAE), root / "vae")
    save(CLIPTextModel(CLIPTextConfig(**TEXT)), root / "text_encoder")
    save(CLIPTextModelWithProjection(CLIPTextConfig(**TEXT_2)), root / "text_encoder_2")
    save_tokenizer(root / "tokenizer", "<|endoftext|>")
    save_tokenizer(root / "tokenizer_2", "!")
    EulerAncestralDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
        timestep_spacing="trailing").save_pretrained(root / "scheduler")
    index = {"_class_name": "StableDiffusionXLPipeline", "force_zeros_for_empty_prompt": True}
    for name, library, kind in [
        ("scheduler", "diffusers", "EulerAncestralDiscreteScheduler"),
        ("text_encoder", "transformers", "CLIPTextModel"),
        ("text_encoder_2", "transformers", "CLIPTextModelWithProjection"),
        ("tokenizer", "transformers", "CLIPTokenizer"),
        ("tokenizer_2", "transformers", "CLIPTokenizer"),
        ("unet", "diffusers", "UNet2DConditionModel"),
        ("vae", "diffusers", "AutoencoderKL"),
    ]:
        index[name] = [library, kind]
    (root / "model_index.json").write_text(json.dumps(index, indent=2))


if __name__ == "__main__":
    main()

"""Model fixtures: two tiny pipelines, and the reference's tensors at each of their stages."""

import json
import math

import torch
from diffusers import (
    AutoencoderKL, AutoencoderTiny, EulerAncestralDiscreteScheduler, StableDiffusionXLPipeline,
    UNet2DConditionModel)
from diffusers.schedulers import scheduling_euler_ancestral_discrete as euler
from safetensors.torch import load_file, save_file
from transformers import (
    CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer)

import texts
import tokens
from randoms import SCHEDULERS
from storage import save_tensors


def randomize(module, seed):
    """Weights of a magnitude that keeps signals near one, so that no part's error hides."""
    generator = torch.Generator("cpu").manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(module.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if "embedding.weight" in name:
                parameter.copy_(noise * 0.5)
            elif parameter.ndim > 1:
                parameter.copy_(noise / math.sqrt(parameter[0].numel()))
            elif name.endswith("weight"):
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.1 * noise)
    return module.eval()


def text_config(vocabulary, end, **changes):
    return CLIPTextConfig(
        vocab_size=len(vocabulary), bos_token_id=vocabulary[tokens.START], eos_token_id=end,
        pad_token_id=end, max_position_embeddings=tokens.LENGTH, **changes)


def write_tokenizer(folder, style, vocabulary, merges, padding):
    style(folder, vocabulary, merges, padding)
    return CLIPTokenizer.from_pretrained(folder)


def pipeline_a(folder, vocabulary, merges):
    """SDXL in small: two text encoders, three levels, a full autoencoder, epsilon."""
    end = vocabulary[tokens.END]
    unet = UNet2DConditionModel(
        sample_size=8, block_out_channels=(16, 24, 24), layers_per_block=2,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 1, 2), attention_head_dim=(2, 3, 4),
        cross_attention_dim=32 + 48, use_linear_projection=True, norm_num_groups=8,
        addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=40 + 6 * 8)
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 16, 16), layers_per_block=1, norm_num_groups=8,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4, scaling_factor=0.13025, sample_size=64)
    return StableDiffusionXLPipeline(
        tokenizer=write_tokenizer(
            folder / "tokenizer", tokens.save_original, vocabulary, merges, tokens.END),
        tokenizer_2=write_tokenizer(
            folder / "tokenizer_2", tokens.save_original, vocabulary, merges, "!"),
        text_encoder=randomize(CLIPTextModel(text_config(
            vocabulary, end, hidden_size=32, intermediate_size=64, num_hidden_layers=3,
            num_attention_heads=4, hidden_act="quick_gelu")), 1),
        # 2 is SDXL's own, mistaken end token: the pooled position is that of the highest id.
        text_encoder_2=randomize(CLIPTextModelWithProjection(text_config(
            vocabulary, 2, hidden_size=48, intermediate_size=96, num_hidden_layers=3,
            num_attention_heads=3, hidden_act="gelu", projection_dim=40)), 2),
        unet=randomize(unet, 3), vae=tame(randomize(vae, 4), "decoder.conv_out", 0.5, 0.0),
        scheduler=EulerAncestralDiscreteScheduler(**SCHEDULERS["turbo"]))


def pipeline_b(folder, vocabulary, merges):
    """Pocket's kind: one text encoder, two levels, TAESD, v_prediction, convolutions as projections."""
    end = vocabulary[tokens.END]
    unet = UNet2DConditionModel(
        sample_size=[6, 8], block_out_channels=(16, 24), layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        transformer_layers_per_block=1, attention_head_dim=(2, 4), cross_attention_dim=36,
        use_linear_projection=False, norm_num_groups=4, norm_eps=1e-6, flip_sin_to_cos=False,
        freq_shift=1, addition_embed_type="text_time", addition_time_embed_dim=6,
        projection_class_embeddings_input_dim=20 + 6 * 6)
    vae = AutoencoderTiny(
        encoder_block_out_channels=(12, 12, 12), decoder_block_out_channels=(12, 12, 12),
        num_encoder_blocks=(1, 1, 1), num_decoder_blocks=(2, 1, 1), latent_channels=4,
        scaling_factor=1.7)
    return StableDiffusionXLPipeline(
        tokenizer=None, text_encoder=None,
        tokenizer_2=write_tokenizer(
            folder / "tokenizer_2", tokens.save_current, vocabulary, merges, tokens.END),
        text_encoder_2=randomize(CLIPTextModelWithProjection(text_config(
            vocabulary, end, hidden_size=36, intermediate_size=80, num_hidden_layers=2,
            num_attention_heads=2, hidden_act="quick_gelu", layer_norm_eps=1e-6,
            projection_dim=20)), 5),
        unet=randomize(unet, 6), vae=tame(randomize(vae, 7), "decoder.layers.10", 1.5, 0.5),
        scheduler=EulerAncestralDiscreteScheduler(**SCHEDULERS["velocity"]))


def tame(vae, last, scale, bias):
    """Makes the last convolution small, so that the picture is not clipped to black and white."""
    layer = vae.get_submodule(last)
    assert layer.out_channels == 3
    with torch.no_grad():
        layer.weight.mul_(scale)
        layer.bias.fill_(bias)
    return vae


def save_in_original_naming(path):
    """As SDXL's own files name CLIPTextModel's weights, with the positions that old versions stored."""
    weights = {f"text_model.{key}": value for key, value in load_file(path).items()}
    weights["text_model.embeddings.position_ids"] = torch.arange(tokens.LENGTH).reshape(1, -1)
    save_file(weights, path, {"format": "pt"})


def text_stages(pipe, golden):
    encoders = {"text_encoder": (pipe.tokenizer, pipe.text_encoder),
                "text_encoder_2": (pipe.tokenizer_2, pipe.text_encoder_2)}
    for name, (tokenizer, encoder) in encoders.items():
        if encoder is None:
            continue
        ids = tokenizer(
            texts.PROMPTS, padding="max_length", max_length=tokenizer.model_max_length,
            truncation=True, return_tensors="pt").input_ids
        output = encoder(ids, output_hidden_states=True)
        golden[f"{name}/input_ids"] = ids.float()
        golden[f"{name}/penultimate"] = output.hidden_states[-2]
        golden[f"{name}/last"] = output.last_hidden_state
        if "text_embeds" in output:
            golden[f"{name}/pooled"] = output.text_embeds
    embeds, _, pooled, _ = pipe.encode_prompt(
        texts.PROMPTS, do_classifier_free_guidance=False, device="cpu", num_images_per_prompt=1)
    golden["prompt_embeds"], golden["pooled_prompt_embeds"] = embeds, pooled


def unet_stages(pipe, golden, sizes, generator):
    scale = pipe.vae_scale_factor
    for height, width in sizes:
        for timestep in (999.0, 499.0):
            prefix = f"unet/{height}x{width}/{timestep:.0f}"
            sample = torch.randn(2, 4, height, width, generator=generator)
            size = [float(height * scale), float(width * scale)]
            ids = torch.tensor([[*size, 0, 0, *size]] * 2)
            golden[f"{prefix}/sample"] = sample
            golden[f"{prefix}/time_ids"] = ids
            golden[f"{prefix}/output"] = pipe.unet(
                sample, torch.tensor(timestep), encoder_hidden_states=golden["prompt_embeds"],
                added_cond_kwargs={
                    "text_embeds": golden["pooled_prompt_embeds"], "time_ids": ids}).sample


def vae_stages(pipe, golden, sizes, generator):
    for height, width in sizes:
        prefix = f"vae/{height}x{width}"
        latents = torch.randn(1, 4, height, width, generator=generator)
        golden[f"{prefix}/latents"] = latents
        golden[f"{prefix}/decoded"] = pipe.vae.decode(latents).sample


def pipeline_runs(pipe, golden, sizes, generator):
    scale = pipe.vae_scale_factor
    for height, width in sizes:
        latents = torch.randn(1, 4, height, width, generator=generator)
        noises = torch.randn(4, 1, 4, height, width, generator=generator)
        golden[f"pipeline/{height}x{width}/latents"] = latents
        golden[f"pipeline/{height}x{width}/noises"] = noises
        for steps in (1, 2, 4):
            draws = iter(noises)
            draw, euler.randn_tensor = euler.randn_tensor, lambda *_, **__: next(draws)
            arguments = dict(
                prompt=texts.PROMPTS[0], latents=latents.clone(), num_inference_steps=steps,
                guidance_scale=0.0, height=height * scale, width=width * scale)
            denoised = pipe(**arguments, output_type="latent").images
            draws = iter(noises)
            image = pipe(**arguments, output_type="pt").images
            euler.randn_tensor = draw
            prefix = f"pipeline/{height}x{width}/{steps}"
            golden[f"{prefix}/denoised_latents"] = denoised
            golden[f"{prefix}/image"] = image
            inside = ((image > 0) & (image < 1)).float().mean().item()
            print(f"{prefix}: image {image.mean():.3f} ± {image.std():.3f}, {inside:.0%} unclipped,"
                  f" latents ± {denoised.std():.2f}")
            assert inside > 0.75 and image.std() > 0.05


def describe(pipe, golden, provenance, path, sizes, unet_sizes, seed):
    generator = torch.Generator("cpu").manual_seed(seed)
    with torch.no_grad():
        text_stages(pipe, golden)
        unet_stages(pipe, golden, unet_sizes, generator)
        vae_stages(pipe, golden, sizes, generator)
        pipeline_runs(pipe, golden, sizes, generator)
    metadata = {**provenance, "prompts": json.dumps(texts.PROMPTS)}
    save_tensors(golden, path, metadata)


def save_variants(pipe, output):
    """One text encoder in the other ways to store it, all of the weights of model A."""
    encoder = pipe.text_encoder
    encoder.save_pretrained(output / "sharded" / "text_encoder", max_shard_size="60KB")
    for name, dtype, options in (
        ("fp16", torch.float16, dict(variant="fp16")),
        ("bf16", torch.bfloat16, {}),
        ("sharded-fp16", torch.float16, dict(variant="fp16", max_shard_size="30KB")),
    ):
        half = type(encoder)(encoder.config)
        half.load_state_dict(encoder.state_dict())
        half.to(dtype).save_pretrained(output / name / "text_encoder", **options)


def make(output, provenance):
    vocabulary, merges = tokens.trained()
    a, b = output / "model-a", output / "model-b"
    goldens = output / "goldens"
    goldens.mkdir()

    pipe = pipeline_a(a, vocabulary, merges)
    pipe.set_progress_bar_config(disable=True)
    save(pipe, a)
    save_in_original_naming(a / "text_encoder" / "model.safetensors")
    save_variants(pipe, output / "variants")
    describe(pipe, {}, provenance, goldens / "model-a.safetensors",
             sizes=[(8, 8), (8, 12)], unet_sizes=[(8, 8), (8, 12), (7, 9)], seed=11)

    pipe = pipeline_b(b, vocabulary, merges)
    pipe.set_progress_bar_config(disable=True)
    save(pipe, b)
    describe(pipe, {}, provenance, goldens / "model-b.safetensors",
             sizes=[(6, 8), (10, 6)], unet_sizes=[(6, 8), (10, 6), (5, 7)], seed=12)


def save(pipe, folder):
    """All but the tokenizers, which are in place already, in the files' style that they test."""
    kept = folder.with_name(folder.name + ".tokenizers")
    kept.mkdir()
    for tokenizer in folder.glob("tokenizer*"):
        tokenizer.rename(kept / tokenizer.name)
    pipe.save_pretrained(folder)
    for tokenizer in kept.iterdir():
        for written in (folder / tokenizer.name).iterdir():
            written.unlink()
        (folder / tokenizer.name).rmdir()
        tokenizer.rename(folder / tokenizer.name)
    kept.rmdir()

"""Full-size SDXL Turbo: Fabula beside diffusers, on one machine in one run.

    python3 Benchmarks/make_full_size.py FOLDER      # random weights, once
    python3 Benchmarks/full_size.py FOLDER           # prints the table

Needs torch, diffusers and transformers (Tests/Fixtures/requirements.txt) and a release build.
Both draw the same work: one denoising step and the full VAE decoder, the prompt encoded before.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

FABULA = Path(__file__).resolve().parent.parent / ".build/release/fabula"


def fabula(model: str, side: int, frames: int) -> dict:
    """Times of `fabula bench`."""
    command = [FABULA, "bench", "--model", model, "--size", f"{side}x{side}",
               "--frames", str(frames), "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return dict(load=report["load"], encode=report["encode"]["median"],
                frame=report["draw"]["median"], memory=report["memory"] / 1024)


def peer(model: str, side: int, frames: int) -> dict:
    """The same with diffusers in bf16, channels last: its fastest eager mode on a CPU."""
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextModel, CLIPTextModelWithProjection

    kind = dict(torch_dtype=torch.bfloat16, variant="fp16")
    start = time.perf_counter()
    unet = UNet2DConditionModel.from_pretrained(model, subfolder="unet", **kind)
    unet = unet.to(memory_format=torch.channels_last)
    vae = AutoencoderKL.from_pretrained(model, subfolder="vae", **kind)
    vae = vae.to(memory_format=torch.channels_last)
    texts = [CLIPTextModel.from_pretrained(model, subfolder="text_encoder", **kind),
             CLIPTextModelWithProjection.from_pretrained(model, subfolder="text_encoder_2", **kind)]
    load = time.perf_counter() - start

    ids = torch.randint(0, 256, (1, 77))

    def encode():
        for text in texts:
            text(ids, output_hidden_states=True)

    latents = torch.randn(1, 4, side // 8, side // 8).to(torch.bfloat16)
    embeds = torch.randn(1, 77, 2048, dtype=torch.bfloat16)
    added = dict(text_embeds=torch.randn(1, 1280, dtype=torch.bfloat16),
                 time_ids=torch.tensor([[side, side, 0, 0, side, side]]).to(torch.bfloat16))

    def draw():
        x = unet(latents, 999, embeds, added_cond_kwargs=added, return_dict=False)[0]
        vae.decode(x / vae.config.scaling_factor, return_dict=False)

    def median(work, count):
        times = []
        for _ in range(count + 1):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return statistics.median(times[1:])

    with torch.inference_mode():
        result = dict(load=load, encode=median(encode, 3), frame=median(draw, frames))
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--frames", type=int, default=3)
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    work = (args.model, args.side, args.frames)
    if args.peer:
        print(json.dumps(peer(*work)))
        return
    rows = {"Fabula": fabula(*work)}
    # A process of its own, so that neither's memory counts for the other.
    command = [sys.executable, __file__, args.model, "--peer", "--side", str(args.side),
               "--frames", str(args.frames)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows["diffusers bf16"] = json.loads(output.splitlines()[-1])
    print(f"{args.side}x{args.side}, 1 step, medians of {args.frames}")
    print(f"{'':16}{'load s':>9}{'encode s':>10}{'frame s':>9}{'GiB':>7}")
    for name, row in rows.items():
        print(f"{name:16}{row['load']:9.1f}{row['encode']:10.2f}{row['frame']:9.2f}"
              f"{row['memory']:7.1f}")
    ratio = rows["Fabula"]["frame"] / rows["diffusers bf16"]["frame"]
    print(f"a frame takes {ratio:.2f} of diffusers' time")


if __name__ == "__main__":
    main()

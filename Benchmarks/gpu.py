"""The CUDA backend on a GPU machine that cannot build: packed on one machine, run on the other.

    python3 Benchmarks/gpu.py pack .gpu            # here: builds, and packs what the other lacks
    python3 Benchmarks/gpu.py run .gpu STAGE ...   # there, in a checkout with .gpu beside it

Stages: operations, pocket (each against the processor); weights (random full-size ones), large
(Fabula at 512x512, stage by stage, then whole pictures of 1 and 4 steps), compared (each stage
against the processor), eager and compiled (diffusers at the same work). `operations:TEXT` takes
only the cases whose names have the text in them. A stage that fails or takes too long is reported,
and the next begins; if any did, the exit status is 1.

The pack stays small: the embedded model's weights are cut out of the program and put back from
Sources/CPocket, and ICU's tables, which plain prompts don't need, are zeros. The GPU machine needs
NVIDIA's driver, the Python packages of CUDA (NVRTC, cuBLAS, cuDNN), and for the last stages torch,
diffusers and transformers.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tarfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "Sources/CPocket/model"
LIBRARIES = ["libdnnl.so.2", "libOpenCL.so.1", "libgomp.so.1"]
WEIGHTS = Path("/dev/shm/fabula-full-size")
TIMEOUTS = dict(operations=150, pocket=60, weights=90, large=170, compared=300, eager=90,
                compiled=170)
SIDE = 512


# Packing


def file_offset(binary: bytes, address: int) -> int:
    """Where in an ELF file the byte of an address lies."""
    start, size, count = struct.unpack_from("<Q", binary, 32)[0], *struct.unpack_from("<HH", binary, 54)
    for i in range(count):
        kind, _, offset, virtual, _, length = struct.unpack_from("<IIQQQQ", binary, start + i * size)
        if kind == 1 and virtual <= address < virtual + length:
            return address - virtual + offset
    raise ValueError(f"no segment has {address:x}")


def blank_tables(path: Path) -> None:
    """Fills ICU's tables in the program with zeros."""
    binary = bytearray(path.read_bytes())
    for line in subprocess.run(["nm", "-S", path], capture_output=True, text=True).stdout.splitlines():
        fields = line.split()
        if len(fields) == 4 and fields[3].startswith("icudt"):
            start, size = file_offset(binary, int(fields[0], 16)), int(fields[1], 16)
            binary[start:start + size] = bytes(size)
    path.write_bytes(binary)


def pack(folder: Path) -> None:
    subprocess.run(["swift", "build", "-c", "release", "--product", "parity", "-Xswiftc",
                    "-static-stdlib", "-j", "2"], cwd=ROOT, check=True)
    shutil.rmtree(folder, ignore_errors=True)
    content = folder / "content"
    content.mkdir(parents=True)
    program = content / "parity"
    shutil.copy(ROOT / ".build/release/parity", program)
    blank_tables(program)
    subprocess.run(["strip", program], check=True)
    binary = bytearray(program.read_bytes())
    digest = hashlib.sha256(binary).hexdigest()
    cuts = []
    for path in sorted(MODEL.rglob("*.safetensors")):
        data = path.read_bytes()
        at = binary.find(data)
        if at >= 0:
            cuts.append([str(path.relative_to(ROOT)), at])
            binary[at:at + len(data)] = bytes(len(data))
    program.write_bytes(binary)
    found = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True).stdout
    for name in LIBRARIES:
        paths = [line.split()[-1] for line in found.splitlines() if line.split()[:1] == [name]]
        if paths:
            shutil.copy(paths[0], content / name)
            subprocess.run(["strip", "--strip-unneeded", content / name], check=False)
    (folder / "manifest.json").write_text(json.dumps(dict(sha256=digest, cuts=cuts)))
    subprocess.run("tar cf - -C content . | xz -T2 -9 > content.tar.xz && rm -r content", cwd=folder,
                   shell=True, check=True)
    size = sum(p.stat().st_size for p in folder.iterdir())
    print(f"{folder}: {size / 2**20:.1f} MiB")


# Running


def unpack(folder: Path) -> Path:
    """The program as it was built, with its libraries beside it."""
    target = Path("/tmp/fabula-gpu")
    program = target / "parity"
    manifest = json.loads((folder / "manifest.json").read_text())
    if not program.exists() or hashlib.sha256(program.read_bytes()).hexdigest() != manifest["sha256"]:
        target.mkdir(exist_ok=True)
        with tarfile.open(folder / "content.tar.xz") as archive:
            archive.extractall(target)
        binary = bytearray(program.read_bytes())
        for path, at in manifest["cuts"]:
            data = (ROOT / path).read_bytes()
            binary[at:at + len(data)] = data
        if hashlib.sha256(binary).hexdigest() != manifest["sha256"]:
            sys.exit("the model in Sources/CPocket is not the one that was packed")
        program.write_bytes(binary)
        program.chmod(0o755)
    return program


def environment(program: Path) -> dict:
    folders = [program.parent]
    for entry in sys.path:
        folders += sorted(Path(entry).glob("nvidia/*/lib")) if entry else []
    folders += [p for p in [Path("/usr/local/nvidia/lib64"), Path("/usr/local/cuda/lib64")] if p.exists()]
    paths = [str(p) for p in folders] + [os.environ.get("LD_LIBRARY_PATH", "")]
    # The kernels of torch.compile must not be compiled by the libraries of this program.
    return dict(os.environ, PARITY_VERBOSE="1", LD_LIBRARY_PATH=":".join(p for p in paths if p))


def stage(name: str, program: Path, logs: Path) -> int:
    """Runs a stage and returns its exit status: the first that was not 0, if it took several tries."""
    kind, _, text = name.partition(":")
    seconds = TIMEOUTS[kind]
    command = {
        "operations": [program, "operations", text], "pocket": [program, "pocket"],
        "large": [program, "large", WEIGHTS], "compared": [program, "large-compared", WEIGHTS],
    }.get(kind, [sys.executable, __file__, "peer", kind])
    own = command[0] == program
    print(f"== {name}", flush=True)
    start = time.time()
    logs.mkdir(parents=True, exist_ok=True)
    result = 0
    with open(logs / f"{kind}.txt", "a") as log:
        # A case that takes the program down must not hide the ones after it.
        for _ in range(8):
            left = int(seconds - (time.time() - start))
            if left < 3:
                result = result or 124
                break
            status, last = follow(["timeout", "-k", "5", str(left), *map(str, command)],
                                  environment(program) if own else None, log, kind == "operations")
            result = result or status
            # 0 and 1 have seen all cases; 124 and 137 took too long.
            if kind != "operations" or status in (0, 1, 124, 137) or last < 0:
                break
            command = [program, "operations", text, last + 1]
    print(f"== {name}: exit {result}, {time.time() - start:.1f} s", flush=True)
    return result


def follow(command: list, env: dict | None, log, is_terse: bool) -> tuple[int, int]:
    """Runs a command; all it says goes to the log, what matters to the screen. Returns its exit
    status and the number of the last case that it began."""
    last, passed = -1, 0
    process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, errors="replace",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for line in process.stdout:
        log.write(line)
        log.flush()
        if line.startswith("    # "):
            last = int(line.split()[1])
        elif line.startswith("  " if is_terse or "pocket" in command else "    "):
            pass
        elif is_terse and not any(word in line for word in ("FAILED", "WRONG", "failures", "lost")) \
                and not line[71:80].strip():
            passed += 1
        else:
            print(line[:300].rstrip(), flush=True)
    if is_terse:
        print(f"({passed} more lines in the log)", flush=True)
    return process.wait(), last


# Diffusers


def write_weights() -> None:
    import torch

    sys.path.insert(0, str(ROOT / "Benchmarks"))
    import make_full_size

    torch.set_default_device("cuda")
    sys.argv = ["make_full_size.py", str(WEIGHTS)]
    make_full_size.main()


def median_time(work, count: int = 20) -> float:
    """Milliseconds of the GPU's time, the median."""
    import torch

    times = []
    for _ in range(count):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        work()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times)


def diffusers(is_compiled: bool) -> None:
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextModel, CLIPTextModelWithProjection

    kind = dict(torch_dtype=torch.float16, variant="fp16")
    load = lambda c, name: c.from_pretrained(str(WEIGHTS), subfolder=name, **kind).to("cuda")
    unet = load(UNet2DConditionModel, "unet").to(memory_format=torch.channels_last)
    vae = load(AutoencoderKL, "vae").to(memory_format=torch.channels_last)
    texts = [load(CLIPTextModel, "text_encoder"), load(CLIPTextModelWithProjection, "text_encoder_2")]
    half = dict(device="cuda", dtype=torch.float16)
    latents = torch.randn(1, 4, SIDE // 8, SIDE // 8, **half).to(memory_format=torch.channels_last)
    embeds = torch.randn(1, 77, 2048, **half)
    added = dict(text_embeds=torch.randn(1, 1280, **half),
                 time_ids=torch.tensor([[SIDE, SIDE, 0, 0, SIDE, SIDE]], **half))
    ids = torch.randint(0, 256, (1, 77), device="cuda")
    time_step = torch.tensor(999, device="cuda")
    run_unet = lambda x: unet(x, time_step, embeds, added_cond_kwargs=added, return_dict=False)[0]
    run_vae = lambda x: vae.decode(x / vae.config.scaling_factor, return_dict=False)[0]
    if is_compiled:
        unet.forward = torch.compile(unet.forward, mode="reduce-overhead", fullgraph=True)
        vae.decoder.forward = torch.compile(vae.decoder.forward, mode="reduce-overhead")
    name = "diffusers compiled" if is_compiled else "diffusers eager"
    with torch.inference_mode():
        start = time.time()
        for _ in range(3):
            run_vae(run_unet(latents))
        torch.cuda.synchronize()
        print(f"{name}: ready in {time.time() - start:.1f} s", flush=True)
        if not is_compiled:
            for text in texts:
                text(ids, output_hidden_states=True)
            encode = median_time(lambda: [t(ids, output_hidden_states=True) for t in texts])
            print(f"{name}: text encoders {encode:.2f} ms", flush=True)
        print(f"{name}: UNet {median_time(lambda: run_unet(latents)):.2f} ms", flush=True)
        print(f"{name}: decoder {median_time(lambda: run_vae(latents)):.2f} ms", flush=True)
        both = median_time(lambda: run_vae(run_unet(latents)))
        print(f"{name}: UNet + decoder {both:.2f} ms", flush=True)
        print(f"{name}: {torch.cuda.max_memory_allocated() / 2**20:.0f} MiB at most", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["pack", "run", "peer"])
    parser.add_argument("folder")
    parser.add_argument("stages", nargs="*")
    parser.add_argument("--logs", type=Path, default=Path("/tmp/fabula-gpu"), metavar="DIR",
                        help="where all lines go; what matters is shown")
    args = parser.parse_args()
    if args.action == "pack":
        pack(Path(args.folder).resolve())
    elif args.action == "run":
        program = unpack(Path(args.folder).resolve())
        failed = [name for name in args.stages if stage(name, program, args.logs) != 0]
        if failed:
            sys.exit(f"failed: {' '.join(failed)}")
    elif args.folder == "weights":
        write_weights()
    else:
        diffusers(is_compiled=args.folder == "compiled")


if __name__ == "__main__":
    main()

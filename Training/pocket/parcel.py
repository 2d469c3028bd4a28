"""pack, unpack: a run's states in files small enough to carry between machines."""
import io
from pathlib import Path

import torch

PIECE = 15 * 2 ** 20
STATES = ("autoencoder.pt", "text.pt", "turbo.pt", "polish.pt", "tokenizer/vocab.json", "tokenizer/merges.txt",
          "tokenizer/special_tokens_map.json", "tokenizer/tokenizer_config.json")


def halved(value):
    """Half precision for what is large: momenta and weights lose nothing that training would miss."""
    if isinstance(value, torch.Tensor):
        return value.bfloat16() if value.is_floating_point() and value.numel() > 4096 else value
    if isinstance(value, dict):
        return {k: halved(v) for k, v in value.items()}
    return [halved(v) for v in value] if isinstance(value, list) else value


def whole(value):
    if isinstance(value, torch.Tensor):
        return value.float() if value.dtype == torch.bfloat16 else value
    if isinstance(value, dict):
        return {k: whole(v) for k, v in value.items()}
    return [whole(v) for v in value] if isinstance(value, list) else value


def pack(run, out):
    run, out, held = Path(run), Path(out), {}
    for name in STATES:
        path = run / name
        if path.exists():
            held[name] = halved(torch.load(path, map_location="cpu")) if path.suffix == ".pt" else path.read_text()
    buffer = io.BytesIO()
    torch.save(held, buffer)
    data = buffer.getvalue()
    out.mkdir(parents=True, exist_ok=True)
    for k in range(0, len(data), PIECE):
        (out / f"pocket-{k // PIECE:02d}.part").write_bytes(data[k:k + PIECE])
    print(f"{len(data) / 2 ** 20:.0f} MiB in {-(-len(data) // PIECE)} files")


def unpack(run, source):
    run = Path(run)
    data = b"".join(p.read_bytes() for p in sorted(Path(source).glob("pocket-*.part")))
    for name, value in torch.load(io.BytesIO(data), map_location="cpu").items():
        path = run / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".pt":
            torch.save(whole(value), path)
        else:
            path.write_text(value)

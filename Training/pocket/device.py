"""One code path for CPU and CUDA."""
import contextlib

import torch

BEST = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# Without the instructions, bfloat16 on a CPU is float32 with conversions.
HALVES = BEST.type == "cuda" or torch.cpu._is_avx512_bf16_supported()


def half():
    """Mixed precision where the tensors are."""
    return torch.autocast(BEST.type, torch.bfloat16) if HALVES else contextlib.nullcontext()

"""One code path for CPU and CUDA."""
import torch

BEST = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def half():
    """Mixed precision where the tensors are."""
    return torch.autocast(BEST.type, torch.bfloat16)

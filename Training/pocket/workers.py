"""A thread a core on a CPU, each with its share of a batch; a GPU takes the batch whole."""
import itertools
import os
from concurrent.futures import ThreadPoolExecutor

import torch

from .device import BEST

WORKERS = 1 if BEST.type == "cuda" else len(os.sched_getaffinity(0))


def workers():
    """Threads with one-threaded kernels: two OpenMP threads made the backward pass five times dearer on shared cores."""
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = torch.backends.cudnn.benchmark = True
    torch.set_num_threads(1)
    cores = itertools.cycle(sorted(os.sched_getaffinity(0)))

    def settle():
        torch.set_num_threads(1)
        os.sched_setaffinity(0, {next(cores)})

    return ThreadPoolExecutor(WORKERS, initializer=settle)


def set_gradients(module, shares):
    """Gives a module the mean of its workers' gradients."""
    for p, grads in zip(module.parameters(), zip(*shares)):
        p.grad = sum(grads) / len(grads)

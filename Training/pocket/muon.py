"""Muon (Jordan et al., 2024) for weight matrices, Adam for the rest.

On these small networks it needs about half of AdamW's steps, and on a CPU a step is dear.
"""
import torch

from .device import HALVES

FAST = torch.bfloat16 if HALVES else torch.float32


def orthogonal(update, steps=4):
    """Newton-Schulz iteration towards the nearest orthogonal matrix.

    Every iterate is a polynomial of the first Gram matrix times the update, so only the small square
    matrices are iterated, and the long one is met twice.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    turned = update.shape[0] > update.shape[1]
    x = (update.T if turned else update).contiguous()
    x = (x / (x.norm() + 1e-7)).to(FAST)
    gram, product = (x @ x.T).float(), None
    for step in range(steps):
        factor = b * gram + c * gram @ gram
        factor.diagonal().add_(a)
        product = factor if product is None else factor @ product
        if step + 1 < steps:
            gram = factor @ gram @ factor
    out = (product.to(FAST) @ x).float()
    return out.T if turned else out


class Muon(torch.optim.Optimizer):
    def __init__(self, model, lr=0.02, adam_lr=2e-3, momentum=0.95, decay=0.0):
        matrices, others = [], []
        for name, p in model.named_parameters():
            if not p.requires_grad:
                continue
            small = min(p.shape[0], p[0].numel()) < 16 if p.ndim >= 2 else True
            (others if small or "embedding" in name else matrices).append(p)
        super().__init__([dict(params=matrices, muon=True, peak=lr, lr=lr),
                          dict(params=others, muon=False, peak=adam_lr, lr=adam_lr)],
                         dict(momentum=momentum, decay=decay))

    def scale(self, factor):
        for group in self.param_groups:
            group["lr"] = group["peak"] * factor

    def step(self, each=map):
        """One step; `each` may be a pool's map, to share the matrices among threads."""
        work = [(group, p) for group in self.param_groups for p in group["params"] if p.grad is not None]
        list(each(self._update, work))

    @torch.no_grad()
    def _update(self, item):
        group, p = item
        state, grad = self.state[p], p.grad
        if group["muon"]:
            m = state.setdefault("m", torch.zeros_like(p))
            m.lerp_(grad, 1 - group["momentum"])
            flat = grad.lerp(m, group["momentum"]).flatten(1)
            update = orthogonal(flat) * max(1, flat.shape[0] / flat.shape[1]) ** 0.5
            p.mul_(1 - group["lr"] * group["decay"])
            p.add_(update.view_as(p), alpha=-group["lr"])
        else:
            m, v = state.setdefault("m", torch.zeros_like(p)), state.setdefault("v", torch.zeros_like(p))
            t = state["t"] = state.get("t", 0) + 1
            m.lerp_(grad, 0.1)
            v.lerp_(grad.square(), 0.01)
            p.addcdiv_(m / (1 - 0.9 ** t), (v / (1 - 0.99 ** t)).sqrt_().add_(1e-8), value=-group["lr"])

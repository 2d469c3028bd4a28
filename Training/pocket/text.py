"""train-text: a CLIP text encoder that learns to read the slots of a caption, alone and once.

The pooled vector is taught to be the sum of one fixed code per slot answer, so captions that say
the same thing give nearly the same vector, and a blend of two vectors is a blend of two scenes.
"""
import copy
import random
import time
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import CLIPTextConfig, CLIPTextModelWithProjection

from . import tokenizer as bpe
from .captions import caption
from .device import BEST, half
from .muon import Muon
from .sampling import random_scene
from .scene import NOTHING, SLOTS

WIDTH = 192


def config(tokenizer):
    return CLIPTextConfig(vocab_size=len(tokenizer), hidden_size=WIDTH, intermediate_size=4 * WIDTH, projection_dim=WIDTH,
                          num_hidden_layers=4, num_attention_heads=4, max_position_embeddings=bpe.LENGTH, hidden_act="quick_gelu",
                          bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)


@lru_cache(maxsize=None)
def codes():
    """A code vector for each slot answer [294, WIDTH], of unit variance in sum.

    The few answers of the small slots and the first things are orthogonal; beyond WIDTH vectors
    the rest only nearly so.
    """
    generator = torch.Generator().manual_seed(6)
    square = torch.linalg.qr(torch.randn(WIDTH, WIDTH, generator=generator))[0].T
    total = sum(SLOTS.values())
    vectors = torch.cat([square, F.normalize(torch.randn(max(0, total - WIDTH), WIDTH, generator=generator), dim=1)])[:total]
    small = [(s, i) for s, size in SLOTS.items() if s not in ("first", "second") for i in range(size)]
    things = [(s, i) for i in (NOTHING, *range(NOTHING)) for s in ("first", "second")]
    starts = dict(zip(SLOTS, offsets().tolist()))
    book = torch.empty(total, WIDTH)
    for vector, (slot, answer) in zip(vectors, small + things):
        book[starts[slot] + answer] = vector
    return book * (WIDTH / len(SLOTS)) ** 0.5


def offsets():
    at, out = 0, []
    for size in SLOTS.values():
        out.append(at)
        at += size
    return torch.tensor(out)


def read(pooled, book):
    """Pooled vectors -> the answer of each slot [B, 8]."""
    parts = (pooled @ book.T).split(list(SLOTS.values()), 1)
    return torch.stack([part.argmax(1) for part in parts], 1)


def batches(pick, tokenizer, count):
    """Endless (ids, slots); captions of like length go together, and one batch in eight has full length."""
    while True:
        scenes = [random_scene(pick, pairs=0.4) for _ in range(8 * count)]
        ids = bpe.encode(tokenizer, [caption(pick, s) for s in scenes])
        rows = torch.tensor([s.row() for s in scenes])
        used = (ids != tokenizer.pad_token_id).sum(1) + 1
        for k, part in enumerate(pick.sample(used.argsort().split(count), 8)):
            yield ids[part, :bpe.LENGTH if k == 0 else int(used[part].max())], rows[part]


def train(run, minutes=4, batch=64, peak=0.01, near=0.0):
    """Trains; `near` is what it counts that captions which were read right keep their states, for the sake of a UNet that knows them."""
    run = Path(run)
    folder = run / "tokenizer"
    tokenizer = bpe.load(folder) if (folder / "vocab.json").exists() else bpe.train(folder)
    torch.manual_seed(0)
    model = CLIPTextModelWithProjection(config(tokenizer))
    head = torch.nn.Linear(WIDTH, sum(SLOTS.values()))
    both = torch.nn.ModuleDict(dict(model=model, head=head)).to(BEST)
    optimizer, step, spent, saved = Muon(both, lr=peak, adam_lr=2e-3), 0, 0.0, run / "text.pt"
    if saved.exists():
        state = torch.load(saved, map_location=BEST)
        # What begins from exported weights has the model alone.
        both.load_state_dict(state["both"], strict="optimizer" in state)
        if "optimizer" in state:
            optimizer.load_state_dict(state["optimizer"])
            step, spent = state["step"], state["spent"]
    book, first = codes().to(BEST), offsets().to(BEST)
    before = copy.deepcopy(model).eval().requires_grad_(False) if near > 0 else None
    pick = random.Random(100 + step)
    source = batches(pick, tokenizer, batch)
    start, kept = time.time() - spent, time.time()

    def keep():
        torch.save(dict(both=both.state_dict(), optimizer=optimizer.state_dict(), step=step, spent=time.time() - start), saved)

    while (part := (time.time() - start) / (60 * minutes)) < 1:
        optimizer.scale(min(1, (step + 1) / 60) * max(0.02, 1 - part))
        ids, rows = (part.to(BEST) for part in next(source))
        with half():
            out = model(ids, output_hidden_states=True)
        pooled = out.text_embeds.float()
        loss = F.mse_loss(pooled, book[rows + first].sum(1))
        ends = ids.eq(tokenizer.eos_token_id)
        states = out.hidden_states[-2].float()
        last = torch.stack([states[torch.arange(len(ids), device=BEST), ends.int().argmax(1)], states[:, -1]]).flatten(0, 1)
        logits = [torch.cat([pooled, pooled]) @ book.T * 0.2, head(last)]
        for k, twice in enumerate(rows.repeat(2, 1).T):
            for answer in logits:
                loss = loss + 0.1 * F.cross_entropy(answer.split(list(SLOTS.values()), 1)[k], twice)
        if before is not None:
            with torch.no_grad(), half():
                old = before(ids, output_hidden_states=True)
            known = read(old.text_embeds.float(), book).eq(rows).all(1)
            loss = loss + near * (states - old.hidden_states[-2].float()).square().mean((1, 2))[known].sum() / len(ids)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 50 == 0:
            right = read(pooled, book).eq(rows).float().mean(0)
            print(f"step {step} {step * batch / (time.time() - start):.0f}/s loss {loss.item():.3f} "
                  + " ".join(f"{s} {r:.2f}" for s, r in zip(SLOTS, right.tolist())), flush=True)
        if time.time() - kept > 60:
            kept = time.time()
            keep()
    keep()


def load(run):
    tokenizer = bpe.load(Path(run) / "tokenizer")
    model = CLIPTextModelWithProjection(config(tokenizer))
    state = torch.load(Path(run) / "text.pt", map_location="cpu")["both"]
    model.load_state_dict({k[6:]: v for k, v in state.items() if k.startswith("model.")})
    return tokenizer, model.eval()

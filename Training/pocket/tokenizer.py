"""CLIP's byte-level BPE with a vocabulary of our own, learnt on captions."""
import json
import random
import re
from collections import Counter
from pathlib import Path

import tokenizers
from transformers import CLIPTokenizer

from .captions import caption, strangers
from .sampling import random_scene
from .scene import NOTHING

LENGTH, MERGES = 77, 4000
START, END = "<|startoftext|>", "<|endoftext|>"
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|[^\s\w]+|_+")


def byte_letters():
    """GPT-2's printable letter for every byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    odd = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + i) for i, b in enumerate(odd)}}


def train(folder, captions=80_000):
    letters, pick, counts = byte_letters(), random.Random(4), Counter()
    for _ in range(captions):
        counts.update(WORD.findall(caption(pick, random_scene(pick, things=NOTHING)).lower()))
    counts.update({word: 1 for word in strangers()})
    spelled = {"".join(letters[b] for b in word.encode()): n for word, n in counts.items()}
    model = tokenizers.Tokenizer(tokenizers.models.BPE(end_of_word_suffix="</w>"))
    model.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    alphabet = list(letters.values())
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=2 * 256 + MERGES, initial_alphabet=alphabet,
                                             end_of_word_suffix="</w>", show_progress=False)
    model.train_from_iterator((" ".join([word] * min(n, 2000)) for word, n in spelled.items()), trainer)
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in json.loads(model.to_str())["model"]["merges"]]
    # All bytes, alone and at a word's end, come first: no text is beyond the vocabulary.
    vocabulary = alphabet + [letter + "</w>" for letter in alphabet]
    known, kept = set(vocabulary), []
    for a, b in merges[:MERGES]:
        if a in known and b in known:
            kept.append((a, b))
            if a + b not in known:
                known.add(a + b)
                vocabulary.append(a + b)
    vocabulary += [START, END]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in kept))
    special = dict(bos_token=START, eos_token=END, unk_token=END, pad_token=END)
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps(dict(
        special, tokenizer_class="CLIPTokenizer", model_max_length=LENGTH, do_lower_case=True, add_prefix_space=False, errors="replace"), indent=2) + "\n")
    return load(folder)


def load(folder):
    return CLIPTokenizer.from_pretrained(folder)


def encode(tokenizer, texts, length=LENGTH):
    return tokenizer(texts, padding="max_length", max_length=length, truncation=True, return_tensors="pt").input_ids

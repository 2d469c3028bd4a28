"""Tokenizer fixtures: four folders as found in the wild, and what transformers encodes with each."""

import json

from transformers import CLIPTokenizer

import texts
import tiny_bpe

START, END = "<|startoftext|>", "<|endoftext|>"
LENGTH = 77


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def added(content, normalized):
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False,
            "single_word": False}


def save_original(folder, vocabulary, merges, padding):
    """The files that SDXL's own tokenizers have: written by transformers 4."""
    folder.mkdir(parents=True)
    write_json(folder / "vocab.json", vocabulary)
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    contents = dict.fromkeys([padding, START, END])
    write_json(folder / "tokenizer_config.json", {
        "add_prefix_space": False,
        "added_tokens_decoder": {
            str(vocabulary[content]): {**added(content, content in (START, END)), "special": True}
            for content in contents},
        "bos_token": START, "clean_up_tokenization_spaces": True, "do_lower_case": True,
        "eos_token": END, "errors": "replace", "model_max_length": LENGTH, "pad_token": padding,
        "tokenizer_class": "CLIPTokenizer", "unk_token": END})
    write_json(folder / "special_tokens_map.json", {
        "bos_token": added(START, True), "eos_token": added(END, True), "pad_token": padding,
        "unk_token": added(END, True)})


def save_current(folder, vocabulary, merges, padding, length=LENGTH):
    """The files that transformers 5 writes: everything in tokenizer.json."""
    tokenizer = CLIPTokenizer(
        vocab=vocabulary, merges=merges, pad_token=padding, model_max_length=length)
    tokenizer.save_pretrained(folder)


def encode(folder, texts_):
    tokenizer = CLIPTokenizer.from_pretrained(folder)
    length = min(tokenizer.model_max_length, LENGTH)
    return [
        tokenizer(text, padding="max_length", max_length=length, truncation=True).input_ids
        for text in texts_]


def with_gaps(vocabulary, merges):
    """Without most of the bytes above ASCII and without a few letters, so that unknowns appear."""
    parts = {part for pair in merges for part in (*pair, "".join(pair))}
    kept = [token for token in vocabulary
            if token in parts or token in (START, END) or ord(token[0]) < ord("q")]
    return {token: index for index, token in enumerate(kept)}


def trained():
    merges = tiny_bpe.train(texts.CORPUS, 220)
    return tiny_bpe.vocabulary(merges), merges


def make(output, provenance):
    vocabulary, merges = trained()
    output.mkdir(parents=True)
    save_original(output / "original", vocabulary, merges, END)
    save_original(output / "original-2", vocabulary, merges, "!")
    save_current(output / "current-2", vocabulary, merges, "!")
    save_current(output / "gaps", with_gaps(vocabulary, merges), merges, END, length=32)
    for name in ["original", "original-2", "current-2", "gaps"]:
        ids = encode(output / name, texts.TRICKY)
        # The padding is left out: it is the last token, repeated up to the length.
        write_rows(output / f"{name}-cases.json", texts.TRICKY, ids)


def write_rows(path, texts_, ids):
    rows = []
    for text, row in zip(texts_, ids):
        kept = len(row)
        while kept > 1 and row[kept - 1] == row[kept - 2]:
            kept -= 1
        rows.append(json.dumps({"text": text, "length": len(row), "ids": row[:kept]}))
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n")

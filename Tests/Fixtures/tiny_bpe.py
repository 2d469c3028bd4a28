"""A small CLIP vocabulary, trained in plain Python so that every version makes the same one."""

from collections import Counter

from tokenizers import Regex, normalizers, pre_tokenizers

PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""


def byte_symbols():
    """GPT-2's printable character of each byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = iter(range(0x100, 0x200))
    return [chr(byte) if byte in printable else chr(next(rest)) for byte in range(256)]


def words(text):
    normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    splitter = pre_tokenizers.Split(Regex(PATTERN), behavior="removed", invert=True)
    return [word for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text))]


def train(text, merge_count):
    """Merges in the order of their pairs' frequency; ties go to the pair first in code-point order."""
    symbols = byte_symbols()
    counts = Counter()
    for word in words(text):
        pieces = [symbols[byte] for byte in word.encode()]
        pieces[-1] += "</w>"
        counts[tuple(pieces)] += 1
    merges = []
    while len(merges) < merge_count:
        pairs = Counter()
        for pieces, count in counts.items():
            for pair in zip(pieces, pieces[1:]):
                pairs[pair] += count
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        counts = Counter({merge(pieces, best): count for pieces, count in counts.items()})
    return merges


def merge(pieces, pair):
    result, i = [], 0
    while i < len(pieces):
        if pieces[i:i + 2] == pair:
            result.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            result.append(pieces[i])
            i += 1
    return tuple(result)


def vocabulary(merges):
    """Ids in CLIP's order: bytes, bytes that end a word, merges, start, end. `!` is 0."""
    order = sorted(range(256), key=lambda byte: (ord(byte_symbols()[byte]) > 0xFF, byte))
    symbols = [byte_symbols()[byte] for byte in order]
    tokens = symbols + [symbol + "</w>" for symbol in symbols] + ["".join(pair) for pair in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    assert len(set(tokens)) == len(tokens)
    return {token: index for index, token in enumerate(tokens)}

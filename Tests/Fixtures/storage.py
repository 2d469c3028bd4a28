"""Writing safetensors so that the same tensors always make the same bytes."""

import json

from safetensors.torch import save


def save_tensors(tensors, path, provenance):
    """As `save_file`, whose order of the metadata changes from run to run."""
    metadata = {key: str(value) for key, value in provenance.items()}
    data = save({key: value.contiguous() for key, value in tensors.items()}, metadata)
    end = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:end])
    header["__metadata__"] = dict(sorted(metadata.items()))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[end:])

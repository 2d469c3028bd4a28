#!/usr/bin/env python3
"""Makes the reference fixtures of TurboTests with diffusers and transformers.

    python3 -m venv venv && venv/bin/pip install -r Tests/Fixtures/requirements.txt
    venv/bin/python Tests/Fixtures/make_fixtures.py

Small models of SDXL's architecture in random weights from fixed seeds, in diffusers' layout, and what
the reference makes of given inputs at every stage. `Tests/TurboTests/Fixtures/README.md` lists them.
"""

import json
import pathlib
import shutil

import diffusers
import safetensors
import tokenizers
import torch
import transformers

import models
import randoms
import tokens

OUTPUT = pathlib.Path(__file__).parent.parent / "TurboTests" / "Fixtures"


def provenance():
    modules = [diffusers, safetensors, tokenizers, torch, transformers]
    return {
        "script": "Tests/Fixtures/make_fixtures.py",
        **{module.__name__: module.__version__ for module in modules},
    }


def main():
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    for folder in OUTPUT.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    tokens.make(OUTPUT / "tokenizers", provenance())
    randoms.make(OUTPUT / "numbers", provenance())
    models.make(OUTPUT, provenance())
    for folder in OUTPUT.iterdir():
        if folder.is_dir():
            (folder / "provenance.json").write_text(json.dumps(provenance(), indent=2) + "\n")
    size = sum(path.stat().st_size for path in OUTPUT.glob("*/**/*") if path.is_file())
    print(f"{size / 1e6:.2f} MB")
    assert size < 6e6


if __name__ == "__main__":
    main()

"""python -m pocket STEP: see Training/README.md."""
import argparse
import time
from pathlib import Path

import torch

from .scene import NOTHING

RUN = "run"


def sheet(args):
    import random
    from .captions import caption
    from .illustrator import draw
    from .sampling import random_scene, sheet
    from .scene import LAYOUT, layout
    pick = random.Random(args.seed)
    scenes = [random_scene(pick, pairs=0.3, things=args.things) for _ in range(64)]
    numbers = torch.randn(64, len(LAYOUT), generator=torch.Generator().manual_seed(args.seed))
    sheet(args.out, [draw(s, layout(z).tolist())[0] for s, z in zip(scenes, numbers)])
    for i, scene in enumerate(scenes):
        print(f"{i // 8 + 1}.{i % 8 + 1} {caption(pick, scene)}")


def begin(args):
    from . import begin
    begin.begin(args.run, args.model)


def grow(args):
    from . import grow
    grow.grow(args.run)


def train_text(args):
    from . import text
    text.train(args.run, minutes=args.minutes, near=args.near)


def train_autoencoder(args):
    from . import autoencoder
    autoencoder.train(args.run, minutes=args.minutes)


def draw(args):
    from . import shards
    shards.draw(args.run, args.first, args.last, args.pairs, args.known)


def read(args):
    from . import shards
    shards.read(args.run, args.first, args.last)


def train_turbo(args):
    from . import turbo
    turbo.train(args.run, time.time() + 60 * args.minutes, peak=args.rate, later=args.later, focus=args.focus,
                fade=60 * args.fade, strength=args.critic, likeness=args.sight, batch=args.batch)


def polish(args):
    from . import polish
    polish.train(args.run, minutes=args.minutes)


def export(args):
    from . import export
    export.export(args.run, args.out)


def evaluate(args):
    from . import evaluate
    raise SystemExit(evaluate.evaluate(args.run, args.model, args.out))


def speed(args):
    from . import speed
    speed.measure(args.run, args.seconds, args.batch)


def trial(args):
    """All steps, small: to see that the loss falls and the pictures come."""
    from . import autoencoder, export, shards, text, turbo
    third = args.minutes / 3
    autoencoder.train(args.run, minutes=third, count=600)
    text.train(args.run, minutes=third)
    shards.draw(args.run, 0, 1, 0.2)
    shards.read(args.run, 0, 1)
    turbo.train(args.run, time.time() + 60 * third, fade=20 * third, strength=0.0, likeness=0.0)
    export.export(args.run, args.out)


def main():
    parser = argparse.ArgumentParser(prog="pocket", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)

    def step(name, function, **options):
        sub = steps.add_parser(name)
        sub.set_defaults(function=function)
        sub.add_argument("--run", default=options.pop("run", RUN), help="folder of checkpoints and scenes")
        for option, default in options.items():
            sub.add_argument("--" + option, default=default, type=type(default))

    step("sheet", sheet, out="sheet.png", seed=0, things=NOTHING)
    step("begin", begin, model="../Sources/CPocket/model")
    step("grow", grow)
    step("train-text", train_text, minutes=5.0, near=0.0)
    step("train-autoencoder", train_autoencoder, minutes=8.0)
    step("draw", draw, first=0, last=30, pairs=0.35, known=0)
    step("read", read, first=0, last=30)
    step("train-turbo", train_turbo, minutes=60.0, rate=0.02, later=0.25, focus=4.0, fade=10.0, critic=0.02, sight=0.3, batch=32)
    step("polish", polish, minutes=10.0)
    step("export", export, out="../Sources/CPocket/model")
    step("evaluate", evaluate, model="../Sources/CPocket/model", out="evaluation.png")
    step("speed", speed, seconds=30.0, batch=32)
    step("trial", trial, run="trial", minutes=12.0, out="trial/model")
    args = parser.parse_args()
    torch.set_num_threads(min(torch.get_num_threads(), 2))
    Path(args.run).mkdir(parents=True, exist_ok=True)
    args.function(args)


main()

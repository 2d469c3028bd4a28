#!/usr/bin/env python3
"""Films the example stories with several seeds, as told and in a hurry, and says how even their motion is.

    Benchmarks/evenness.py .build/release/fabula

For each film: the worst travel's largest change from frame to frame over the mean one, without
and with re-timing, and the share of the time that looking ahead took: the pictures that did not
become frames. Fails above the goal of 1.5.
"""
import argparse
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

GOAL = 1.5


def measured(fabula, story, seed, duration):
    """What the quality report of one film says; None where it cuts from picture to picture."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([fabula, "render", story, "-o", folder / "film.mp4", "--no-cache", "-q",
                        "--report", folder / "report.html", "--seed", str(seed),
                        *(["--duration", str(duration)] if duration else [])], check=True)
        page = re.sub(r"<img[^>]*>", "", (folder / "report.html").read_text())
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    values = {row[0]: row[1] for row in rows if len(row) == 3}
    if "Evenness of motion before, worst travel" not in values:
        return None
    share = re.search(r"others took ([0-9.]+) %", page)
    return {"story": pathlib.Path(story).name, "seed": seed, "seconds": duration or "as told",
            "before": float(values["Evenness of motion before, worst travel"]),
            "after": float(values["Evenness of motion, worst travel"]),
            "flicker": float(values["Flicker while still"]),
            "looking ahead, % of the time": float(share.group(1))}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fabula")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 7])
    parser.add_argument("--durations", type=float, nargs="+", default=[0, 14],
                        help="seconds of the films; 0 is as long as it takes to tell the story")
    arguments = parser.parse_args()
    examples = pathlib.Path(__file__).parent.parent / "Examples"
    stories = sorted([*examples.glob("*.md"), *examples.glob("*.txt")])
    films = []
    for story in stories:
        for seed, duration in itertools.product(arguments.seeds, arguments.durations):
            if film := measured(arguments.fabula, str(story), seed, duration):
                films.append(film)
                print(json.dumps(film), flush=True)
    sys.exit(not films or any(film["after"] > GOAL or film["flicker"] > 0 for film in films))


if __name__ == "__main__":
    main()

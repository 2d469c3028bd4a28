#!/usr/bin/env python3
"""Renders a story of two hours and watches the program's memory.

    Benchmarks/long_story.py .build/release/fabula

The whole pipeline runs: sentences, looking ahead, drawing, the store, the encoder, subtitles and
chapters. Few frames a second keep it short; --fps 24 is the real thing, and takes twelve times as
long.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

PLACES = ["forest", "village", "meadow", "city", "desert", "mountains"]
HEROES = ["fox", "owl", "boat", "girl", "rabbit", "whale", "bear"]
TIMES = ["in the morning", "at night", "in the evening", "by day"]


def story(hours):
    """About so many hours of sentences, in scenes of twenty."""
    lines = []
    for number in range(int(hours * 900)):
        if number % 20 == 0:
            lines.append(f"\n## Scene {number // 20 + 1}\n")
        lines.append(f"The {HEROES[number % 7]} number {number} walked through the "
                     f"{PLACES[number // 20 % 6]} {TIMES[number // 5 % 4]}.")
    return "# A long story\n" + "\n".join(lines) + "\n"


def resident(process):
    """MiB in memory, and how many of them are files'."""
    values = {}
    try:
        with open(f"/proc/{process.pid}/status") as file:
            for line in file:
                if line.startswith(("VmRSS", "RssFile")):
                    values[line.split(":")[0]] = int(line.split()[1]) / 1024
    except FileNotFoundError:
        return None
    return values.get("VmRSS")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fabula")
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--fps", default="2")
    parser.add_argument("--size", default="256x256")
    parser.add_argument("--every", type=float, default=2, help="seconds between looks")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "story.md"), "w") as file:
            file.write(story(arguments.hours))
        command = [os.path.abspath(arguments.fabula), "render", "story.md", "--fps", arguments.fps,
                   "--size", arguments.size, "--duration", str(arguments.hours * 3600),
                   "--cache-dir", "store"]
        start = time.time()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        looks = []
        while process.poll() is None:
            memory = resident(process)
            if memory:
                looks.append((time.time() - start, memory))
            time.sleep(arguments.every)
        summary = process.stdout.read().strip()
    if process.returncode:
        sys.exit(f"fabula ended with {process.returncode}")
    seconds = looks[-1][0]
    # The second minute, or the second quarter of a shorter run, is what the rest is compared with.
    first = min(60, seconds / 4)
    steady = [memory for when, memory in looks if when >= first]
    reference = statistics.median(memory for when, memory in looks if first <= when < 2 * first)
    print(json.dumps({
        "film": summary, "seconds": round(seconds), "looks": len(looks),
        "MiB in the second minute": round(reference, 1), "MiB at the end": round(steady[-1], 1),
        "largest drift after the first minute, %": round(
            max(abs(memory / reference - 1) for memory in steady) * 100, 1)}, indent=2))


if __name__ == "__main__":
    main()

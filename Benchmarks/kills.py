#!/usr/bin/env python3
"""Kills renders with SIGKILL at random moments, and looks at what is left.

    Benchmarks/kills.py .build/release/fabula --times 100

After every kill there is a film or a part file that plays, or nothing yet: a part file appears with
its first pictures. The same command must find what was drawn, and its film must equal the film of
an unbroken render frame for frame.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

STORY = """The fox walked home through the forest in the evening.
It was night at the sea, and a boat sailed by.
In the mountains a bear looked at the snow.
A girl came from the village and sang.
The bear listened and was happy.

* * *

The owl slept in the village in the morning.
A wizard knocked at the door of the castle.
The dragon in the cave woke up.
They flew over the desert in a balloon.
At night they were back, and a dog was waiting.
"""


def frames(film):
    """The hash of every frame of a film; None where it can't be read."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", film, "-map", "0:v:0", "-f", "framemd5", "-"],
        capture_output=True, text=True)
    if done.returncode or done.stderr:
        return None
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    return [line.split(",")[-1].strip() for line in lines]


class Trial:
    """One kill, in a folder of its own."""

    def __init__(self, arguments, folder, whole):
        self.command = [os.path.abspath(arguments.fabula), "render", "story.txt", "-o", "film.mp4",
                        "--size", arguments.size, "--threads", "1",
                        "--cache-dir", "store"]
        self.folder = folder
        self.whole = whole
        with open(os.path.join(folder, "story.txt"), "w") as file:
            file.write(STORY)

    def path(self, name):
        return os.path.join(self.folder, name)

    def kill(self, moment):
        """Runs for so many seconds; whether it was alive when it was killed."""
        process = subprocess.Popen(self.command, cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=moment)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True

    def left(self):
        """The file that the kill left to play; None where it came before the first fragment."""
        names = ["film.mp4", "film.mp4.part"]
        return next((name for name in names if os.path.exists(self.path(name))), None)

    def check(self):
        """What is wrong after the kill, by name; empty where nothing is."""
        wrong = []
        left = self.left()
        if left == "film.mp4" and frames(self.path(left)) != self.whole:
            # Under this name it is whole.
            wrong.append("a broken film under the final name")
        elif left == "film.mp4.part" and not frames(self.path(left)):
            wrong.append("a part file that does not play")
        self.plays = not wrong
        done = subprocess.run(self.command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            wrong.append("resuming failed: " + done.stderr.strip())
        elif frames(self.path("film.mp4")) != self.whole:
            wrong.append("the resumed film differs")
        elif any(name.endswith(".part") for name in os.listdir(self.folder)):
            wrong.append("the part file stayed")
        self.found = "found drawn" in done.stdout
        return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fabula")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--size", default="64x64")
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(arguments, folder, None)
        start = time.time()
        subprocess.run(trial.command, cwd=folder, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        seconds = time.time() - start
        whole = frames(trial.path("film.mp4"))
    counts = {"kills": 0, "files left": 0, "of them play": 0, "nothing written yet": 0,
              "resumed films equal": 0, "resumes that found pictures": 0}
    problems = []
    while counts["kills"] < arguments.times:
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(arguments, folder, whole)
            if not trial.kill(moments.uniform(0, seconds)):
                continue
            counts["kills"] += 1
            left = trial.left()
            wrong = trial.check()
            counts["files left"] += left is not None
            counts["of them play"] += left is not None and trial.plays
            counts["nothing written yet"] += left is None
            counts["resumed films equal"] += not wrong
            counts["resumes that found pictures"] += trial.found
            problems += wrong
            print(f"\r{counts['kills']} of {arguments.times}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(json.dumps({**counts, "frames of the film": len(whole), "problems": problems}, indent=2))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()

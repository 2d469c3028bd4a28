#!/usr/bin/env python3
"""Pipes text into `fabula live` for a long time and watches its memory and its delay.

    Benchmarks/live_pipe.py .build/release/fabula --model DIR --minutes 60
"""
import argparse
import json
import subprocess
import threading
import time
import urllib.parse

from live_page import WebSocket, spread

PLACES = ["forest", "village", "meadow", "harbour", "garden"]
HEROES = ["fox", "owl", "boat", "girl", "rabbit"]


class Spectator(threading.Thread):
    """Notes when each line is told."""

    def __init__(self, url):
        super().__init__(daemon=True)
        address = urllib.parse.urlsplit(url)
        self.url = urllib.parse.urlunsplit(("ws", address.netloc, "/live", "", ""))
        self.told = {}
        self.pictures = 0
        self.visits = 0

    def run(self):
        # As the page does: who was let go comes again.
        while True:
            try:
                self.visits += 1
                self.watch(WebSocket(self.url))
            except OSError:
                pass
            time.sleep(0.5)

    def watch(self, view):
        while (message := view.receive()) is not None:
            if message[0] == 2:
                self.pictures += 1
                number = int.from_bytes(message[1][:4], "little")
                view.send(json.dumps({"type": "drawn", "number": number}))
            elif message[0] == 1:
                status = json.loads(message[1]).get("status", {"lines": []})
                for line in status["lines"]:
                    self.told.setdefault(line["text"], time.time())


def resident(process):
    with open(f"/proc/{process.pid}/status") as file:
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fabula")
    parser.add_argument("--model")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=6, help="seconds between lines")
    parser.add_argument("--fps", type=int, default=24, help="pictures a second at most")
    arguments = parser.parse_args()
    command = [arguments.fabula, "live", "--page", "--port", "0", "--fps", str(arguments.fps)]
    command += ["--model", arguments.model] if arguments.model else []
    show = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    url = next(line.split()[-1] for line in show.stderr if "http://" in line)
    spectator = Spectator(url)
    spectator.start()
    sent, memory = {}, []
    end = time.time() + arguments.minutes * 60
    number = 0
    while time.time() < end:
        line = (f"The {HEROES[number % 5]} number {number} went into the "
                f"{PLACES[number // 5 % 5]}.")
        sent[line] = time.time()
        show.stdin.write(line + "\n")
        show.stdin.flush()
        number += 1
        time.sleep(arguments.every)
        memory.append(resident(show))
    pictures = spectator.pictures
    show.stdin.close()
    show.wait(timeout=60)
    delays = [spectator.told[line] - when for line, when in sent.items() if line in spectator.told]
    third = max(1, len(delays) // 3)
    tail = max(1, len(memory) // 3)
    print(json.dumps({
        "lines": number, "told": len(delays), "visits": spectator.visits,
        "pictures a second": round(pictures / (arguments.minutes * 60), 1),
        "delay of the first third, s": spread(delays[:third]),
        "delay of the last third, s": spread(delays[-third:]),
        "memory after the first third, MiB": round(memory[min(tail, len(memory) - 1)]),
        "memory at the end, MiB": round(memory[-1])}, indent=2))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Drives the page of `fabula live` in headless Chromium and measures it.

Types a sentence key by key, sees the picture change, measures the time from a key to its picture
and the rate of pictures, takes screenshots (light, dark, phone), then lets many viewers in, some of
which take nothing. Needs Chromium; no Python packages.

    Benchmarks/live_page.py .build/release/fabula --model DIR --out /tmp/live
"""
import argparse
import base64
import hashlib
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request


class WebSocket:
    """A client of RFC 6455, as far as this needs one."""

    def __init__(self, url, timeout=30):
        parts = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline()
        if b" 101 " not in status:
            raise ConnectionError(status)
        while self.stream.readline().strip():
            pass

    def send(self, text):
        data = text.encode()
        size = len(data)
        head = (bytes([0x81, 0x80 | size]) if size < 126
                else bytes([0x81, 0x80 | 126]) + struct.pack(">H", size) if size < 65536
                else bytes([0x81, 0x80 | 127]) + struct.pack(">Q", size))
        self.socket.sendall(head + bytes(4) + data)

    def receive(self):
        """The next message as (opcode, bytes); None at the end."""
        payload = b""
        kind = None
        while True:
            head = self.stream.read(2)
            if len(head) < 2:
                return None
            size = head[1] & 127
            if size == 126:
                size = struct.unpack(">H", self.stream.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.stream.read(8))[0]
            payload += self.stream.read(size)
            kind = kind or head[0] & 15
            if head[0] & 128:
                return kind, payload


class Chromium:
    """A headless browser with one page."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
             "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--remote-debugging-port=0", f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = os.path.join(self.folder, "DevToolsActivePort")
        deadline = time.time() + 90
        while not os.path.exists(port_file) or not open(port_file).read().strip():
            if time.time() > deadline:
                raise TimeoutError("Chromium didn't start")
            time.sleep(0.1)
        port = open(port_file).read().split()[0]
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list"))
        page = next(p for p in pages if p["type"] == "page")
        self.socket = WebSocket(page["webSocketDebuggerUrl"], timeout=120)
        self.count = 0

    def call(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps(
            {"id": self.count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.receive()[1])
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]

    def value(self, script):
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def press(self, character):
        keys = {"text": character, "key": character, "unmodifiedText": character}
        if character == "\r":
            keys.update(key="Enter", windowsVirtualKeyCode=13)
        self.call("Input.dispatchKeyEvent", type="keyDown", **keys)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=keys["key"])

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Viewer(threading.Thread):
    """Watches over a connection of its own; a stalled one never reads."""

    def __init__(self, url, is_stalled, until):
        super().__init__(daemon=True)
        self.url, self.is_stalled, self.until = url, is_stalled, until
        self.pictures = 0

    def run(self):
        view = WebSocket(self.url)
        if self.is_stalled:
            time.sleep(max(0, self.until - time.time()))
            return
        while time.time() < self.until:
            message = view.receive()
            if message is None:
                return
            if message[0] == 2:
                self.pictures += 1
                number = struct.unpack_from("<I", message[1])[0]
                view.send(json.dumps({"type": "drawn", "number": number}))


def spread(values):
    values = sorted(values)
    if not values:
        return {"median": None, "p95": None}
    return {"median": round(values[len(values) // 2], 1),
            "p95": round(values[min(len(values) - 1, len(values) * 95 // 100)], 1)}


def picture(browser):
    return hashlib.sha256(
        browser.value("document.getElementById('picture').toDataURL()").encode()).hexdigest()


def wait(condition, seconds, what):
    deadline = time.time() + seconds
    while not condition():
        if time.time() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)


def type_text(browser, text, pause):
    for character in text:
        browser.press(character)
        time.sleep(pause)


def measure(arguments, url):
    result = {}
    browser = Chromium(arguments.chromium)
    try:
        browser.call("Page.enable")
        browser.call("Emulation.setDeviceMetricsOverride", width=1100, height=900,
                     deviceScaleFactor=1, mobile=False)
        browser.call("Page.navigate", url=url)
        wait(lambda: browser.value("document.readyState") == "complete", 60, "the page")
        wait(lambda: browser.value("document.activeElement.id") == "text", 60, "the box's focus")
        browser.press("a")
        wait(lambda: browser.value("window.fabula.pictures") > 0, 60, "the first picture")
        before = picture(browser)
        browser.value("window.fabula.delays.length = 0")
        started, seen = time.time(), browser.value("window.fabula.pictures")
        for _ in range(arguments.sentences):
            type_text(browser, " fox in the snow at night", arguments.pause)
            browser.press("\r")
            type_text(browser, "A boat on the sea in the evening", arguments.pause)
            browser.press("\r")
        typed = time.time() - started
        result["pictures a second while typing"] = round(
            (browser.value("window.fabula.pictures") - seen) / typed, 1)
        wait(lambda: browser.value("window.fabula.delays.length") > 0, 60, "a key's picture")
        delays = browser.value("Array.from(window.fabula.delays)")
        result["key to picture, ms"] = spread(delays) | {"keys": len(delays)}
        time.sleep(arguments.rest)
        result["the picture changed"] = picture(browser) != before
        if arguments.out:
            os.makedirs(arguments.out, exist_ok=True)
            type_text(browser, "The fox looked out over the sea", 0.02)
            time.sleep(arguments.rest)
            screenshots(browser, arguments.out)
    finally:
        browser.close()
    return result


def screenshots(browser, folder):
    for name, scheme, width, height, mobile in [
            ("light", "light", 1100, 900, False), ("dark", "dark", 1100, 900, False),
            ("phone", "light", 390, 780, True)]:
        browser.call("Emulation.setEmulatedMedia",
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=2 if mobile else 1, mobile=mobile)
        time.sleep(1)
        browser.screenshot(os.path.join(folder, f"{name}.png"))


def crowd(url, count, stalled, seconds):
    address = urllib.parse.urlsplit(url)
    socket_url = urllib.parse.urlunsplit(("ws", address.netloc, "/live", address.query, ""))

    def rates(count, stalled):
        until = time.time() + seconds
        viewers = [Viewer(socket_url, n < stalled, until) for n in range(count)]
        for viewer in viewers:
            viewer.start()
        for viewer in viewers:
            viewer.join()
        return [v.pictures / seconds for v in viewers if not v.is_stalled]

    alone = rates(1, 0)[0]
    others = rates(count, stalled)
    return {"viewers": count, "stalled": stalled, "rate of one alone": round(alone, 1),
            "rate of the others": round(sum(others) / max(1, len(others)), 1),
            "slowest": round(min(others), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fabula")
    parser.add_argument("--model")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--fps", type=int, default=30, help="pictures a second at most")
    parser.add_argument("--pause", type=float, default=0.12, help="seconds between keys")
    parser.add_argument("--rest", type=float, default=2, help="seconds for a picture to arrive")
    parser.add_argument("--sentences", type=int, default=2)
    parser.add_argument("--viewers", type=int, default=50)
    parser.add_argument("--stalled", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--out", help="a folder for screenshots and the film")
    arguments = parser.parse_args()

    command = [arguments.fabula, "live", "--page", "--port", "0", "--fps", str(arguments.fps)]
    command += ["--model", arguments.model] if arguments.model else []
    film = None
    if arguments.out:
        os.makedirs(arguments.out, exist_ok=True)
        film = os.path.join(arguments.out, "session.mp4")
        command += ["-o", film, "--force"]
    show = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = None
        while url is None:
            line = show.stderr.readline()
            if not line:
                sys.exit("the show didn't start")
            url = line.split()[-1] if "http://" in line else None
        result = measure(arguments, url)
        if arguments.viewers:
            result["crowd"] = crowd(url, arguments.viewers, arguments.stalled, arguments.seconds)
    finally:
        show.send_signal(2)
        output, _ = show.communicate(timeout=120)
    if film:
        result["film"] = output.strip()
    print(json.dumps(result, indent=2))
    if not result["the picture changed"]:
        sys.exit("the picture didn't change")


if __name__ == "__main__":
    main()

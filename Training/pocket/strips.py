"""Backdrops of each place: periodic strips, drawn once with antialiasing, that slide with the noise."""
import math
import random
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINE = 512, 256, 3


class Strip:
    """A picture 512 wide that repeats: `colour` [256, 512, 4] and `glow` [256, 512, 3] (lit windows)."""

    def __init__(self, depth):
        self.depth = depth                      # 0 = far away (hazy, slow), 1 = near
        self.image = Image.new("RGBA", (WIDTH * FINE, HEIGHT * FINE))
        self.light = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE))
        self.draw, self.shine = ImageDraw.Draw(self.image), ImageDraw.Draw(self.light)

    def _each(self, points):
        for turn in (-WIDTH, 0, WIDTH):
            yield [((x + turn) * FINE, y * FINE) for x, y in points]

    def polygon(self, points, colour):
        for p in self._each(points):
            self.draw.polygon(p, fill=colour)
            self.shine.polygon(p, fill=(0, 0, 0))

    def box(self, x, y, w, h, colour, glow=None):
        for p in self._each([(x, y), (x + w, y + h)]):
            self.draw.rectangle(p[0] + p[1], fill=colour)
            self.shine.rectangle(p[0] + p[1], fill=glow or (0, 0, 0))

    def disc(self, x, y, rx, ry, colour):
        for p in self._each([(x - rx, y - ry), (x + rx, y + ry)]):
            self.draw.ellipse(p[0] + p[1], fill=colour)
            self.shine.ellipse(p[0] + p[1], fill=(0, 0, 0))

    def hole(self, points):
        for p in self._each(points):
            self.draw.polygon(p, fill=(0, 0, 0, 0))

    def ridge(self, height, colour, step=2):
        """Fills below a periodic function of x."""
        top = [(x, height(x)) for x in range(0, WIDTH + 1, step)]
        self.polygon([(0, HEIGHT)] + top + [(WIDTH, HEIGHT)], colour)

    def shade(self, top, bottom, upper, lower):
        """Multiplies colours from `upper` at row top to `lower` at row bottom."""
        self.gradient = (top, bottom, upper, lower)

    def finish(self):
        colour = np.asarray(self.image.resize((WIDTH, HEIGHT), Image.BOX), np.float32) / 255
        colour = colour.copy()
        if hasattr(self, "gradient"):
            top, bottom, upper, lower = self.gradient
            t = np.clip((np.arange(HEIGHT) - top) / (bottom - top), 0, 1)[:, None, None]
            colour[..., :3] = np.clip(colour[..., :3] * (upper + (lower - upper) * t), 0, 1)
        self.colour = np.concatenate([colour[..., :3] * colour[..., 3:], colour[..., 3:]], -1)
        self.glow = np.asarray(self.light.resize((WIDTH, HEIGHT), Image.BOX), np.float32) / 255
        self.lit = bool(self.glow.max() > 0)
        rows = np.nonzero(self.colour[..., 3].max(1))[0]
        self.top = int(rows[0])
        del self.image, self.light, self.draw, self.shine
        return self


def waves(base, *parts):
    """base + sum of amplitude * sin(periods * x + phase)."""
    return lambda x: base + sum(a * math.sin(2 * math.pi * k * x / WIDTH + p) for a, k, p in parts)


def fir(strip, x, base, tall, colour):
    w = tall * 0.3
    strip.box(x - tall * 0.03, base - tall * 0.15, tall * 0.06, tall * 0.2, (70, 48, 38))
    for level in range(3):
        y0, half = base - tall * (1 - 0.24 * level), w * (0.55 + 0.3 * level)
        shade = tuple(int(c * (1.12 - 0.1 * level)) for c in colour)
        strip.polygon([(x, y0), (x - half, y0 + tall * 0.42), (x + half, y0 + tall * 0.42)], shade)


def firs(strip, pick, count, base, tall, colour):
    for i in range(count):
        x = (i + pick.uniform(0.2, 0.8)) * WIDTH / count
        fir(strip, x, base(x) + 4, tall * pick.uniform(0.75, 1.15), tuple(int(c * pick.uniform(0.88, 1.1)) for c in colour))


def cottage(strip, x, base, w, wall, roof):
    h = w * 0.62
    strip.box(x, base - h, w, h, wall)
    strip.polygon([(x - w * 0.12, base - h), (x + w / 2, base - h - w * 0.5), (x + w * 1.12, base - h)], roof)
    for k in (0.14, 0.64):
        strip.box(x + w * k, base - h * 0.75, w * 0.22, w * 0.22, (120, 150, 175), (255, 205, 110))
    strip.box(x + w * 0.41, base - h * 0.5, w * 0.18, h * 0.5, (105, 66, 44))


def meadow(pick):
    far, mid, near = Strip(0.15), Strip(0.5), Strip(1)
    far.ridge(waves(140, (12, 1, 0.4), (7, 2, 2)), (128, 178, 130))
    mid.ridge(waves(160, (10, 1, 3), (6, 3, 1)), (112, 182, 92))
    for x in (60, 190, 330, 450):
        y = waves(160, (10, 1, 3), (6, 3, 1))(x)
        mid.box(x - 2, y - 16, 4, 18, (104, 72, 48))
        mid.disc(x, y - 24, 14, 14, (74, 146, 70))
    near.ridge(waves(188, (5, 1, 1), (3, 2, 0)), (104, 188, 74))
    near.shade(185, 256, 1.0, 0.72)
    for _ in range(70):
        x, y = pick.uniform(0, WIDTH), pick.uniform(205, 252)
        near.disc(x, y, 2.6, 2.6, pick.choice([(255, 240, 120), (255, 150, 170), (255, 255, 255)]))
    return [far, mid, near]


def forest(pick):
    far, mid, near = Strip(0.15), Strip(0.55), Strip(1)
    line = waves(165, (4, 1, 0))
    far.ridge(line, (62, 112, 92))
    firs(far, pick, 26, line, 70, (70, 124, 104))
    line2 = waves(186, (4, 1, 2))
    mid.ridge(line2, (40, 96, 62))
    firs(mid, pick, 12, line2, 120, (36, 104, 66))
    near.ridge(waves(198, (4, 1, 1), (3, 2, 2)), (66, 122, 58))
    near.shade(195, 256, 1.0, 0.66)
    for _ in range(9):
        x, y = pick.uniform(0, WIDTH), pick.uniform(215, 250)
        near.disc(x, y, 10, 4, (48, 100, 48))
    return [far, mid, near]


def sea(pick):
    far, mid, near = Strip(0.1), Strip(0.5), Strip(1)
    far.ridge(waves(142), (44, 122, 184))
    far.shade(142, 215, 0.82, 1.22)
    far.disc(120, 142, 46, 9, (96, 140, 150))
    far.ridge(waves(142), (44, 122, 184))
    for _ in range(46):
        y = pick.uniform(150, 206)
        w = (y - 135) * 0.28
        mid.disc(pick.uniform(0, WIDTH), y, w, 0.9 + (y - 150) / 60, (150, 208, 232, 150))
    shore = waves(213, (5, 1, 0.5), (3, 2, 1))
    near.ridge(lambda x: shore(x) - 5, (236, 248, 250))
    near.ridge(shore, (238, 214, 160))
    near.shade(213, 256, 1.02, 0.9)
    for _ in range(12):
        near.disc(pick.uniform(0, WIDTH), pick.uniform(226, 252), 3.5, 2.4, pick.choice([(250, 230, 220), (214, 150, 130), (200, 176, 130)]))
    return [far, mid, near]


def mountains(pick):
    far, mid, near = Strip(0.1), Strip(0.45), Strip(1)
    for strip, count, tall, base, rock in ((far, 5, 96, 176, (118, 132, 164)), (mid, 6, 70, 190, (96, 108, 128))):
        for i in range(count):
            x, h = (i + pick.uniform(0.3, 0.7)) * WIDTH / count, tall * pick.uniform(0.75, 1.2)
            w = h * 0.95
            strip.polygon([(x, base - h), (x - w, base + 20), (x + w, base + 20)], rock)
            strip.polygon([(x, base - h), (x + w, base + 20), (x + w * 0.1, base + 20)], tuple(int(c * 0.82) for c in rock))
            k = 0.32
            strip.polygon([(x, base - h), (x - w * k * 0.9, base - h * (1 - k)), (x - w * 0.1, base - h * (1 - k * 1.15)),
                           (x + w * 0.08, base - h * (1 - k * 0.8)), (x + w * k * 0.95, base - h * (1 - k))], (246, 249, 255))
        strip.ridge(waves(base + 4), tuple(int(c * 0.95) for c in rock))
    near.ridge(waves(196, (7, 1, 1), (4, 2, 2)), (122, 158, 96))
    near.shade(190, 256, 1.0, 0.7)
    for _ in range(12):
        x, y = pick.uniform(0, WIDTH), pick.uniform(208, 250)
        near.disc(x, y, pick.uniform(4, 8), 4, (150, 150, 150))
    return [far, mid, near]


def village(pick):
    far, mid, near = Strip(0.15), Strip(0.55), Strip(1)
    far.ridge(waves(142, (12, 1, 2), (6, 2, 0)), (130, 176, 122))
    line = waves(186, (3, 1, 0))
    for i in range(7):
        x = (i + pick.uniform(0.1, 0.3)) * WIDTH / 7
        cottage(mid, x, line(x) + 3, pick.uniform(44, 54),
                pick.choice([(246, 232, 205), (236, 214, 190), (250, 244, 230)]),
                pick.choice([(190, 76, 56), (170, 92, 60), (150, 70, 72)]))
    mid.ridge(line, (116, 170, 84))
    near.ridge(waves(198, (3, 1, 2)), (206, 184, 140))
    near.ridge(waves(226, (4, 1, 1), (2, 3, 0)), (112, 174, 80))
    near.shade(196, 256, 1.0, 0.8)
    return [far, mid, near]


def city(pick):
    far, mid, near = Strip(0.15), Strip(0.55), Strip(1)
    for strip, count, low, high, tones in ((far, 14, 60, 125, [(136, 150, 182), (150, 160, 190)]),
                                           (mid, 9, 50, 112, [(104, 112, 148), (146, 108, 104), (90, 124, 140)])):
        for i in range(count):
            w = WIDTH / count
            x, h = i * w, pick.uniform(low, high)
            strip.box(x, 196 - h, w - 1, h + 10, pick.choice(tones))
            if strip is mid:
                for col in range(3):
                    for row in range(int(h // 20)):
                        lit = pick.random() < 0.72
                        strip.box(x + 7 + col * (w - 10) / 3, 196 - h + 9 + row * 20, 10, 11,
                                  (176, 206, 226), (255, 206, 112) if lit else (40, 44, 60))
    near.ridge(waves(194), (176, 176, 182))
    near.ridge(waves(206), (92, 94, 106))
    near.shade(194, 256, 1.05, 0.85)
    for i in range(8):
        near.box(i * 64 + 10, 228, 34, 4, (226, 222, 200))
    return [far, mid, near]


def desert(pick):
    far, mid, near = Strip(0.15), Strip(0.5), Strip(1)
    far.ridge(waves(150, (12, 1, 1), (6, 2, 2)), (226, 178, 118))
    mid.ridge(waves(170, (12, 1, 3.4), (4, 2, 0)), (234, 184, 106))
    for x in (90, 260, 420):
        y = waves(170, (12, 1, 3.4), (4, 2, 0))(x) + 3
        for dx, dy, w, h in ((-4, 44, 8, 46), (-15, 30, 6, 16), (9, 36, 6, 18)):
            mid.box(x + dx, y - dy, w, h, (82, 140, 84))
        mid.box(x - 15, y - 18, 12, 5, (82, 140, 84))
        mid.box(x + 3, y - 22, 12, 5, (82, 140, 84))
    near.ridge(waves(192, (7, 1, 0), (2, 3, 1)), (244, 200, 122))
    near.shade(188, 256, 1.03, 0.82)
    return [far, mid, near]


def snow(pick):
    far, mid, near = Strip(0.15), Strip(0.5), Strip(1)
    far.ridge(waves(146, (14, 1, 0.4), (7, 2, 2)), (206, 222, 242))
    line = waves(172, (8, 1, 3), (3, 2, 1))
    firs(mid, pick, 9, line, 66, (150, 186, 192))
    mid.ridge(line, (226, 236, 250))
    near.ridge(waves(194, (6, 1, 1), (3, 2, 0)), (244, 248, 255))
    near.shade(190, 256, 1.0, 0.86)
    return [far, mid, near]


def river(pick):
    far, mid, near = Strip(0.15), Strip(0.5), Strip(1)
    far.ridge(waves(146, (10, 1, 2), (5, 2, 1)), (122, 170, 138))
    bank = waves(168, (5, 1, 1), (3, 2, 0))
    mid.ridge(bank, (100, 168, 84))
    for x in (30, 120, 250, 380, 470):
        mid.box(x - 2, bank(x) - 20, 5, 22, (96, 70, 50))
        mid.disc(x, bank(x) - 30, 20, 18, (84, 152, 82))
    mid.ridge(waves(180, (2, 2, 0)), (70, 150, 196))
    mid.shade(180, 215, 0.94, 1.18)
    for _ in range(26):
        mid.disc(pick.uniform(0, WIDTH), pick.uniform(186, 208), pick.uniform(8, 16), 1.2, (176, 220, 238))
    shore = waves(211, (3, 1, 2), (2, 3, 1))
    near.ridge(lambda x: shore(x) - 4, (206, 186, 140))
    near.ridge(shore, (98, 172, 76))
    near.shade(208, 256, 1.0, 0.76)
    for x in (40, 66, 300, 322, 344, 480):
        near.box(x, shore(x) - 26, 3, 30, (86, 128, 60))
        near.disc(x + 1.5, shore(x) - 26, 4, 9, (126, 84, 52))
    return [far, mid, near]


def palm(strip, x, base, tall, leaf):
    for k in range(8):
        y = base - tall * k / 8
        strip.box(x + 5 * math.sin(k / 3), y - tall / 8, 9, tall / 8 + 1, (122, 88, 58) if k % 2 else (108, 78, 52))
    top = base - tall
    for angle in (-160, -125, -90, -55, -20):
        a = math.radians(angle)
        tip = (x + 9 + 54 * math.cos(a), top + 26 + 46 * math.sin(a))
        side = (-math.sin(a) * 8, math.cos(a) * 8)
        middle = ((x + tip[0]) / 2, (top + tip[1]) / 2 - 12)
        strip.polygon([(x + 6, top + 4), (middle[0] + side[0], middle[1] + side[1]), tip, (middle[0] - side[0], middle[1] - side[1])], leaf)


def jungle(pick):
    far, mid, near = Strip(0.15), Strip(0.55), Strip(1)
    far.ridge(waves(120, (8, 3, 0), (6, 5, 1)), (86, 150, 104))
    for i in range(14):
        far.disc((i + pick.uniform(0.2, 0.8)) * WIDTH / 14, pick.uniform(104, 124), 30, 24, (92, 158, 108))
    line = waves(184, (4, 1, 1))
    for i in range(7):
        palm(mid, (i + pick.uniform(0.3, 0.7)) * WIDTH / 7, 192, pick.uniform(84, 112), pick.choice([(40, 132, 72), (54, 146, 66)]))
    mid.ridge(line, (48, 124, 62))
    for i in range(12):
        mid.disc((i + pick.uniform(0.1, 0.9)) * WIDTH / 12, 190, 24, 17, pick.choice([(44, 118, 60), (58, 134, 66)]))
    near.ridge(waves(199, (4, 1, 2), (3, 3, 0)), (84, 140, 62))
    near.shade(196, 256, 1.0, 0.62)
    for i in range(10):
        x = (i + pick.uniform(0.2, 0.8)) * WIDTH / 10
        near.disc(x, pick.uniform(232, 252), 5, 5, pick.choice([(244, 92, 120), (255, 176, 60), (214, 112, 226)]))
    return [far, mid, near]


def cave(pick):
    """Rock all round; the sky shows through the mouth of the cave."""
    far, near = Strip(0.3), Strip(1)
    far.ridge(waves(178, (5, 1, 0), (3, 2, 1)), (112, 150, 104))
    near.box(0, 0, WIDTH, HEIGHT, (92, 84, 96))
    for i in range(22):
        x, y, r = pick.uniform(0, WIDTH), pick.uniform(0, 190), pick.uniform(14, 34)
        near.disc(x, y, r, r * 0.7, pick.choice([(84, 76, 88), (102, 94, 106), (98, 88, 98)]))
    for i in range(12):
        x, w, h = (i + pick.uniform(0.2, 0.8)) * WIDTH / 12, pick.uniform(9, 16), pick.uniform(30, 70)
        near.polygon([(x - w, 0), (x + w, 0), (x + pick.uniform(-3, 3), h)], (116, 106, 118))
    # The mouth, seen at x = 110 + 128 of the strip.
    mouth = [(162, 200), (158, 150), (172, 104), (196, 70), (232, 54), (268, 60), (298, 86), (312, 130), (318, 200)]
    near.polygon([(x + (x - 238) * 0.07, y - 6) for x, y in mouth], (66, 60, 72))
    near.hole(mouth)
    near.ridge(waves(196, (4, 1, 1), (3, 3, 0)), (122, 110, 112))
    near.shade(0, 256, 0.8, 1.0)
    for _ in range(14):
        x, y = pick.uniform(0, WIDTH), pick.uniform(212, 250)
        near.disc(x, y, pick.uniform(6, 11), 4, (104, 94, 98))
    return [far, near]


def room(pick):
    """A wall with a window that shows the sky, a carpet, a shelf."""
    near = Strip(1)
    near.box(0, 0, WIDTH, HEIGHT, (238, 214, 176))
    for x in range(0, WIDTH, 32):
        near.box(x, 0, 13, 196, (244, 224, 190))
    near.box(0, 176, WIDTH, 6, (176, 124, 84))
    left, top, wide, tall = 238 + 10, 26, 92, 96
    near.box(left - 9, top - 9, wide + 18, tall + 18, (150, 98, 64))
    near.box(left - 15, top + tall + 7, wide + 30, 8, (168, 114, 76))
    near.hole([(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall)])
    near.box(left + wide / 2 - 2.5, top, 5, tall, (150, 98, 64))
    near.box(left, top + tall / 2 - 2.5, wide, 5, (150, 98, 64))
    for side in (left - 26, left + wide + 6):
        near.box(side, top - 12, 20, tall + 24, (202, 84, 84))
        near.box(side + 7, top - 12, 5, tall + 24, (184, 70, 74))
    near.box(124, 62, 78, 8, (150, 98, 64))
    for i, tone in enumerate([(204, 84, 70), (80, 132, 176), (236, 184, 82), (104, 156, 98), (150, 100, 160)]):
        near.box(130 + 13 * i, 62 - 28 - 3 * (i % 3), 10, 28 + 3 * (i % 3), tone)
    near.box(150, 112, 44, 44, (150, 98, 64))
    near.box(155, 117, 34, 34, (170, 208, 226))
    near.polygon([(155, 151), (172, 126), (189, 151)], (110, 160, 104))
    near.box(0, 182, WIDTH, HEIGHT, (186, 134, 90))
    for y in (196, 214, 236):
        near.box(0, y, WIDTH, 1.5, (168, 118, 78))
    near.disc(238, 226, 112, 24, (176, 76, 82))
    near.disc(238, 226, 96, 19, (206, 104, 96))
    near.disc(238, 226, 72, 13, (176, 76, 82))
    return [near]


PAINTERS = {f.__name__: f for f in (meadow, forest, sea, mountains, village, city, desert, snow, river, jungle, cave, room)}


@lru_cache(maxsize=None)
def strips(place):
    return [s.finish() for s in PAINTERS[place](random.Random(7))]

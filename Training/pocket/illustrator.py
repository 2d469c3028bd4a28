"""The teacher: draws a scene with a layout as a storybook picture, 256 by 256."""
from functools import lru_cache

import numpy as np

from .scene import LAYOUT, NOTHING, PLACES, THINGS, TIMES, WEATHERS, sun_place
from .sprites import FLIES, GLOWS, SCALE, SWIMS, place_sprite
from .strips import WIDTH, strips

SIDE = 256
ROWS, COLUMNS = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


def rgb(*values):
    return np.array(values, np.float32) / 255


# time -> sky at the top, sky at the horizon, light on land, light on things, sun or moon, its glow
LIGHT = {
    "day": (rgb(74, 150, 236), rgb(206, 234, 252), rgb(255, 255, 255), rgb(255, 255, 255), rgb(255, 238, 140), 0.35),
    "morning": (rgb(134, 186, 240), rgb(255, 222, 196), rgb(255, 236, 214), rgb(255, 246, 232), rgb(255, 240, 190), 0.6),
    "evening": (rgb(92, 70, 150), rgb(255, 152, 88), rgb(236, 168, 150), rgb(250, 206, 186), rgb(255, 206, 110), 0.7),
    "night": (rgb(12, 18, 54), rgb(58, 76, 138), rgb(88, 104, 160), rgb(176, 186, 226), rgb(250, 246, 222), 0.35),
}
GREY = {"clear": 0.0, "rain": 0.6, "snowfall": 0.35, "fog": 0.4}


@lru_cache(maxsize=None)
def stars():
    """Fixed stars [256, 256] in the upper sky."""
    pick, out = np.random.default_rng(3), np.zeros((SIDE, SIDE), np.float32)
    for _ in range(60):
        x, y, r = pick.uniform(4, 252), pick.uniform(3, 130), pick.uniform(0.8, 1.5)
        out += np.exp(-((COLUMNS - x) ** 2 + (ROWS - y) ** 2) / r ** 2) * pick.uniform(0.6, 1)
    return np.clip(out, 0, 1)[..., None]


@lru_cache(maxsize=None)
def clouds():
    """A periodic band of soft clouds [256, 512, 1]."""
    pick, out = np.random.default_rng(5), np.zeros((SIDE, WIDTH), np.float32)
    rows, columns = np.mgrid[0:SIDE, 0:WIDTH].astype(np.float32)
    for cx, cy in ((70, 48), (200, 78), (330, 40), (440, 84)):
        for _ in range(7):
            x, y, r = cx + pick.uniform(-34, 34), cy + pick.uniform(-6, 7), pick.uniform(8, 15)
            away = (columns - x + WIDTH / 2) % WIDTH - WIDTH / 2
            out += np.exp(-((away / 1.5) ** 2 + (rows - y) ** 2) / r ** 2)
    return np.clip(out * 0.9, 0, 1)[..., None]


@lru_cache(maxsize=None)
def falling(kind):
    """Rain streaks or snow flakes, always the same: what noise does not state cannot be learnt."""
    pick, out = np.random.default_rng(9), np.zeros((SIDE, SIDE), np.float32)
    for _ in range(70 if kind == "rain" else 110):
        x, y = pick.uniform(-10, 266), pick.uniform(-10, 266)
        if kind == "rain":
            along = (ROWS - y) / 20
            across = COLUMNS - x + (ROWS - y) * 0.22
            out += np.exp(-(across / 1.0) ** 2) * (np.abs(along) < 0.5) * 0.55
        else:
            out += np.exp(-((COLUMNS - x) ** 2 + (ROWS - y) ** 2) / pick.uniform(1.4, 3.0) ** 2) * 0.9
    return np.clip(out, 0, 1)[..., None]


def over(image, colour, alpha):
    image += (colour - image) * alpha


def slide(band, offset):
    """Crop [.., 256, C] of a periodic band at a fractional offset."""
    whole = int(np.floor(offset))
    part = np.float32(offset - whole)
    at = np.arange(whole, whole + SIDE + 1) % WIDTH
    wide = band[:, at] if at[0] > at[-1] else band[:, at[0]:at[0] + SIDE + 1]
    return wide[:, :-1] + (wide[:, 1:] - wide[:, :-1]) * part


def sky(scene, u):
    time, weather = TIMES[scene.time], WEATHERS[scene.weather]
    top, low, _, _, body, glow = LIGHT[time]
    grey = GREY[weather]
    dull = lambda c: c + ((c.mean() * 0.85 + 0.06) - c) * grey
    t = np.clip(np.arange(SIDE, dtype=np.float32) / 165, 0, 1)[:, None, None] ** 1.2
    image = np.broadcast_to(dull(top) + (dull(low) - dull(top)) * t, (SIDE, SIDE, 3)).astype(np.float32)
    x, y = sun_place(scene.time)
    if time == "night" and weather == "clear":
        over(image, np.float32(1), stars() * 0.9)
    if weather in ("clear", "snowfall"):
        away = np.sqrt((COLUMNS - x) ** 2 + (ROWS - y) ** 2)[..., None]
        over(image, body, np.exp(-away / 34) * glow)
        over(image, body, np.clip(17.5 - away, 0, 1))
    if weather != "fog":
        cover = {"clear": 0.8, "snowfall": 0.5, "rain": 0.75}[weather]
        tone = low * 0.35 + 0.65 if time != "night" else low * 0.9
        if weather == "rain":
            tone = tone.mean() * rgb(165, 170, 185)
        over(image[:130], tone, slide(clouds()[:130], 130 + 20 * u["x"]) * (cover if time != "night" else 0.4))
    return image, dull(low)


def land(image, scene, u, haze):
    time, weather = TIMES[scene.time], WEATHERS[scene.weather]
    light = LIGHT[time][2] * {"clear": 1, "rain": 0.82, "snowfall": 0.95, "fog": 0.95}[weather]
    for strip in strips(PLACES[scene.place]):
        shift = 110 + (12 + 24 * strip.depth) * u["x"]
        top = strip.top
        band = slide(strip.colour[top:], shift)
        alpha = band[..., 3:]
        colour = band[..., :3] * light
        if weather == "snowfall" and strip.depth == 1:
            colour += (0.93 * light * alpha - colour) * 0.55
        fade = 0.42 * (1 - strip.depth) ** 1.5 + (0.35 * (1 - strip.depth) if weather == "fog" else 0)
        colour += (haze * alpha - colour) * fade
        target = image[top:]
        target *= 1 - alpha
        target += colour
        if strip.lit and time in ("night", "evening"):
            shine = slide(strip.glow[top:], shift) * (1.0 if time == "night" else 0.75)
            np.maximum(target, shine * (1 - fade), out=target)


def standing(scene, u):
    """[(thing, x, base, height)]: where each thing stands; the first is left of the second."""
    things = [t for t in (scene.first, scene.second) if t != NOTHING]
    out = []
    for i, thing in enumerate(things):
        name = THINGS[thing]
        height = (104, 80, 128)[scene.size if i == 0 else 0] + 14 * (u["size"] - 0.5)
        x = 128 + 104 * (u["x"] - 0.5)
        if len(things) == 2:
            x = (76, 182)[i] + (44, 44)[i] * (u["x"] - 0.5)
            height *= 0.86
        base = 222 + 22 * (u["y"] - 0.5)
        if name in FLIES:
            base = 150 + 36 * (u["y"] - 0.5)
        elif name in SWIMS and PLACES[scene.place] == "sea":
            base = 200 + 10 * (u["y"] - 0.5)
        out.append((thing, x, base, height * SCALE.get(name, 1)))
    return out


def put(image, mask, scene, thing, x, base, height):
    name, time = THINGS[thing], TIMES[scene.time]
    light = LIGHT[time][3]
    if name not in FLIES:
        y0, y1 = max(0, int(base - 24)), min(SIDE, int(base + 24))
        rows, columns = ROWS[y0:y1], COLUMNS[y0:y1]
        dark = np.exp(-(((columns - x) / (height * 0.42)) ** 2 + ((rows - base + 2) / 7) ** 2))[..., None]
        over(image[y0:y1], image[y0:y1] * 0.35, dark * 0.8)
    if name in GLOWS:
        strength = {"night": 0.75, "evening": 0.5}.get(time, 0.2)
        away = ((COLUMNS - x) ** 2 + (ROWS - base + height / 2) ** 2)[..., None]
        over(image, rgb(255, 190, 90), np.exp(-away / (height * 0.95) ** 2) * strength)
        light = LIGHT["day"][3]
    placed = place_sprite(thing, x, base, height)
    if placed:
        (x0, y0, x1, y1), pixels = placed
        alpha = pixels[..., 3:]
        over(image[y0:y1, x0:x1], pixels[..., :3] * light, alpha)
        np.maximum(mask[y0:y1, x0:x1], alpha[..., 0], out=mask[y0:y1, x0:x1])


def draw(scene, numbers):
    """Scene and uniform layout numbers -> picture uint8 [256, 256, 3], things' mask uint8 [256, 256]."""
    u = dict(zip(LAYOUT, map(float, numbers)))
    image, haze = sky(scene, u)
    land(image, scene, u, haze)
    mask = np.zeros((SIDE, SIDE), np.float32)
    for item in standing(scene, u):
        put(image, mask, scene, *item)
    weather, time = WEATHERS[scene.weather], TIMES[scene.time]
    if weather == "fog":
        thick = np.clip(1 - np.abs(np.arange(SIDE, dtype=np.float32) - 165) / 130, 0, 1)[:, None, None] * 0.62 + 0.1
        over(image, haze * 0.8 + 0.16 * (time != "night") + 0.04, thick * (1 - 0.45 * mask[..., None]))
    elif weather in ("rain", "snowfall"):
        bright = 0.75 if time == "night" else 1.0
        over(image, np.float32(bright), falling(weather) * (0.5 if weather == "rain" else 0.95))
    return (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8), (mask * 255).astype(np.uint8)

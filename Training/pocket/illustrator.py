"""The teacher: draws a scene with a layout as a storybook picture, 256 by 256."""
from functools import lru_cache

import numpy as np

from .scene import LAYOUT, NOTHING, PLACES, TIMES, WEATHERS, sun_place
from .sprites import place_sprite
from .strips import WIDTH, strips
from .things import CATALOGUE

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
GREY = {"clear": 0.0, "rain": 0.62, "snowfall": 0.35, "fog": 0.4}
INSIDE = {"room", "cave"}
# The strips' column at the left edge when nothing has moved, and all the columns that are ever seen.
FIRST, SEEN = 110, slice(100, 380)


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
    """Rain streaks or snow flakes, always the same: what noise does not state cannot be learnt.

    Large enough to live through the autoencoder's 8x8 cells, and on a jittered grid, so that none is crowded out.
    """
    pick, out = np.random.default_rng(9), np.zeros((SIDE, SIDE), np.float32)
    columns, rows = (8, 6) if kind == "rain" else (9, 8)
    for i in range(columns):
        for j in range(rows):
            x = (i + 0.5 + (j % 2) / 2 + pick.uniform(-0.28, 0.28)) * SIDE / columns
            y = (j + pick.uniform(0.2, 0.8)) * SIDE / rows
            if kind == "rain":
                across, along = COLUMNS - x + (ROWS - y) * 0.25, (ROWS - y) / 15
                out += np.exp(-(across / 1.7) ** 2) * np.clip(1.3 - along ** 2 * 1.3, 0, 1)
            else:
                radius = pick.uniform(2.6, 4.6)
                away = np.sqrt((COLUMNS - x) ** 2 + (ROWS - y) ** 2)
                out += np.clip((radius - away) / 1.6 + 0.5, 0, 1)
    return np.clip(out, 0, 1)[..., None]


def over(image, colour, alpha):
    image += (colour - image) * alpha


def slide(band, offset):
    """Crop [.., 256, C] of a band at a fractional offset."""
    whole = int(np.floor(offset))
    part = np.float32(offset - whole)
    out = band[:, whole:whole + SIDE] * (1 - part)
    out += band[:, whole + 1:whole + SIDE + 1] * part
    return out


def dulled(colour, weather):
    return colour + ((colour.mean() * 0.85 + 0.06) - colour) * GREY[weather]


@lru_cache(maxsize=None)
def air(time, weather):
    """Sky with sun, moon and stars [256, 256, 3], before the clouds."""
    top, low, _, _, body, glow = LIGHT[time]
    top, low = dulled(top, weather), dulled(low, weather)
    t = np.clip(np.arange(SIDE, dtype=np.float32) / 165, 0, 1)[:, None, None] ** 1.2
    image = np.broadcast_to(top + (low - top) * t, (SIDE, SIDE, 3)).astype(np.float32)
    x, y = sun_place(TIMES.index(time))
    if time == "night" and weather == "clear":
        over(image, np.float32(1), stars() * 0.9)
    if weather in ("clear", "snowfall"):
        away = np.sqrt((COLUMNS - x) ** 2 + (ROWS - y) ** 2)[..., None]
        over(image, body, np.exp(-away / 34) * glow)
        over(image, body, np.clip(17.5 - away, 0, 1))
    return image


def sky(scene, u):
    time, weather = TIMES[scene.time], WEATHERS[scene.weather]
    low = LIGHT[time][1]
    # What the land hides need not be drawn.
    seen = min([strip[1] for strip in lit(PLACES[scene.place], time, weather)], default=SIDE)
    image = np.empty((SIDE, SIDE, 3), np.float32)
    image[:seen] = air(time, weather)[:seen]
    if weather != "fog":
        cover = {"clear": 0.8, "snowfall": 0.5, "rain": 0.75}[weather]
        tone = low * 0.35 + 0.65 if time != "night" else low * 0.9
        if weather == "rain":
            tone = tone.mean() * rgb(165, 170, 185)
        rows = min(130, seen)
        over(image[:rows], tone, slide(clouds()[:rows], 140 + 8 * (u["x"] - 0.5)) * (cover if time != "night" else 0.4))
    return image, dulled(low, weather)


@lru_cache(maxsize=None)
def lit(place, time, weather):
    """The strips of a place under a light, as rows top to bottom that nothing nearer hides: (top, first row
    that is solid, bottom, depth, premultiplied colours, their lit windows or None)."""
    inside = place in INSIDE
    haze = dulled(LIGHT[time][1], weather)
    light = LIGHT[time][2] * {"clear": 1, "rain": 0.82, "snowfall": 0.95, "fog": 0.95}[weather]
    if inside:
        light = 0.45 * light + 0.55 * (rgb(255, 238, 214) if place == "room" else light) * (0.86 if time == "night" else 1)
    out = []
    for strip in strips(place):
        # No more than the columns that can be seen.
        band = strip.colour[strip.top:, SEEN]
        alpha = band[..., 3:]
        colour = band[..., :3] * light
        if weather == "snowfall" and strip.depth == 1 and not inside:
            colour += (0.93 * light * alpha - colour) * 0.55
        fade = 0.42 * (1 - strip.depth) ** 1.5 + (0.35 * (1 - strip.depth) if weather == "fog" else 0)
        colour += (haze * alpha - colour) * fade
        shine = None
        if strip.lit and time in ("night", "evening"):
            shine = strip.glow[strip.top:, SEEN] * ((1.0 if time == "night" else 0.75) * (1 - fade))
        solid = strip.top + len(alpha) - int(np.cumprod((alpha > 0.999).all((1, 2))[::-1]).sum())
        out.append((strip.top, solid, strip.depth, np.concatenate([colour, alpha], -1), shine))
    seen, bottom = [], SIDE
    for top, solid, depth, band, shine in reversed(out):
        if top < bottom:
            shine = None if shine is None else shine[:bottom - top]
            seen.append((top, min(solid, bottom), bottom, depth, band[:bottom - top], shine))
        bottom = min(bottom, solid)
    return seen[::-1]


def land(image, scene, u):
    """Lays the strips over the sky; gives the share of each pixel that is still open air [256, 256, 1]."""
    place = PLACES[scene.place]
    open_air = np.ones((SIDE, SIDE, 1), np.float32) if place in INSIDE else np.float32(1)
    for top, solid, bottom, depth, band, shine in lit(place, TIMES[scene.time], WEATHERS[scene.weather]):
        # Little parallax: where the noise is misread by a hair, a far ridge must not blur.
        shift = FIRST - SEEN.start + (3 + 11 * depth) * (u["x"] - 0.5)
        colour = slide(band, shift)
        part = colour[:solid - top]
        clear = 1 - part[..., 3:]
        target = image[top:solid]
        target *= clear
        target += part[..., :3]
        image[solid:bottom] = colour[solid - top:, :, :3]
        if place in INSIDE and depth == 1:
            open_air[top:solid] *= clear
            open_air[solid:bottom] = 0
        if shine is not None:
            target = image[top:bottom]
            np.maximum(target, slide(shine, shift), out=target)
    return open_air


def standing(scene, u):
    """[(thing, colour, x, base, height)]: where each thing stands, from left to right."""
    things = [(scene.first, scene.colour)] * (scene.count + 1) if scene.first != NOTHING else []
    if scene.second != NOTHING:
        things.append((scene.second, 0))
    middle, reach = {0: ((), 0), 1: ((128,), 96), 2: ((74, 182), 40), 3: ((50, 128, 206), 22)}[len(things)]
    out = []
    for i, (index, colour) in enumerate(things):
        thing = CATALOGUE[index]
        sized = scene.second == NOTHING or i < len(things) - 1
        height = (104, 80, 128)[scene.size if sized else 0] + 12 * (u["size"] - 0.5)
        height *= (1, 0.86, 0.66)[len(things) - 1]
        x = middle[i] + reach * (u["x"] - 0.5)
        base = 222 + 20 * (u["y"] - 0.5)
        if "flies" in thing.flags:
            base = 150 + 32 * (u["y"] - 0.5)
        elif "swims" in thing.flags and PLACES[scene.place] in ("sea", "river"):
            base = 202 + 8 * (u["y"] - 0.5)
        height *= thing.scale
        # A wide thing beside another must leave it room.
        out.append((index, colour, x, base, min(height, (200, 124, 92)[len(things) - 1])))
    return out


def put(image, mask, scene, index, colour, x, base, height):
    flags, time = CATALOGUE[index].flags, TIMES[scene.time]
    light = LIGHT[time][3]
    if PLACES[scene.place] == "room":
        light = 0.5 * light + 0.5
    if "flies" not in flags:
        y0, y1 = max(0, int(base - 20)), min(SIDE, int(base + 18))
        rows, columns = ROWS[y0:y1, :1], COLUMNS[:1]
        dark = np.exp(-((columns - x) / (height * 0.42)) ** 2) * (0.52 * np.exp(-((rows - base + 2) / 7) ** 2))
        image[y0:y1] *= (1 - dark)[..., None]
    if "glows" in flags:
        strength = {"night": 0.75, "evening": 0.5}.get(time, 0.2)
        away = ((COLUMNS - x) ** 2 + (ROWS - base + height / 2) ** 2)[..., None]
        over(image, rgb(255, 190, 90), np.exp(away / -(height * 0.95) ** 2) * strength)
        light = LIGHT["day"][3]
    placed = place_sprite(index, colour, x, base, height)
    if placed:
        (x0, y0, x1, y1), pixels = placed
        alpha = pixels[..., 3:]
        target = image[y0:y1, x0:x1]
        target *= 1 - alpha
        target += pixels[..., :3] * light
        np.maximum(mask[y0:y1, x0:x1], alpha[..., 0], out=mask[y0:y1, x0:x1])


def draw(scene, numbers):
    """Scene and uniform layout numbers -> picture uint8 [256, 256, 3], things' mask uint8 [256, 256]."""
    u = dict(zip(LAYOUT, map(float, numbers)))
    image, haze = sky(scene, u)
    open_air = land(image, scene, u)
    mask = np.zeros((SIDE, SIDE), np.float32)
    for item in standing(scene, u):
        put(image, mask, scene, *item)
    weather, time = WEATHERS[scene.weather], TIMES[scene.time]
    if weather == "fog":
        thick = np.clip(1 - np.abs(np.arange(SIDE, dtype=np.float32) - 165) / 130, 0, 1)[:, None, None] * 0.62 + 0.1
        over(image, haze * 0.8 + 0.16 * (time != "night") + 0.04, thick * (1 - 0.45 * mask[..., None]) * (0.35 + 0.65 * open_air))
    elif weather in ("rain", "snowfall"):
        bright = 0.8 if time == "night" else 1.0
        drops = falling(weather) * np.float32(0.62 if weather == "rain" else 0.95) * open_air
        image *= 1 - drops
        image += drops * np.float32(bright)
    np.clip(image, 0, 1, out=image)
    image *= 255
    image += 0.5
    return image.astype(np.uint8), (mask * 255).astype(np.uint8)

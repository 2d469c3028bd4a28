"""The things' pictures: Noto Color Emoji glyphs (OFL), some with a body drawn below the face."""
import colorsys
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .scene import COLOURS
from .things import CATALOGUE

FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
HUES = {"red": (0.985, 1.0), "blue": (0.59, 1.0), "green": (0.36, 0.86), "yellow": (0.135, 1.12)}
# A face glyph with a sitting body: fur, belly, tail?
FACES = {"fox": ((240, 110, 30), (255, 240, 225), True), "bear": ((160, 95, 60), (215, 165, 120), False),
         "lion": ((232, 160, 60), (250, 214, 150), True), "wolf": ((130, 142, 158), (226, 232, 238), True),
         "unicorn": ((236, 236, 244), (250, 250, 255), True), "panda": ((50, 52, 58), (246, 246, 246), False),
         "koala": ((150, 160, 172), (226, 230, 236), False), "raccoon": ((120, 116, 116), (206, 200, 196), True),
         "frog": ((112, 176, 62), (216, 236, 170), False), "chicken": ((246, 246, 246), (255, 255, 255), True)}
CLOTH = {"girl": (226, 60, 90), "boy": (45, 130, 210), "woman": (150, 80, 180), "man": (60, 120, 90),
         "grandmother": (120, 90, 160), "grandfather": (120, 100, 80), "king": (170, 40, 60), "queen": (200, 60, 130),
         "baby": (250, 220, 120), "wizard": (86, 66, 160), "elf": (70, 140, 80), "vampire": (60, 50, 70), "astronaut": (236, 238, 242)}
DRESSED = {"girl", "woman", "grandmother", "queen", "king", "wizard", "baby"}
LEGS = {"boy": (70, 75, 110), "man": (66, 62, 82), "grandfather": (84, 78, 74)}


def glyph(text):
    font = ImageFont.truetype(FONT, 109)
    picture = Image.new("RGBA", (160, 160))
    ImageDraw.Draw(picture).text((10, 10), text, font=font, embedded_color=True)
    return picture.crop(picture.getbbox())


def sitting(face, fur, belly, tail):
    """A sitting animal: the face glyph on a drawn body."""
    canvas = Image.new("RGBA", (480, 640))
    draw = ImageDraw.Draw(canvas)
    if tail:
        draw.ellipse((300, 360, 470, 600), fill=fur)
        draw.ellipse((380, 340, 470, 450), fill=belly)
        draw.ellipse((268, 300, 400, 540), fill=(0, 0, 0, 0))
    draw.ellipse((110, 260, 370, 620), fill=fur)
    draw.ellipse((170, 330, 310, 600), fill=belly)
    for x in (95, 255):
        draw.ellipse((x, 565, x + 130, 632), fill=fur)
    for x in (120, 290):
        draw.rounded_rectangle((x, 380, x + 62, 600), 30, fill=fur)
    canvas.alpha_composite(face.resize((390, 390 * face.height // face.width), Image.LANCZOS), (45, 10))
    return canvas.crop(canvas.getbbox()).resize((canvas.width * 300 // 640, 300), Image.LANCZOS)


def person(face, cloth, legs, dress, tall):
    """A standing person: the face glyph on drawn clothes; grown-ups have a smaller head."""
    canvas = Image.new("RGBA", (480, 760))
    draw = ImageDraw.Draw(canvas)
    skin, down = (250, 202, 60), 40 if tall else 0
    for x in (180, 256):
        draw.rounded_rectangle((x, 520, x + 46, 690 + down), 18, fill=legs)
        draw.ellipse((x - 18, 662 + down, x + 58, 712 + down), fill=(120, 60, 40))
    for x, slant in ((120, -40), (316, 40)):
        draw.line((x + 22, 390, x + 22 + slant, 510), fill=cloth, width=46)
        draw.ellipse((x + slant, 490, x + 44 + slant, 536), fill=skin)
    bottom = (640 if tall else 600) if dress else 560
    flare = 60 if dress else 8
    draw.polygon([(170, 330), (310, 330), (320 + flare, bottom), (160 - flare, bottom)], fill=cloth)
    wide = 280 if tall else 340
    canvas.alpha_composite(face.resize((wide, wide * face.height // face.width), Image.LANCZOS), (240 - wide // 2, 60 if tall else 10))
    return canvas.crop(canvas.getbbox()).resize((canvas.width * 300 // 760, 300), Image.LANCZOS)


def robed(bust, cloth):
    """A glyph that ends at the shoulders, on a long robe."""
    canvas = Image.new("RGBA", (480, 700))
    draw = ImageDraw.Draw(canvas)
    draw.polygon([(150, 340), (330, 340), (410, 680), (70, 680)], fill=cloth)
    draw.ellipse((70, 655, 410, 698), fill=cloth)
    canvas.alpha_composite(bust.resize((360, 360 * bust.height // bust.width), Image.LANCZOS), (60, 0))
    return canvas.crop(canvas.getbbox())


def robot(face):
    canvas = Image.new("RGBA", (480, 700))
    draw = ImageDraw.Draw(canvas)
    steel, dark = (150, 164, 180), (96, 108, 124)
    for x in (170, 262):
        draw.rectangle((x, 560, x + 50, 680), fill=dark)
        draw.rounded_rectangle((x - 14, 655, x + 64, 698), 14, fill=steel)
    for x in (70, 360):
        draw.rounded_rectangle((x, 380, x + 50, 560), 24, fill=dark)
    draw.rounded_rectangle((130, 350, 350, 590), 30, fill=steel)
    draw.ellipse((200, 420, 280, 500), fill=(255, 120, 80))
    canvas.alpha_composite(face.resize((330, 330 * face.height // face.width), Image.LANCZOS), (75, 20))
    return canvas.crop(canvas.getbbox())


def tinted(picture, colour):
    """The same thing in another colour: what has a colour of its own takes the new hue."""
    hue, strength = HUES[colour]
    pixels = np.asarray(picture, np.float32) / 255
    rgb = pixels[..., :3]
    top, low = rgb.max(-1), rgb.min(-1)
    saturation = (top - low) / np.maximum(top, 1e-3)
    pure = np.array(colorsys.hsv_to_rgb(hue, 1, 1), np.float32)
    wanted = top[..., None] * strength * (1 - np.minimum(1, saturation * 1.05)[..., None] * (1 - pure))
    share = np.clip((saturation - 0.2) / 0.2, 0, 1)[..., None]
    out = np.concatenate([rgb + (wanted - rgb) * share, pixels[..., 3:]], -1)
    return Image.fromarray((np.clip(out, 0, 1) * 255 + 0.5).astype(np.uint8), "RGBA")


@lru_cache(maxsize=None)
def sprite(index, colour=0):
    """RGBA picture of one thing, cropped to its shape."""
    thing, wanted = CATALOGUE[index], COLOURS[colour]
    picture = glyph(thing.glyph)
    cloth = CLOTH.get(thing.name)
    if cloth and wanted in HUES:
        cloth = tuple(int(255 * c * 0.86) for c in colorsys.hsv_to_rgb(HUES[wanted][0], 0.82, 1))
    if thing.name in FACES:
        picture = sitting(picture, *FACES[thing.name])
    elif thing.flags & {"child", "adult"}:
        picture = person(picture, cloth, LEGS.get(thing.name, (250, 202, 60)), thing.name in DRESSED, "adult" in thing.flags)
    elif "shoulders" in thing.flags:
        picture = robed(picture, cloth)
    elif "robot" in thing.flags:
        picture = robot(picture)
    elif wanted in HUES:
        picture = tinted(picture, wanted)
    return picture.crop(picture.getbbox())


PAD = 8


@lru_cache(maxsize=None)
def padded(index, colour):
    picture = sprite(index, colour)
    out = Image.new("RGBA", (picture.width + 2 * PAD, picture.height + 2 * PAD))
    out.paste(picture, (PAD, PAD))
    # Premultiplied once: resize() would turn it back and forth at every call.
    return out.convert("RGBa")


def place_sprite(index, colour, x, base, height):
    """A thing standing at (x, base): its box in the picture and its premultiplied float pixels, or nothing outside."""
    picture = padded(index, colour)
    own_width, own_height = picture.width - 2 * PAD, picture.height - 2 * PAD
    scale = height / max(own_height, 0.85 * own_width)
    left, top = x - own_width * scale / 2, base - own_height * scale
    x0, y0 = max(0, int(np.floor(left)) - 1), max(0, int(np.floor(top)) - 1)
    x1, y1 = min(256, int(np.ceil(left + own_width * scale)) + 1), min(256, int(np.ceil(base)) + 1)
    if x1 <= x0 or y1 <= y0:
        return None
    # resize() with a fractional box moves by parts of a pixel, and filters when it shrinks.
    box = ((x0 - left) / scale + PAD, (y0 - top) / scale + PAD, (x1 - left) / scale + PAD, (y1 - top) / scale + PAD)
    box = (max(0, box[0]), max(0, box[1]), min(picture.width, box[2]), min(picture.height, box[3]))
    return (x0, y0, x1, y1), np.asarray(picture.resize((x1 - x0, y1 - y0), Image.BILINEAR, box=box), np.float32) / 255

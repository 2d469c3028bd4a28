"""The things: Noto Color Emoji glyphs (OFL), some with a body drawn below the face."""
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .scene import THINGS

FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
GLYPH = {"fox": "🦊", "owl": "🦉", "cat": "🐈", "dog": "🐕", "rabbit": "🐇", "bear": "🐻", "elephant": "🐘",
         "horse": "🐎", "dragon": "🐉", "penguin": "🐧", "whale": "🐳", "boat": "⛵", "house": "🏠",
         "castle": "🏰", "tree": "🌳", "girl": "👧", "boy": "👦", "lantern": "🏮", "rocket": "🚀",
         "balloon": "🎈"}
# Height beside a fox, so that an elephant is not a mouse.
SCALE = {"elephant": 1.25, "dragon": 1.2, "whale": 1.2, "boat": 1.2, "house": 1.3, "castle": 1.4, "tree": 1.4,
         "horse": 1.15, "bear": 1.15, "lantern": 0.9, "balloon": 1.1, "rabbit": 0.9, "cat": 1.0, "rocket": 1.15}
FLIES = {"rocket", "balloon"}
SWIMS = {"whale", "boat"}
GLOWS = {"lantern"}


def glyph(text):
    font = ImageFont.truetype(FONT, 109)
    picture = Image.new("RGBA", (160, 160))
    ImageDraw.Draw(picture).text((10, 10), text, font=font, embedded_color=True)
    return picture.crop(picture.getbbox())


def animal(face, fur, belly, tail):
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


def child(face, cloth, legs, dress):
    canvas = Image.new("RGBA", (480, 720))
    draw = ImageDraw.Draw(canvas)
    skin = (250, 202, 60)
    for x in (180, 256):
        draw.rounded_rectangle((x, 520, x + 46, 690), 18, fill=legs)
        draw.ellipse((x - 18, 662, x + 58, 712), fill=(120, 60, 40))
    for x, slant in ((120, -40), (316, 40)):
        draw.line((x + 22, 390, x + 22 + slant, 510), fill=cloth, width=46)
        draw.ellipse((x + slant, 490, x + 44 + slant, 536), fill=skin)
    bottom = 600 if dress else 560
    flare = 60 if dress else 8
    draw.polygon([(170, 330), (310, 330), (320 + flare, bottom), (160 - flare, bottom)], fill=cloth)
    canvas.alpha_composite(face.resize((340, 340 * face.height // face.width), Image.LANCZOS), (70, 10))
    return canvas.crop(canvas.getbbox()).resize((canvas.width * 300 // 720, 300), Image.LANCZOS)


@lru_cache(maxsize=None)
def sprite(index):
    """RGBA picture of one thing, cropped to its shape."""
    name = THINGS[index]
    picture = glyph(GLYPH[name])
    if name == "fox":
        picture = animal(picture, (240, 110, 30), (255, 240, 225), tail=True)
    elif name == "bear":
        picture = animal(picture, (160, 95, 60), (215, 165, 120), tail=False)
    elif name == "girl":
        picture = child(picture, (226, 60, 90), (250, 202, 60), dress=True)
    elif name == "boy":
        picture = child(picture, (45, 130, 210), (70, 75, 110), dress=False)
    return picture.crop(picture.getbbox())


def place_sprite(index, x, base, height):
    """Premultiplied float RGBA [256, 256 box] of a thing standing at (x, base): (box, pixels)."""
    picture = sprite(index)
    scale = height / max(picture.height, 0.85 * picture.width)
    width, tall = picture.width * scale, picture.height * scale
    left, top = x - width / 2, base - tall
    x0, y0 = max(0, int(np.floor(left)) - 1), max(0, int(np.floor(top)) - 1)
    x1, y1 = min(256, int(np.ceil(left + width)) + 1), min(256, int(np.ceil(base)) + 1)
    if x1 <= x0 or y1 <= y0:
        return None
    # resize() with a fractional box moves by parts of a pixel, and filters when it shrinks.
    pad = 8
    padded = padded_sprite(index, pad)
    box = ((x0 - left) / scale + pad, (y0 - top) / scale + pad, (x1 - left) / scale + pad, (y1 - top) / scale + pad)
    limit = (0, 0, padded.width, padded.height)
    if box[0] < 0 or box[1] < 0 or box[2] > limit[2] or box[3] > limit[3]:
        box = (max(0, box[0]), max(0, box[1]), min(limit[2], box[2]), min(limit[3], box[3]))
    pixels = np.asarray(padded.resize((x1 - x0, y1 - y0), Image.BILINEAR, box=box), np.float32) / 255
    return (x0, y0, x1, y1), pixels


@lru_cache(maxsize=None)
def padded_sprite(index, pad):
    picture = sprite(index)
    out = Image.new("RGBA", (picture.width + 2 * pad, picture.height + 2 * pad))
    out.paste(picture, (pad, pad))
    return out

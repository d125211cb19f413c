"""Renders words as an alpha plane, by whatever fonts the machine has."""

import glob
import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

try:
    import cv2
except ImportError:  # then plotted letters are left out
    cv2 = None

NAMES = ["MUELLER", "Okonkwo", "SMITH", "Nguyen", "GARCIA", "Kowalska", "CHEN", "Petrova", "ROSSI"]
FIRST = ["ANNA", "John", "Maria", "WEI", "Ahmed", "Ines", "PIOTR", "Sofia"]


def words(random):
    """An invented identifier as consoles write it."""
    name = f"{random.choice(NAMES)}{random.choice(['^', ', ', ' '])}{random.choice(FIRST)}"
    date = f"{random.integers(1, 29):02d}{random.choice(['.', '/', '-'])}{random.integers(1, 13):02d}"
    date += f"{random.choice(['.', '/', '-'])}{random.integers(1930, 2020)}"
    number = str(random.integers(10**4, 10**9))
    options = [name, date, f"MRN {number}", f"{name} {date}", number, f"DOB: {date}", name.split()[0]]
    return str(options[random.integers(len(options))])


def fonts(folders):
    """The paths of scalable fonts with Latin letters below some folders, and three built-in kinds."""
    found = []
    for folder in folders:
        for ending in ("ttf", "otf", "pcf.gz"):
            found += glob.glob(f"{folder}/**/*.{ending}", recursive=True)
    found = [path for path in sorted(found) if "Math" not in path and has_latin(path)]
    return found + ["pillow"] + (["hershey", "hershey-thick"] if cv2 else [])


def has_latin(path):
    try:
        font = ImageFont.truetype(path, 16) if not path.endswith("gz") else pcf(path)
        planes = {bytes(font.getmask(letter)) for letter in "A1e"}
        return len(planes) == 3
    except Exception:  # pylint: disable=broad-except
        return False


def pcf(path):
    import gzip

    return ImageFont.truetype(io.BytesIO(gzip.open(path).read()), 12)


def alpha(text, font, size, smooth, outline=False):
    """The text as coverage, 0 to 1, cropped; `size` is about the height of a line in pixels."""
    if font.startswith("hershey"):
        face = cv2.FONT_HERSHEY_SIMPLEX if len(text) % 2 else cv2.FONT_HERSHEY_PLAIN
        thickness = 2 if font.endswith("thick") and size >= 16 else 1
        scale = size / (22 if face == cv2.FONT_HERSHEY_SIMPLEX else 10) * 0.75
        (width, height), base = cv2.getTextSize(text, face, scale, thickness)
        plane = np.zeros((height + base + 8, width + 8), np.uint8)
        kind = cv2.LINE_AA if smooth else cv2.LINE_8
        cv2.putText(plane, text, (4, height + 4), face, scale, 255, thickness, kind)
        return cropped(plane)
    if font == "pillow":
        face = ImageFont.load_default_imagefont() if size < 14 else ImageFont.load_default(size)
    elif font.endswith("gz"):
        face = pcf(font)
    else:
        face = ImageFont.truetype(font, size)
    box = face.getbbox(text)
    canvas = Image.new("L", (int(box[2]) + 20, int(box[3]) + 20), 0)
    draw = ImageDraw.Draw(canvas)
    draw.fontmode = "L" if smooth else "1"
    if outline and font.endswith("tf"):
        draw.text((8, 8), text, font=face, fill=255, stroke_width=1)
        inner = Image.new("L", canvas.size, 0)
        ImageDraw.Draw(inner).text((8, 8), text, font=face, fill=255)
        return cropped(np.clip(np.asarray(canvas, int) - np.asarray(inner, int), 0, 255))
    draw.text((8, 8), text, font=face, fill=255)
    return cropped(np.asarray(canvas))


def cropped(plane):
    rows, columns = np.nonzero(plane)
    if not len(rows):
        return None
    part = plane[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return part.astype(np.float32) / 255

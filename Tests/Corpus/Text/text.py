#!/usr/bin/env python3
"""Plants text in CT slices in every way we can think of, and scores what a run released.

usage: text.py plant FOLDER [--shared DIR] [--fonts DIR ...] [--count N] [--clean N] [--seed N]
       text.py score FOLDER OUTPUT [--show N] [--pictures DIR]

FOLDER/input gets one file for each case, FOLDER/answers.npz where its text is. A released case leaks
if pixels of its text still have their planted values; it is `blanked` if none has, `held` if it was
not released. Only text that can be read counts: it differs from what is under it by at least 50 HU
and three times the noise there. Exit status of `score`: 0 no leak and at most 1 % false alarms.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import sys
import warnings

import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

import backgrounds
import letters

warnings.simplefilter("ignore")

STYLES = [
    "solid", "blended", "added", "outline", "boxed", "smoothed", "faint", "dark", "soft", "greatest",
    "bone", "lossy", "shadowed",
]  # fmt: skip
PLACES = ["beside", "over", "edge"]
TURNS = [0, 0, 0, 0, 90, 270, 180]


def value_of(style, place, random):
    """What is written, in HU, and how much of it covers the picture."""
    over = place != "beside"
    return {
        "solid": random.choice([3071, 2000, 1000, 300, 1500]),
        "blended": random.choice([3071, 2000, 1000, 300, 1500]),
        "added": random.choice([100, 150, 250, 500]),
        "outline": random.choice([3071, 1500, 600]),
        "boxed": random.choice([3071, 1000]),
        "smoothed": random.choice([100, 150, 200, 400, 1000]) + (35 if over else -1000),
        "faint": -1000 + random.choice([70, 100, 150, 300]) if not over else 35 + 110,
        "dark": -1024,
        "soft": random.choice([0, 40, 80]) if not over else random.choice([150, 180, 220]),
        "greatest": 64511,
        "bone": random.choice([1800, 2200, 3000]),
        "lossy": random.choice([2500, 1000, 300]),
        "shadowed": random.choice([3071, 800]),
    }[style]


def planted(image, plane, style, place, random):
    """The picture with text, and the plane that says where its strokes are; None where it is not."""
    rows, columns = image.shape
    height, width = plane.shape
    margin = 4 if style in ("boxed", "smoothed", "shadowed") else 1
    if height + 2 * margin >= rows or width + 2 * margin >= columns:
        return None
    mask = place_of(image, height, width, margin, place, random)
    if mask is None:
        return None
    top, left = mask
    alpha = np.zeros_like(image, dtype=np.float32)
    alpha[top : top + height, left : left + width] = plane
    value = float(value_of(style, place, random))
    result = image.copy()
    if style == "boxed":
        dark = random.random() < 0.5
        around = result[top - 4 : top + height + 4, left - 4 : left + width + 4]
        around[:] = -1000 if dark else value
        value = value if dark else -1000.0
    if style == "shadowed":
        shadow = np.roll(alpha, (1, 1), (0, 1))
        result = result * (1 - shadow) - 1024 * shadow
    if style == "smoothed":
        alpha = backgrounds.blurred(alpha, random.choice([0.5, 0.7, 1.0])).astype(np.float32)
    result = result + alpha * value if style == "added" else result * (1 - alpha) + alpha * value
    if style == "lossy":
        import cv2

        low, high = -1050.0, 3000.0
        grey = np.clip((result - low) / (high - low) * 255, 0, 255).astype(np.uint8)
        quality = int(random.choice([75, 85, 95]))
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        result = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE).astype(np.float32)
        result = result / 255 * (high - low) + low
    return np.clip(result, -1024, 3071 if style != "greatest" else 64511), alpha


def place_of(image, height, width, margin, place, random):
    """The top left corner of a box that lies as asked; None if no such was found."""
    rows, columns = image.shape
    tissue = backgrounds.blurred((image > -500).astype(np.float32), 1.0) > 0.3
    for _ in range(60):
        top = int(random.integers(margin, rows - height - margin + 1))
        left = int(random.integers(margin, columns - width - margin + 1))
        part = tissue[max(0, top - 6) : top + height + 6, max(0, left - 6) : left + width + 6]
        share = part.mean()
        if (
            (place == "beside" and share == 0)
            or (place == "over" and share > 0.95)
            or (place == "edge" and 0.15 < share < 0.85)
        ):
            return top, left
    return None


def is_readable(before, after, alpha):
    strong = alpha > 0.7 if (alpha > 0.7).sum() > 20 else alpha > 0.4
    rows, columns = np.nonzero(alpha > 0.1)
    if not strong.any():
        return False
    box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    part = before[box]
    noise = 1.48 * np.median(np.abs(part - backgrounds.blurred(part, 2)))
    contrast = np.median(np.abs(after - before)[strong])
    return contrast >= max(50, 3 * noise)


def written(image, path, number, random, name):
    """Stores a picture in HU as a CT image, in one of the forms in which CT comes."""
    form = random.choice(["u12", "u16", "s16", "half", "inverted"], p=[0.35, 0.2, 0.25, 0.1, 0.1])
    if name.startswith("greatest"):
        form = "u16"
    intercept, slope = (0, 1) if form == "s16" else (-1024, 1)
    if form == "half":
        slope = 0.5
    stored = np.rint((image - intercept) / slope)
    low, high = (-32768, 32767) if form == "s16" else (0, 4095 if form == "u12" else 65535)
    stored = np.clip(stored, low, high)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = uid = generate_uid(entropy_srcs=[str(path), str(number)])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    d.SOPClassUID, d.SOPInstanceUID = CTImageStorage, uid
    d.StudyInstanceUID = generate_uid(entropy_srcs=["study", uid])
    d.SeriesInstanceUID = generate_uid(entropy_srcs=["series", uid])
    d.FrameOfReferenceUID = generate_uid(entropy_srcs=["frame", uid])
    d.PatientID, d.PatientName, d.Modality = f"P{number}", "Doe^Jane", "CT"
    d.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    d.BodyPartExamined, d.StudyDate, d.SeriesNumber, d.InstanceNumber = "HEAD", "20200102", 1, 1
    d.Rows, d.Columns = image.shape
    d.PixelSpacing = [230 / image.shape[0]] * 2
    d.ImagePositionPatient, d.ImageOrientationPatient = [-115, -115, number], [1, 0, 0, 0, 1, 0]
    d.SliceThickness, d.RescaleIntercept, d.RescaleSlope = 5, intercept, slope
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.BitsAllocated, d.PixelRepresentation = 16, int(form == "s16")
    d.BitsStored = 12 if form == "u12" else 16
    d.HighBit = d.BitsStored - 1
    d.BurnedInAnnotation = "NO"
    if form == "inverted":
        d.PhotometricInterpretation = "MONOCHROME1"
    d.PixelData = stored.astype(np.int16 if form == "s16" else np.uint16).tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    d.save_as(path, enforce_file_format=True)
    return stored, form


def digest(stored):
    return hashlib.sha256(stored.astype(np.int32).tobytes()).hexdigest()


def plant(options):
    random = np.random.default_rng(options.seed)
    real = backgrounds.paths(options.shared)
    faces = letters.fonts(options.fonts)
    print(f"{len(faces)} fonts, {sum(map(len, real.values()))} real slices")
    kinds = ["thin", "thick", "site", "phantom", "noisy", "grainy", "smooth"]
    cases, masks, number, tries = [], {}, 0, 0
    while number < options.count and tries < 20 * options.count:
        tries += 1
        style = STYLES[tries % len(STYLES)]
        place = str(random.choice(PLACES, p=[0.45, 0.4, 0.15]))
        kind = str(random.choice(kinds, p=[0.22, 0.2, 0.23, 0.05, 0.12, 0.12, 0.06]))
        if options.styles and style not in options.styles:
            continue
        if kind in real:
            source = real[kind][random.integers(len(real[kind]))]
            image = backgrounds.hounsfield(source)
        else:
            source, image = kind, backgrounds.drawn(kind, random)
        face = faces[random.integers(len(faces))]
        size = int(random.choice([7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 34, 40]))
        text = letters.words(random)
        plane = letters.alpha(text, face, size, random.random() < 0.6, style == "outline" and size >= 12)
        if plane is None or plane.shape[0] < 4:
            continue
        turn = int(random.choice(TURNS))
        plane = np.rot90(plane, turn // 90)
        image = np.clip(image, -1024, 64511)
        made = planted(image, plane, style, place, random)
        if made is None or not is_readable(image, made[0], made[1]):
            continue
        number += 1
        stored, form = written(
            made[0], options.folder / f"input/{number:05d}.dcm", number, random, style
        )
        strong = made[1] > 0.4
        rows, columns = np.nonzero(strong)
        masks[str(number)] = np.stack([rows, columns, stored[strong].astype(int)]).astype(np.int32)
        cases.append(
            {
                "number": number, "style": style, "place": place, "kind": kind, "form": form,
                "size": size, "turn": turn, "font": face.split("/")[-1], "text": text,
                "source": str(source).split("/")[-1],
                "box": [int(v) for v in (columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1)],
            }  # fmt: skip
        )
    clean = [path for kind in real for path in real[kind]]
    for path in clean[:: max(1, len(clean) // max(1, options.clean))][: options.clean]:
        number += 1
        stored, form = written(
            backgrounds.hounsfield(path), options.folder / f"input/{number:05d}.dcm", number, random,
            "clean",
        )  # fmt: skip
        cases.append({"number": number, "style": "none", "place": "none", "form": form,
                      "digest": digest(stored), "kind": "clean", "source": path.name})  # fmt: skip
    np.savez_compressed(options.folder / "answers.npz", **masks)
    (options.folder / "answers.json").write_text(json.dumps(cases, indent=1))
    print(f"{len(cases)} files")


def score(options):
    cases = json.loads((options.folder / "answers.json").read_text())
    masks = np.load(options.folder / "answers.npz")
    outputs = {}
    for path in options.output.rglob("*.dcm"):
        d = pydicom.dcmread(path)
        outputs[round(d.ImagePositionPatient[2])] = d.pixel_array.astype(np.int32)
    table = collections.defaultdict(collections.Counter)
    leaks = []
    for case in cases:
        pixels = outputs.get(case["number"])
        if case["kind"] == "clean":
            same = pixels is not None and digest(pixels) == case["digest"]
            result = "same" if same else "held" if pixels is None else "changed"
        elif pixels is None:
            result = "held"
        else:
            rows, columns, values = masks[str(case["number"])]
            kept = np.abs(pixels[rows, columns] - values) <= 2
            result = "leak" if kept.mean() > 0.03 else "blanked"
        case["result"] = result
        if result == "leak" or (case["kind"] == "clean" and result != "same"):
            leaks.append(case)
        for key in ("style", "place", "kind", "form", "size"):
            table[(key, str(case.get(key, "")))][result] += 1
        if case["kind"] != "clean":
            table[("all", case["place"])][result] += 1
    for key, counts in sorted(table.items()):
        print(f"{key[0]:6} {key[1]:10}", dict(sorted(counts.items())))
    for case in leaks[: options.show]:
        print({key: value for key, value in case.items() if key not in ("text",)})
    (options.folder / "leaks.json").write_text(json.dumps(leaks, indent=1))
    clean = [case for case in cases if case["kind"] == "clean"]
    alarms = sum(case["result"] != "same" for case in clean)
    leaked = len(leaks) - alarms
    print(f"{leaked} leaks of {len(cases) - len(clean)}, {alarms} false alarms of {len(clean)}")
    return int(leaked > 0 or 100 * alarms > len(clean))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("plant")
    command.add_argument("folder", type=pathlib.Path)
    command.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    command.add_argument("--fonts", nargs="*", default=["/usr/share/fonts"])
    command.add_argument("--styles", nargs="*", choices=STYLES)
    command.add_argument("--count", type=int, default=600)
    command.add_argument("--clean", type=int, default=100)
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(run=plant)
    command = commands.add_parser("score")
    command.add_argument("folder", type=pathlib.Path)
    command.add_argument("output", type=pathlib.Path)
    command.add_argument("--show", type=int, default=40)
    command.set_defaults(run=score)
    options = parser.parse_args()
    sys.exit(options.run(options))


main()

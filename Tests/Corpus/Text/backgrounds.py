"""Slices without text in HU: real ones from ../shared, and drawn ones."""

import functools
import json
import pathlib

import numpy as np
import pydicom


@functools.lru_cache(maxsize=64)
def hounsfield(path):
    d = pydicom.dcmread(path)
    slope, intercept = float(d.get("RescaleSlope", 1)), float(d.get("RescaleIntercept", -1024))
    return d.pixel_array.astype(np.float32) * slope + intercept


def paths(shared):
    """The clean real slices, by the kind of their source."""
    data = pathlib.Path(shared) / "data"
    found = {
        "thin": sorted((data / "cq500-ct0-thin/series").glob("*")),
        "thick": sorted((data / "ge-head-gantry-tilt/series").glob("*")),
        "site": [],
        "phantom": [],
    }
    for path in sorted(data.glob("philips-head-phantom/S*/**/*")):
        if path.is_file() and "AXIAL" in pydicom.dcmread(path, force=True).get("ImageType", []):
            found["phantom"].append(path)
    for truth in sorted(data.glob("sites-real/*/truth.json")):
        for instance in json.loads(truth.read_text())["instances"].values():
            if not instance["burned_in_text"]:
                found["site"].append(truth.parent / instance["file"])
    return {kind: list(files) for kind, files in found.items()}


def drawn(kind, random):
    """A phantom: `smooth` has no noise at all, `noisy` white noise, `grainy` noise that is smooth."""
    size = int(random.choice([128, 256, 512], p=[0.1, 0.4, 0.5]))
    y, x = np.mgrid[0:size, 0:size] / size - 0.5
    turn = random.uniform(-0.3, 0.3)
    u, v = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    radius = np.hypot(u / random.uniform(0.3, 0.4), v / random.uniform(0.38, 0.46))
    image = np.full((size, size), -1000.0, np.float32)
    image[radius < 1] = 30
    image[radius < 0.95] = 1100
    image[radius < 0.86] = 35
    image[np.hypot(u / 0.06, v / 0.12) < 1] = 5
    if kind == "smooth":
        return image
    noise = random.normal(0, 1, image.shape)
    if kind == "grainy":
        noise = blurred(noise, 1.0)
        noise /= noise.std()
    return image + (noise * random.uniform(3, 20)).astype(np.float32)


def blurred(image, sigma):
    """A Gaussian blur."""
    reach = max(1, int(3 * sigma + 0.5))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps /= taps.sum()
    for axis in (0, 1):
        padded = np.pad(image, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)], "edge")
        image = np.apply_along_axis(lambda line: np.convolve(line, taps, "valid"), axis, padded)
    return image

#!/usr/bin/env python3
"""Prints a digest of every DICOM file below a folder as pydicom reads it (CSV: file, digest).

Usage: dump_with_pydicom.py FOLDER [-v]   (needs pydicom 3.0.2)
The digests in Tests/DICOMTests/Vectors/PydicomDigests.swift come from it.

The digest is FNV-1a (64 bit) over one line an element but (0008,0005), in order,
items depth first:
    DEPTH TAG VR N\\n, where N is FNV-1a of the value: the first 4,096 of its
    little-endian bytes, or of its fragments one after the other;
    for sequences the number of items, each item following;
    for text in the specific character set also N of the values in UTF-8, joined by backslashes.
"""

import pathlib
import sys

import pydicom
from pydicom.encaps import generate_fragments

UNITS = {"AT": 2, "OW": 2, "SS": 2, "US": 2, "FL": 4, "OF": 4, "OL": 4, "SL": 4, "UL": 4,
         "FD": 8, "OD": 8, "OV": 8, "SV": 8, "UV": 8}
TEXTS = {"LO", "LT", "PN", "SH", "ST", "UC", "UT"}


def fnv(data, state=0xCBF29CE484222325):
    for byte in data:
        state = ((state ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return state


def swapped(data, unit):
    return b"".join(data[i:i + unit][::-1] for i in range(0, len(data), unit))


def lines(data_set, big, depth):
    raw = {tag: data_set.get_item(tag) for tag in sorted(data_set.keys()) if tag != 0x00080005}
    for tag, stored in raw.items():
        value = getattr(stored, "value", None)
        stated = getattr(stored, "VR", None)
        element = data_set[tag]
        vr = element.VR if stated in (None, "SQ") or element.VR == "SQ" else stated
        if stated is None and tag.is_private and not tag.is_private_creator:
            vr = "UN"
        head = f"{depth} {tag.group:04X}{tag.elem:04X} {vr}"
        if vr == "SQ":
            yield f"{head} {len(element.value)}\n"
            for item in element.value:
                yield from lines(item, big, depth + 1)
            continue
        data = value if isinstance(value, bytes) else b""
        if big:
            data = swapped(data, UNITS.get(vr, 1))
        if tag == 0x7FE00010 and getattr(stored, "length", 0) == 0xFFFFFFFF:
            data = b"".join(generate_fragments(data))
        elif len(data) > 4096:
            data = data[:4096]
        yield f"{head} {fnv(data[:4096]):016x}\n"
        if vr in TEXTS and data:
            values = element.value if element.VM > 1 else [element.value]
            text = "\\".join(str(v).strip(" \0") for v in values)
            yield f"text {fnv(text.encode('utf-8')):016x}\n"


def main(folder):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file() or path.suffix in (".md", ".json", ".csv", ".png", ".gz", ".nii"):
            continue
        data = path.read_bytes()
        if data[128:132] != b"DICM":
            continue
        data_set = pydicom.dcmread(path)
        big = not data_set.original_encoding[1]
        text = "".join(lines(data_set, big, 0))
        if "-v" in sys.argv:
            print(text)
        print(f"{path.relative_to(folder)},{fnv(text.encode()):016x}")


if __name__ == "__main__":
    main(sys.argv[1])

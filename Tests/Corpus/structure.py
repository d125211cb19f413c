"""Files built oddly: stale, doubled and misplaced elements, encodings, text in the pixels."""

import io
import struct

import heads
import numpy as np
import pydicom
from hiding import element
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)


def of_structure(corpus):
    def insert(data, extra, before=b"\x08\x00\x05\x00CS"):
        at = data.index(before, 132)
        return data[:at] + extra + data[at:]

    forms = {
        "stale group length": lambda w: lambda b: insert(
            b, element(8, 0, "UL", struct.pack("<I", 31415926)) + element(8, 1, "UL", b"\0\0\0\0")
        ),
        "group length as text": lambda w: lambda b: insert(b, element(8, 0, "LO", w)),
        "duplicate element": lambda w: lambda b: insert(
            b, element(8, 0x103E, "LO", w), b"\x08\x00\x3e\x10LO"
        ),
        "duplicate after": lambda w: lambda b: insert(
            b, element(8, 0x103E, "LO", w), b"\x10\x00\x10\x00PN"
        ),
        "out of order": lambda w: lambda b: insert(b, element(0x10, 0x1000, "LO", w)),
        "out of order at the end": lambda w: lambda b: b + element(0x10, 0x10, "PN", w),
        "group 0000": lambda w: lambda b: insert(b, element(0, 0x1000, "UI", w)),
        "group 0002 in the data set": lambda w: lambda b: insert(b, element(2, 0x16, "AE", w)),
        "group 0001": lambda w: lambda b: insert(b, element(1, 0x10, "LO", w)),
        "group 0004": lambda w: lambda b: insert(b, element(4, 0x1130, "CS", w)),
        "unknown attribute": lambda w: lambda b: insert(
            b, element(0x18, 0x7777, "LO", w), b"\x20\x00\x0d\x00UI"
        ),
        "wrong VR": lambda w: lambda b: (
            insert(b, element(0x18, 0x0021, "PN", w), b"\x18\x00\x22\x00CS")
            if b"\x18\x00\x22\x00CS" in b
            else b
        ),
        "number as text VR": lambda w: lambda b: insert(
            b, element(0x18, 0x9306, "LT", w), b"\x20\x00\x0d\x00UI"
        ),
        "unknown VR letters": lambda w: lambda b: insert(
            b, element(0x18, 0x7779, "UN", w), b"\x20\x00\x0d\x00UI"
        ),
        "item in a defined length": lambda w: lambda b: insert(
            b,
            element(
                0x8,
                0x2112,
                "SQ",
                b"\xfe\xff\0\xe0"
                + struct.pack("<I", len(element(8, 0x1150, "UI", w)))
                + element(8, 0x1150, "UI", w),
            ),
            b"\x10\x00\x10\x00PN",
        ),
        "bytes after the items": lambda w: lambda b: insert(
            b, element(0x8, 0x2112, "SQ", b"\xfe\xff\0\xe0\0\0\0\0" + w), b"\x10\x00\x10\x00PN"
        ),
    }
    strict = {
        "bytes after the items",
        "group 0000",
        "group 0002 in the data set",
        "out of order at the end",
        "duplicate element",
        "duplicate after",
    }
    for form, make in forms.items():
        case = corpus.case("structure")
        word = case.word(form).encode()
        case.without |= {"SeriesDescription"}
        case.write(
            change=make(word + b" " * (len(word) % 2)),
            outcome="either" if form in strict else "released",
        )
    for syntax in (ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian):
        case = corpus.case("encodings")
        d = case.d
        case.word(syntax.name)
        word = case.needles[-1]["text"]
        d.ImageComments = word
        item = Dataset()
        item.PatientName = word
        d.OriginalAttributesSequence = Sequence([item])
        d.file_meta.TransferSyntaxUID = syntax
        if syntax == ExplicitVRBigEndian:
            d.PixelData = heads.picture(case.number).byteswap().tobytes()
        buffer = io.BytesIO()
        with pydicom.config.disable_value_validation():
            pydicom.dcmwrite(
                buffer,
                d,
                implicit_vr=syntax == ImplicitVRLittleEndian,
                little_endian=syntax != ExplicitVRBigEndian,
                force_encoding=True,
            )
        case.write(raw=buffer.getvalue(), useful=True)


def burned(case, text, size, place):
    """Text drawn into the pixels."""
    font = ImageFont.load_default(size)
    picture = Image.new("L", (heads.SIZE, heads.SIZE))
    ImageDraw.Draw(picture).text(place, text, fill=255, font=font)
    mask = np.array(picture) > 127
    values = heads.picture(case.number)
    values[mask] = 3000
    return values, mask


def of_tiny_pictures(corpus):
    """Pictures of a few pixels, which must not end the run; they have no room for a number."""
    for rows, columns in ((1, 1), (1, 64), (64, 1), (2, 3)):
        case = corpus.case("tiny pictures")
        case.d.Rows, case.d.Columns = rows, columns
        case.d.PixelData = b"\0" * (2 * rows * columns)
        case.d.ImageComments = case.word(f"{rows} x {columns}")
        case.write(outcome="either", pixels=False)

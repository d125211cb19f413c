"""Plantings outside values: codestreams, padding, overlays, file meta, preamble, private groups, structure."""
import io
import struct
import subprocess
import tempfile
import pathlib
import shutil

import heads
import numpy as np
import pydicom
from PIL import Image, ImageDraw
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEG2000Lossless,
                         JPEGLosslessSV1, JPEGLSLossless, RLELossless)


def element(group, number, vr, value):
    head = struct.pack("<HH", group, number) + vr.encode()
    value += b"\0" * (len(value) % 2)
    long = vr in ("OB", "OW", "SQ", "UN", "UT", "UC", "UR", "OF", "OD", "OL", "OV")
    return head + (struct.pack("<HI", 0, len(value)) if long else struct.pack("<H", len(value))) + value


# MARK: codestreams

def encoded(case, syntax):
    """The codestream of a case's image."""
    if syntax == JPEGLosslessSV1:
        if not shutil.which("dcmcjpeg"):
            return None
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder, "a"), pathlib.Path(folder, "b")
            source.write_bytes(case.bytes())
            subprocess.run(["dcmcjpeg", "+e1", str(source), str(target)], check=True)
            return pydicom.encaps.get_frame(pydicom.dcmread(target).PixelData, 0, number_of_frames=1)
    d = pydicom.dcmread(io.BytesIO(case.bytes()))
    try:
        d.compress(syntax, generate_instance_uid=False)
    except (NotImplementedError, RuntimeError, ValueError, ImportError) as error:
        print(f"skipped: no encoder for {syntax.name}: {error}")
        return None
    return pydicom.encaps.get_frame(d.PixelData, 0, number_of_frames=1)


def of_codestreams(corpus):
    segment = lambda marker, text: marker + struct.pack(">H", len(text) + 2) + text
    for syntax in (JPEGLosslessSV1, JPEG2000Lossless, JPEGLSLossless, RLELossless):
        for form in ("plain", "comment", "application", "after end", "second fragment", "offset table", "extended offsets", "before end", "split"):
            case = corpus.case("codestreams")
            stream = encoded(case, syntax)
            if stream is None:
                break
            word = case.word(f"{syntax.name}: {form}").encode()
            stream = stream.rstrip(b"\0") if syntax != RLELossless else stream
            outcome = "released"
            if form in ("comment", "application", "before end"):
                if syntax == RLELossless:
                    continue
                if syntax == JPEG2000Lossless:
                    # A comment belongs into the main header: in front of the first tile part.
                    at = stream.index(b"\xff\x90")
                    stream = stream[:at] + segment(b"\xff\x64", b"\0\1" + word) + stream[at:]
                elif form == "before end":
                    stream, outcome = stream[:-2] + segment(b"\xff\xfe", word) + stream[-2:], "either"
                else:
                    stream = stream[:2] + segment(b"\xff\xfe" if form == "comment" else b"\xff\xe5", word) + stream[2:]
            if form == "after end":
                stream += word * 3
            fragments = [stream]
            if form == "split" and syntax != RLELossless:
                half = len(stream) // 4 * 2
                fragments = [stream[:half], stream[half:]]
            elif form == "second fragment":
                fragments, outcome = [stream, word + word], "either"
            fragments = [f + b"\0" * (len(f) % 2) for f in fragments]
            table = word * 4 if form == "offset table" else b""
            table += b"\0" * (-len(table) % 4)
            if form == "offset table":
                outcome = "either"
            body = b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(f)) + f for f in [table] + fragments) + b"\xfe\xff\xdd\xe0\0\0\0\0"
            case.d.file_meta.TransferSyntaxUID = syntax
            if form == "extended offsets":
                case.d.add_new(0x7FE00001, "OV", word[:8].ljust(8))
            case.d.PixelData = encapsulate([b"\0\0"])
            case.d["PixelData"].VR, case.d["PixelData"].is_undefined_length = "OB", True
            data = case.bytes()
            at = data.index(b"\xe0\x7f\x10\x00OB")
            case.write(raw=data[:at + 12] + body, outcome=outcome)


def of_pixel_padding(corpus):
    for form in ("after the pixels", "trailing padding element", "bytes after the data set", "float twin", "odd pixel length", "pixel padding value", "second pixel data", "frames after the first"):
        case = corpus.case("bytes after the pixels")
        word = case.word(form).encode()
        d = case.d
        outcome = "released"
        if form == "after the pixels":
            d.PixelData += word * 9 + b" " * (len(word) % 2)
        elif form == "odd pixel length":
            d.PixelData += word[:1] + word
            d.PixelData += b"\0" * (len(d.PixelData) % 2)
        elif form == "frames after the first":
            d.PixelData += (word * 5000)[:len(d.PixelData)]
            outcome = "either"
        elif form == "pixel padding value":
            d.add_new(0x00280120, "SS", -2000)
        elif form == "float twin":
            d.add_new(0x7FE00008, "OF", word.ljust(12))
            outcome = "either"
        change = {"trailing padding element": lambda b: b + element(0xFFFC, 0xFFFC, "OB", word * 3),
                  "bytes after the data set": lambda b: b + word * 7,
                  "second pixel data": lambda b: b + element(0x7FE0, 0x10, "OW", word * 30)}.get(form)
        case.write(change=change, outcome="either" if form in ("second pixel data", "bytes after the data set") else outcome)


def of_overlays(corpus):
    def bitmap(text):
        picture = Image.new("1", (heads.SIZE, heads.SIZE))
        ImageDraw.Draw(picture).text((4, 20), text, fill=1)
        return np.array(picture)

    for form in ("overlay", "overlay text", "curve", "high bits", "high bits over sign", "overlay 601E", "graphic data"):
        for family in (0x6000, 0x6002, 0x601E):
            case = corpus.case("overlays and curves")
            word, d = case.word(form), case.d
            bits = bitmap(word)
            if form in ("overlay", "overlay text", "overlay 601E"):
                packed = np.packbits(bits, bitorder="little").tobytes()
                case.needle(packed[len(packed) // 8:len(packed) // 3].hex(), form + " bitmap")
                case.needles[-1]["hex"] = True
                for number, vr, value in [(0x10, "US", heads.SIZE), (0x11, "US", heads.SIZE), (0x15, "IS", "1"), (0x22, "LO", word), (0x40, "CS", "G"),
                                          (0x50, "SS", [1, 1]), (0x100, "US", 1), (0x102, "US", 0), (0x1500, "LO", word), (0x3000, "OW", packed), (0x4000, "LT", word)]:
                    d.add_new(family << 16 | number, vr, value)
            elif form == "curve":
                group = family - 0x1000
                for number, vr, value in [(0x05, "US", 2), (0x10, "US", 4), (0x20, "CS", "POLY"), (0x22, "LO", word), (0x30, "SH", word[:16]), (0x40, "SH", word), (0x2500, "LO", word), (0x3000, "OW", word.encode().ljust(16))]:
                    d.add_new(group << 16 | number, vr, value)
            elif form == "graphic data":
                item = Dataset()
                item.GraphicLayer = word.upper()
                text = Dataset()
                text.UnformattedTextValue = word
                item.TextObjectSequence = Sequence([text])
                d.GraphicAnnotationSequence = Sequence([item])
            else:
                d.BitsStored, d.HighBit, d.PixelRepresentation = 12, 11, 0
                values = heads.picture(case.number).astype(np.uint16) & 0x0FFF
                d.PixelData = (values | (bits.astype(np.uint16) << (12 if form == "high bits" else 15))).tobytes()
                for number, vr, value in [(0x10, "US", heads.SIZE), (0x11, "US", heads.SIZE), (0x40, "CS", "G"), (0x50, "SS", [1, 1]), (0x100, "US", 16), (0x102, "US", 12)]:
                    d.add_new(family << 16 | number, vr, value)
            case.write()


def of_icons(corpus):
    for holder in (None, "ReferencedImageSequence"):
        case = corpus.case("icon image")
        icon = Dataset()
        icon.Rows = icon.Columns = 64
        icon.SamplesPerPixel, icon.PhotometricInterpretation, icon.BitsAllocated, icon.BitsStored, icon.HighBit, icon.PixelRepresentation = 1, "MONOCHROME2", 8, 8, 7, 0
        icon.PixelData = (case.word("icon image").encode() * 600)[:4096]
        icon["PixelData"].VR = "OB"
        if holder:
            case.d.ReferencedImageSequence[0].IconImageSequence = Sequence([icon])
        else:
            case.d.IconImageSequence = Sequence([icon])
        case.write()


# MARK: file meta and preamble

def of_file_meta(corpus):
    fields = {"SourceApplicationEntityTitle": "AE", "SendingApplicationEntityTitle": "AE", "ReceivingApplicationEntityTitle": "AE",
              "SourcePresentationAddress": "UR", "SendingPresentationAddress": "UR", "ReceivingPresentationAddress": "UR",
              "ImplementationVersionName": "SH", "ImplementationClassUID": "UI", "PrivateInformation": "OB", "MediaStorageSOPInstanceUID": "UI"}
    for keyword, vr in fields.items():
        case = corpus.case("file meta")
        meta = case.d.file_meta
        if vr == "UI":
            value = f"1.2.840.99.{case.digits(keyword, 9)}"
        else:
            value = case.word(keyword)
            value = value.upper() if vr == "AE" else value.encode() if vr == "OB" else f"https://{value.lower()}.org" if vr == "UR" else value
        if vr == "OB":
            meta.PrivateInformationCreatorUID = f"1.2.840.98.{case.digits(keyword, 9)}"
        setattr(meta, keyword, value)
        buffer = io.BytesIO()
        case.d.save_as(buffer, enforce_file_format=False)
        case.write(raw=buffer.getvalue())
    for form in ("unknown element", "length too small"):
        case = corpus.case("file meta")
        word = case.word(form).encode()
        extra = element(2, 0x9901, "LO", word)

        def change(data):
            length = struct.unpack_from("<I", data, 140)[0]
            grown = length + len(extra) if form == "unknown element" else length
            return data[:140] + struct.pack("<I", grown) + data[144:144 + length] + extra + data[144 + length:]

        case.write(change=change, outcome="either")


def of_preambles(corpus):
    for form in ("text", "TIFF", "PDF", "ZIP", "script", "UTF-16"):
        case = corpus.case("preamble")
        word = case.word(form)
        text = {"text": word.encode(), "TIFF": b"II*\0\x08\0\0\0\1\0\x0e\1\2\0" + struct.pack("<II", 20, 60) + b"\0" * 4 + word.encode(),
                "PDF": b"%PDF-1.4 /Author (" + word.encode() + b")", "ZIP": b"PK\3\4" + word.encode(), "script": b"#!/bin/sh\necho " + word.encode(),
                "UTF-16": word.encode("utf-16-le")}[form]
        case.write(change=lambda data: text.ljust(128, b"\0") + data[128:])
    case = corpus.case("preamble")
    case.write(change=lambda data: data[132:], outcome="either")


# MARK: structure

def of_structure(corpus):
    def insert(data, extra, before=b"\x08\x00\x05\x00CS"):
        at = data.index(before, 132)
        return data[:at] + extra + data[at:]

    forms = {
        "stale group length": lambda w: lambda b: insert(b, element(8, 0, "UL", struct.pack("<I", 31415926)) + element(8, 1, "UL", b"\0\0\0\0")),
        "group length as text": lambda w: lambda b: insert(b, element(8, 0, "LO", w)),
        "duplicate element": lambda w: lambda b: insert(b, element(8, 0x103E, "LO", w), b"\x08\x00\x3e\x10LO"),
        "duplicate after": lambda w: lambda b: insert(b, element(8, 0x103E, "LO", w), b"\x10\x00\x10\x00PN"),
        "out of order": lambda w: lambda b: insert(b, element(0x10, 0x1000, "LO", w)),
        "out of order at the end": lambda w: lambda b: b + element(0x10, 0x10, "PN", w),
        "group 0000": lambda w: lambda b: insert(b, element(0, 0x1000, "UI", w)),
        "group 0002 in the data set": lambda w: lambda b: insert(b, element(2, 0x16, "AE", w)),
        "group 0001": lambda w: lambda b: insert(b, element(1, 0x10, "LO", w)),
        "group 0004": lambda w: lambda b: insert(b, element(4, 0x1130, "CS", w)),
        "unknown attribute": lambda w: lambda b: insert(b, element(0x18, 0x7777, "LO", w), b"\x20\x00\x0d\x00UI"),
        "wrong VR": lambda w: lambda b: insert(b, element(0x18, 0x0021, "PN", w), b"\x18\x00\x22\x00CS") if b"\x18\x00\x22\x00CS" in b else b,
        "number as text VR": lambda w: lambda b: insert(b, element(0x18, 0x9306, "LT", w), b"\x20\x00\x0d\x00UI"),
        "unknown VR letters": lambda w: lambda b: insert(b, element(0x18, 0x7779, "UN", w), b"\x20\x00\x0d\x00UI"),
        "item in a defined length": lambda w: lambda b: insert(b, element(0x8, 0x2112, "SQ", b"\xfe\xff\0\xe0" + struct.pack("<I", len(element(8, 0x1150, "UI", w))) + element(8, 0x1150, "UI", w)), b"\x10\x00\x10\x00PN"),
        "bytes after the items": lambda w: lambda b: insert(b, element(0x8, 0x2112, "SQ", b"\xfe\xff\0\xe0\0\0\0\0" + w), b"\x10\x00\x10\x00PN"),
    }
    strict = {"bytes after the items", "group 0000", "group 0002 in the data set", "out of order at the end", "duplicate element", "duplicate after"}
    for form, make in forms.items():
        case = corpus.case("structure")
        word = case.word(form).encode()
        case.without |= {"SeriesDescription"}
        case.write(change=make(word + b" " * (len(word) % 2)), outcome="either" if form in strict else "released")
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
            pydicom.dcmwrite(buffer, d, implicit_vr=syntax == ImplicitVRLittleEndian, little_endian=syntax != ExplicitVRBigEndian, force_encoding=True)
        case.write(raw=buffer.getvalue(), useful=True)


def burned(case, text, size, place):
    """Text drawn into the pixels."""
    from PIL import ImageFont
    font = ImageFont.load_default(size)
    picture = Image.new("L", (heads.SIZE, heads.SIZE))
    ImageDraw.Draw(picture).text(place, text, fill=255, font=font)
    mask = np.array(picture) > 127
    values = heads.picture(case.number)
    values[mask] = 3000
    return values, mask

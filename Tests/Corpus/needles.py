"""Searches what came out for what was planted, in the encodings and spellings it may have taken."""

import base64
import re
import unicodedata

import numpy as np

DECODINGS = [
    "utf-8",
    "latin-1",
    "iso2022_jp",
    "gb18030",
    "euc_kr",
    "shift_jis",
    "iso8859_2",
    "iso8859_5",
    "iso8859_7",
    "iso8859_8",
    "tis_620",
]


def fold(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def squeeze(text):
    return "".join(c for c in text if c.isalnum())


class Haystack:
    """All of an output but the image's own pixels, which are compared with the input's instead."""

    def __init__(self, folder, consoles):
        self.files = []
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            data = path.read_bytes()
            at = data.rfind(b"\xe0\x7f\x10\x00OW\0\0") if path.suffix == ".dcm" else -1
            if at >= 0:
                length = int.from_bytes(data[at + 8 : at + 12], "little")
                data = data[:at] + b"\n" + data[at + 12 + length :]
            self.files.append((path, str(path.relative_to(folder)).encode() + b"\n" + data))
        self.files += [(path, path.read_bytes()) for path in consoles]
        self.texts, self.by_file = {}, {}
        for path, data in self.files:
            self.by_file[path] = self.spellings(data)
            for text in self.by_file[path]:
                self.texts.setdefault(text, path)
        self.all = "\n".join(self.texts)
        self.squeezed = "\n".join({squeeze(text) for text in self.texts})
        self.raw = b"\n".join(data for path, data in self.files if path.suffix != ".json")

    @staticmethod
    def spellings(data):
        """The distinct printable pieces of a file under every decoding."""
        # What is made anew by a keyed map is of no interest, and different in every file.
        data = re.sub(rb"2\.25\.\d{20,39}|\b[0-9a-f]{32,}\b|\bP[B-Z2-9]{16}\b", b"\0", data)
        seen = set()
        for decoding in DECODINGS:
            if decoding != "utf-8" and data.isascii() and b"\x1b" not in data:
                continue
            for piece in re.split(
                r"[\x00-\x08\x0a-\x1a\x1c-\x1f\ufffd\"<>]+", data.decode(decoding, "replace")
            ):
                if len(piece) > 2:
                    seen.add(fold(piece))
        for wide in re.findall(rb"(?:[\x20-\xff]\0){4,}", data) + re.findall(
            rb"(?:\0[\x20-\xff]){4,}", data
        ):
            seen.add(fold(wide.replace(b"\0", b"").decode("latin-1")))
        return seen

    def find(self, needle, output):
        """Where a needle is found and in which spelling, or nothing."""
        if "mask" in needle:
            return self.burned(needle["mask"], output)
        text = needle["text"]
        if needle.get("hex"):
            return "the bytes" if bytes.fromhex(text) in self.raw else None
        folded = fold(text)
        if needle["category"] in ("odd dates", "dates in text") or re.fullmatch(
            r"(19|20)\d{6}|\d{1,6}|\d+[.:/-][\d.:/-]+", text
        ):
            # A day or a time of one file is another file's day, moved: only its own output tells.
            return self.own(folded, output)
        for name, spelling in [
            ("as it is", folded),
            ("reversed", folded[::-1]),
            ("hex", text.encode().hex()),
        ]:
            if spelling in self.all:
                return f"{name} in {self.place(spelling)}"
        if not text.isascii() and any(
            text.encode(wide) in self.raw for wide in ("utf-16-le", "utf-16-be")
        ):
            return "UTF-16"
        bare = squeeze(folded)
        if (
            len(bare) >= 6
            and "initials" not in needle["place"]
            and (bare in self.squeezed or bare[::-1] in self.squeezed)
        ):
            return "spread over a value"
        for encoded in self.base64(text):
            if encoded.casefold() in self.all:
                return "base64"
        return None

    def own(self, text, output):
        if output is None:
            return None
        pieces = self.by_file[output[0]]
        whole = any(re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", piece) for piece in pieces)
        return (
            f"in {str(output[0])[-70:]}"
            if whole or len(text) > 7 and any(text in piece for piece in pieces)
            else None
        )

    @staticmethod
    def base64(text):
        data = text.encode()
        if len(data) < 6:
            return []
        return [
            base64.b64encode(b"\0" * pad + data)[
                [0, 2, 3][pad] : len(base64.b64encode(b"\0" * pad + data)) - 4
            ].decode()
            for pad in range(3)
        ]

    def place(self, spelling):
        return next((str(path)[-70:] for text, path in self.texts.items() if spelling in text), "?")

    @staticmethod
    def burned(mask, output):
        if output is None:
            return None
        strokes = np.array([c == "1" for c in mask]).reshape(output[2].shape)
        left = float(np.mean(output[2][strokes] >= 2900))
        return f"{left:.0%} of the strokes are left" if left > 0.05 else None

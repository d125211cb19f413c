"""What must come through, compared with what did."""
import datetime
import re

import heads
import numpy as np
import pydicom


def values_of(element_value):
    if element_value is None:
        return []
    multiple = hasattr(element_value, "append") and not isinstance(element_value, str)
    return [str(v) for v in element_value] if multiple else [str(element_value)]


def same(one, other):
    try:
        return abs(float(one) - float(other)) <= 1e-6 * max(1, abs(float(one)))
    except ValueError:
        return one.strip() == other.strip()


def words(text):
    return [w for w in re.split(r"[^\w]+|_", text.casefold()) if w]


class Survival:
    def __init__(self, cases, outputs):
        self.cases, self.outputs = cases, outputs
        self.shifts, self.pseudonyms, self.identifiers = {}, {}, {}

    def checks(self):
        """Yields category, whether it passed, what it was."""
        for case in self.cases:
            output = self.outputs.get(case["number"])
            if case["outcome"] == "refused":
                yield "refused objects", output is None, f"{case['path']} was released"
                continue
            if output is None and case["outcome"] == "either":
                continue
            yield "files released", output is not None, f"{case['path']} was not released"
            d = output[1] if output else None
            for check in case["keep"]:
                passed = d is not None and self.passes(check, d, case)
                got = "" if d is None else values_of(d.get(check["keyword"]))
                yield check["category"], passed, f"{check['keyword']} {check['kind']} {check['values']}: {got} [{case['path']}]"
            if d is not None:
                yield from self.of_file(case, d, output[2])
        yield from self.of_all()

    def passes(self, check, d, case):
        expected, kind = check["values"], check["kind"]
        if kind == "private":
            creator, group, number = check["private"]
            try:
                got = values_of(d.private_block(group, creator)[number].value)
            except KeyError:
                return False
            return len(got) == len(expected) and all(map(same, expected, got))
        got = values_of(d.get(check["keyword"]))
        if kind == "not":
            return got != expected
        if kind == "present":
            return bool(got) and got != expected
        if kind == "first":
            return bool(got) and same(expected[0], got[0])
        if kind == "words":
            left = words(" ".join(got))
            return all(w in left for w in words(" ".join(expected)))
        if kind == "shifted":
            return bool(got) and self.shift(case, expected[0], got[0])
        return len(got) == len(expected) and all(map(same, expected, got))

    def shift(self, case, before, after):
        day = lambda text: datetime.datetime.strptime(text[:8], "%Y%m%d")
        try:
            days = (day(after) - day(before)).days
        except ValueError:
            return False
        return days != 0 and self.shifts.setdefault(case["patient"], days) == days

    def of_file(self, case, d, pixels):
        path = case["path"]
        if case["pixels"]:
            expected = heads.picture(case["number"])
            yield "pixels identical", pixels.shape == expected.shape and bool(np.array_equal(pixels.astype(np.int64), expected)), path
        codes = {item.CodeValue for item in d.get("DeidentificationMethodCodeSequence", [])}
        yield "marking", d.get("PatientIdentityRemoved") == "YES" and "113100" in codes, path
        for keyword, old in case["uids"].items():
            if keyword == "FrameOfReferenceUID" and case["category"] == "identifiers":
                continue
            new = d.get(keyword)
            if new is None and case["category"] in ("residue after NUL",) or "residue" in case["category"]:
                continue
            self.identifiers.setdefault(old, set()).add(str(new))
            yield "identifiers replaced", new is not None and str(new) != old, f"{keyword} [{path}]"
        meta = d.file_meta
        if not case["category"].startswith("residue"):
            yield "identifiers consistent", meta.MediaStorageSOPInstanceUID == d.SOPInstanceUID, f"file meta [{path}]"
        for item in d.get("ReferencedStudySequence", []):
            if case["category"] == "survival":
                yield "identifiers consistent", item.get("ReferencedSOPInstanceUID") == d.StudyInstanceUID, f"reference [{path}]"
        self.pseudonyms.setdefault(case["patient"], set()).add(str(d.PatientID))

    def of_all(self):
        for table, name in ((self.identifiers, "identifiers consistent"), (self.pseudonyms, "pseudonyms consistent")):
            taken = {}
            for old, new in table.items():
                yield name, len(new) == 1, f"{old} became {len(new)}"
                for value in new:
                    yield name, taken.setdefault(value, old) == old, f"two became {value}"

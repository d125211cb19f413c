#!/usr/bin/env python3
"""Scores an output of `fedagent deidentify run` by the answers of generate.py.

usage: Tests/Corpus/score.py ANSWERS OUTPUT [--console FILE ...] [--show N] [--leaks-only]

Leaks: every planted identifier is searched in all bytes and names below OUTPUT and in the console's
text, in many encodings and spellings. Utility: what must come through is compared with the output
whose pixels carry the input's number, unless only leaks are asked for. Exit status: 0 no leak and at least 97 % of the total, else 1.
"""

import argparse
import collections
import json
import pathlib
import sys
import warnings

import numpy as np
import pydicom

import heads
from needles import Haystack
from survival import Survival

warnings.simplefilter("ignore")


class Outputs:
    """The written files, by the number in their pixels; a number may have none."""

    def __init__(self, folder):
        self.by_number, self.unread = {}, []
        for path in sorted(folder.rglob("*.dcm")):
            try:
                d = pydicom.dcmread(path)
                pixels = d.pixel_array
                number = heads.number_of(pixels if pixels.ndim == 2 else pixels[0])
            except Exception as error:  # pylint: disable=broad-except
                self.unread.append(f"{path}: {error}")
                continue
            if number is None:
                self.unread.append(f"{path}: no number in the pixels")
            else:
                self.by_number[number] = (path, d, pixels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--console", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--leaks-only", action="store_true")
    options = parser.parse_args()
    cases = json.loads(options.answers.read_text())["cases"]
    outputs = Outputs(options.output)
    haystack = Haystack(options.output, options.console)
    rows = collections.defaultdict(lambda: [0, 0, 0, 0])  # planted, leaked, checked, lost
    leaks, losses = [], []
    for case in cases:
        for needle in case["needles"]:
            row = rows[needle["category"]]
            row[0] += 1
            found = haystack.find(needle, outputs.by_number.get(case["number"]))
            if found:
                row[1] += 1
                leaks.append(f"{needle['category']}: {needle['place']} [{case['path']}]: {found}")
    checks = [] if options.leaks_only else Survival(cases, outputs.by_number).checks()
    for category, passed, what in checks:
        row = rows[category]
        row[2] += 1
        if not passed:
            row[3] += 1
            losses.append(f"{category}: {what}")
    for title, lines in (("LEAKS", leaks), ("LOST", losses), ("UNREAD", outputs.unread)):
        for line in lines[: options.show]:
            print(f"{title}  {line}")
        if len(lines) > options.show:
            print(f"{title}  ... {len(lines) - options.show} more")
    print(f"\n{'category':44}{'planted':>9}{'leaked':>8}{'checked':>9}{'lost':>7}")
    rates = []
    for category, (planted, leaked, checked, lost) in sorted(rows.items()):
        print(f"{category:44}{planted:9}{leaked:8}{checked:9}{lost:7}")
        rates += [1 - leaked / planted] if planted else []
        rates += [1 - lost / checked] if checked else []
    planted, leaked, checked, lost = map(sum, zip(*rows.values()))
    kept, total = 100 * (1 - lost / max(1, checked)), 100 * float(np.mean(rates))
    print(f"{'all':44}{planted:9}{leaked:8}{checked:9}{lost:7}")
    print(f"leaks {leaked} of {planted}; kept {kept:.2f} %; mean over categories {total:.2f} %")
    sys.exit(0 if not leaked and kept >= 97 and total >= 97 else 1)


main()

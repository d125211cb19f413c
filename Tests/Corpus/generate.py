#!/usr/bin/env python3
"""Writes a folder of CT files with identifiers planted in every place they hide, and the answers.

usage: Tests/Corpus/generate.py FOLDER [--seed N] [--only PART ...]

FOLDER/input is what a hospital would hand over; FOLDER/answers.json says what is planted where and
what must come through. Another seed plants other people, words, numbers and dates. All are invented.
"""

import argparse
import pathlib
import re
import sys
import warnings

import pydicom

import attributes
import corpus
import hiding
import objects
import structure
import utility
import values

warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE


def safe_rows():
    """(creator, group, element) of the safe private attributes that the product is generated from."""
    rows = (
        pathlib.Path(__file__).parents[2]
        / "Sources/Deidentification/Generated/SafePrivateTable+Rows.swift"
    )
    found = re.findall(r"^\s+([0-9A-F]{4})([0-9A-F]{4})\|\w\w\|(.+)$", rows.read_text(), re.M)
    return {(creator, int(group, 16), int(element, 16) & 0xFF) for group, element, creator in found}


def burned_in(made):
    for size in (10, 14, 20):
        for place in ((2, 2), (20, 100), (40, 60)):
            case = made.case("burned-in text")
            pixels, mask = structure.burned(case, case.patient.family[:7].upper(), size, place)
            case.d.PixelData = pixels.tobytes()
            case.needles.append(
                {
                    "text": "",
                    "mask": "".join("1" if m else "0" for m in mask.ravel()),
                    "category": "burned-in text",
                    "place": f"{size} px at {place}",
                }
            )
            case.write(outcome="either", pixels=False)


PARTS = {
    "attributes": attributes.of_dictionary,
    "kept": attributes.of_kept,
    "codes": attributes.of_codes,
    "devices": attributes.of_devices,
    "numbers": attributes.of_numbers,
    "dates": values.of_dates,
    "text": values.of_free_text,
    "names": values.of_names,
    "pieces": values.of_scattered_numbers,
    "residue": values.of_residue,
    "charsets": values.of_character_sets,
    "ages": values.of_ages,
    "codestreams": hiding.of_codestreams,
    "padding": hiding.of_pixel_padding,
    "overlays": hiding.of_overlays,
    "icons": hiding.of_icons,
    "meta": hiding.of_file_meta,
    "preambles": hiding.of_preambles,
    "structure": structure.of_structure,
    "private": lambda made: objects.of_private(made, safe_rows()),
    "copies": objects.of_copies,
    "identifiers": objects.of_identifiers,
    "filenames": objects.of_names_of_files,
    "refused": objects.of_refused,
    "tiny": structure.of_tiny_pictures,
    "enhanced": objects.of_enhanced,
    "survival": utility.of_survival,
    "words": utility.of_words,
    "coincidences": utility.of_coincidences,
    "burned": burned_in,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    if (options.folder / "input").exists():
        sys.exit(f"error: {options.folder / 'input'} exists")
    made = corpus.Corpus(options.folder, options.seed)
    for part in options.only:
        PARTS[part](made)
    made.write_answers(options.folder / "answers.json")
    print(
        f"{len(made.cases)} files, {sum(len(c['needles']) for c in made.cases)} planted identifiers,"
        f" {sum(len(c['keep']) for c in made.cases)} values to keep"
    )


main()

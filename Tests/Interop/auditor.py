"""An auditor in Python: enrols, reads runs, fetches the audit bundle and verifies it, then finds planted faults.

usage: auditor.py INVITE FOLDER WORDS-FILE LOG-KEY
"""

import sys

from audit_bundle import LogKey, verify
from fedprotocol import Invite, Party, Refused


def altered(bundle):
    """The bundle with one letter of a record in the middle changed."""
    at = bundle.index(b'"act":"site.enrol"') + len(b'"act":"site.enro')
    return bundle[:at] + b"m" + bundle[at + 1 :]


def main(line, folder, words_file, key_line):
    words = open(words_file).read().split()
    auditor = Party(folder)
    party = auditor.enrol(Invite(line), words, lambda text: print("words", text, flush=True))
    print("enrolled", party, flush=True)
    auditor.hello(signed=False)
    _, runs = auditor.send("GET", "/v1/runs", signed=False)
    for run in runs["runs"]:
        _, shown = auditor.send("GET", f"/v1/runs/{run['id']}", signed=False)
        assert shown["roundSummaries"][0]["rollCall"]["contributed"], shown
        try:
            auditor.send("GET", f"/v1/runs/{run['id']}/comparison", signed=False)
            raise SystemExit("an auditor must not read comparisons")
        except Refused as refusal:
            assert refusal.code == "forbidden-role", refusal.code
    _, bundle = auditor.send("GET", "/v1/audit", signed=False)
    key = LogKey(key_line)
    records, signed = verify(bundle, key)
    for name, tampered in [
        ("altered", altered(bundle)),
        ("cut", bundle[: bundle.rindex(b"\n", 0, -1) + 1]),
    ]:
        try:
            verify(tampered, key)
        except (AssertionError, ValueError) as fault:
            print("found", name, fault)
        else:
            raise SystemExit(f"{name} was not found")
    print("verified", records, signed, len(runs["runs"]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A site in Python: enrols, takes part in a run with a dummy update, renews its certificate.

usage: site.py INVITE FOLDER WORDS-FILE
"""

import hashlib
import json
import struct
import sys

from fedprotocol import Invite, Party, Refused
from witness import Log

withheld = {"withheld": {"state": "site-policy"}}


def fetch(site, work, part_bytes):
    """Section 5.6: a blob by ranges, checked as a whole."""
    model = b""
    while len(model) < work["modelBytes"]:
        last = min(len(model) + part_bytes, work["modelBytes"]) - 1
        status, part = site.send(
            "GET",
            f"/v1/blobs/{work['modelSHA256']}",
            headers={"Range": f"bytes={len(model)}-{last}"},
        )
        assert status == 206, status
        model += part
    assert hashlib.sha256(model).hexdigest() == work["modelSHA256"]
    return model


def delta_of(model):
    """A delta with the tensors of a model and small values: safetensors in, safetensors out."""
    length = struct.unpack("<Q", model[:8])[0]
    header = model[: 8 + length]
    values = (len(model) - len(header)) // 4
    return header + struct.pack("<f", 0.0001) * values


def upload(site, blob):
    digest = hashlib.sha256(blob).hexdigest()
    path = f"/v1/uploads/{digest}"
    _, state = site.send("PUT", path, {"bytes": len(blob)})
    size = state["partBytes"]
    for number in range((len(blob) + size - 1) // size):
        if number not in state["partsPresent"]:
            site.send("PUT", f"{path}/parts/{number}", blob[number * size : (number + 1) * size])
    _, stored = site.send("POST", path)
    assert stored == {"sha256": digest, "bytes": len(blob)}, stored
    return digest


def train(site, work, part_bytes):
    delta = delta_of(fetch(site, work, part_bytes))
    contribution = {
        "deltaSHA256": upload(site, delta),
        "bytes": len(delta),
        "examples": 10,
        "meanLoss": 0.5,
        "exams": 10,
        "positiveExams": 5,
        "trainSeconds": 0.1,
        "engine": {"name": "none", "version": "0", "isa": "none", "threads": 1},
    }
    path = f"/v1/runs/{work['runID']}/rounds/{work['round']}/contribution"
    _, receipt = site.send("PUT", path, contribution)
    assert receipt == {"status": "accepted"}, receipt
    _, again = site.send("PUT", path, contribution)
    assert again == receipt, "the same contribution gets the same answer"


def score(site, work):
    metrics = {
        "id": site.id,
        "name": site.id,
        "intake": withheld,
        "federated": withheld,
        "localOnly": withheld,
        "difference": withheld,
    }
    path = f"/v1/runs/{work['runID']}/metrics"
    site.send("PUT", path, {"modelSHA256": work["modelSHA256"], "metrics": metrics})


def refused(site, log):
    """A history that is shorter, and one that is another, are named for what they are."""
    other = Log(log.origin, site.id)
    other.origin, other.signer, other.witness = log.origin, log.signer, log.witness
    other.leaves = [bytes(32)] * (len(log.leaves) + 1)
    other.stored = log.stored
    for code, report in [
        ("older-history", log.report(size=len(log.leaves) - 1)),
        ("forked-history", other.report()),
    ]:
        try:
            site.send("PUT", "/v1/checkpoint", report)
        except Refused as refusal:
            assert refusal.code == code, refusal.code
        else:
            raise SystemExit(f"{code} was not refused")


def main(line, folder, words_file):
    words = open(words_file).read().split()
    site = Party(folder)
    party = site.enrol(Invite(line), words, lambda text: print("words", text, flush=True))
    print("enrolled", party, flush=True)
    hello = site.hello()
    log = Log(hello["federation"], site.id)
    log.exchange(site)
    site.send(
        "PUT",
        "/v1/site",
        {
            "softwareVersion": "python-interop",
            "scanners": [],
            "sliceCountBand": "1-9",
            "examCountBand": "1-9",
            "prevalenceBand": "1-9",
        },
    )
    rounds = 0
    while True:
        status, work = site.send("GET", "/v1/work?wait=20")
        kind = work["kind"] if status == 200 else None
        if kind == "review-plan":
            path = f"/v1/plans/{work['planSHA256']}"
            _, plan = site.send("GET", path)
            answer = {"decision": "approved", "by": "policy", "reason": "", "exams": 10, "positiveExams": 5}
            site.send("PUT", f"{path}/answer", answer)
        elif kind == "train":
            site.send("PUT", "/v1/progress", {
                "runID": work["runID"], "round": work["round"], "phase": "training", "fraction": 0.5,
            })
            log.exchange(site)
            train(site, work, hello["partBytes"])
            log.exchange(site)
            rounds += 1
            if rounds == 1:
                site.renew()
                print("renewed", site.fingerprint, flush=True)
        elif kind == "score":
            log.exchange(site)
            score(site, work)
        elif kind == "run-ended":
            print("witnessed", log.stored, "own and", log.seen["size"], "of the coordinator")
            refused(site, log)
            print("ended", work["outcome"], rounds, flush=True)
            return


if __name__ == "__main__":
    main(*sys.argv[1:])

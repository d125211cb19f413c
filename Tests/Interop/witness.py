"""A site's log and its witnessing of the coordinator's, as Protocol.md section 5.11 says."""

import base64
import hashlib
import os
import struct
import time

from audit_bundle import leaf_hash
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """RFC 6962 section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root(leaves[:split]), root(leaves[split:]))


def consistency(first, leaves):
    """RFC 6962 section 2.1.2: the proof from the first leaves to all of them."""

    def subproof(first, leaves, is_whole):
        if first == len(leaves):
            return [] if is_whole else [root(leaves)]
        split = 1 << (len(leaves) - 1).bit_length() - 1
        if first <= split:
            return subproof(first, leaves[:split], is_whole) + [root(leaves[split:])]
        return subproof(first - split, leaves[split:], False) + [root(leaves[:split])]

    return subproof(first, leaves, True) if 0 < first else []


def is_consistent(first, old, second, new, proof):
    """RFC 9162 section 2.1.4.2, which verifies the proofs of RFC 6962."""
    if first == second:
        return not proof and old == new
    if first & (first - 1) == 0:
        proof = [old] + proof
    if not proof:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    one = other = proof[0]
    for step in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            one, other = node_hash(step, one), node_hash(step, other)
            while at & 1 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            other = node_hash(other, step)
        at, last = at >> 1, last >> 1
    return one == old and other == new and last == 0


class NoteSigner:
    """A key that signs notes (C2SP signed-note), of a log or of a witness."""

    def __init__(self, name, kind):
        self.name, self.kind, self.key = name, kind, Ed25519PrivateKey.generate()
        raw = self.key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        self.public = bytes([kind]) + raw
        self.id = hashlib.sha256(name.encode() + b"\n" + self.public).digest()[:4]

    def __str__(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def line(self, text):
        signature = self.key.sign(text.encode())
        return f"\u2014 {self.name} {base64.b64encode(self.id + signature).decode()}\n"

    def cosign(self, note):
        """C2SP tlog-cosignature v1: the time goes into what is signed."""
        text = note.partition("\n\n")[0] + "\n"
        now = int(time.time())
        signature = self.key.sign(f"cosignature/v1\ntime {now}\n{text}".encode())
        stamped = self.id + struct.pack(">Q", now) + signature
        return note + f"\u2014 {self.name} {base64.b64encode(stamped).decode()}\n"


class NoteVerifier:
    def __init__(self, line, kind):
        self.line = line
        self.name, identifier, text = line.split("+", 2)
        raw = base64.b64decode(text)
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        assert raw[0] == kind and self.id.hex() == identifier, "not this kind of key"
        self.kind, self.key = kind, Ed25519PublicKey.from_public_bytes(raw[1:])

    def verify(self, note):
        """Origin, size and root; raises unless the key signed."""
        text, _, signatures = note.partition("\n\n")
        for line in signatures.strip().split("\n"):
            _, name, encoded = line.split(" ")
            raw = base64.b64decode(encoded)
            if name != self.name or raw[:4] != self.id:
                continue
            if self.kind == LOG:
                self.key.verify(raw[4:], (text + "\n").encode())
            else:
                moment = struct.unpack(">Q", raw[4:12])[0]
                self.key.verify(raw[12:], f"cosignature/v1\ntime {moment}\n{text}\n".encode())
            origin, size, top = text.split("\n")[:3]
            return origin, int(size), base64.b64decode(top)
        raise AssertionError(f"no signature of {self.name}")


class Log:
    """The site's own log; what its records say is the site's matter."""

    def __init__(self, federation, site):
        self.origin = f"site/{os.urandom(8).hex()}"
        self.signer = NoteSigner(self.origin, LOG)
        self.witness = NoteSigner(f"{federation}/site/{site}", WITNESS)
        self.leaves = []
        self.stored = 0
        self.seen = None

    def record(self, what):
        self.leaves.append(leaf_hash(what.encode()))

    def checkpoint(self, size=None):
        leaves = self.leaves[:size]
        top = base64.b64encode(root(leaves)).decode()
        text = f"{self.origin}\n{len(leaves)}\n{top}\n"
        return f"{text}\n{self.signer.line(text)}"

    def report(self, size=None):
        leaves = self.leaves[:size]
        since = min(self.stored, len(leaves))
        report = {
            "keys": {"log": str(self.signer), "witness": str(self.witness)},
            "checkpoint": self.checkpoint(size),
            "provenFrom": since,
            "proof": [step.hex() for step in consistency(since, leaves)],
            "seen": self.seen["size"] if self.seen else 0,
        }
        if self.seen:
            report["cosigned"] = self.witness.cosign(self.seen["note"])
        return report

    def exchange(self, site):
        """Shows the own checkpoint, takes the coordinator's, and checks all of it."""
        self.record(f"exchange {len(self.leaves)}")
        for _ in range(2):
            _, reply = site.send("PUT", "/v1/checkpoint", self.report())
            self.take(reply)
            self.stored = reply["stored"]
            if reply["isAccepted"]:
                witness = NoteVerifier(reply["keys"]["witness"], WITNESS)
                _, size, _ = witness.verify(reply["cosigned"])
                assert size == len(self.leaves), "another checkpoint was cosigned"
                return
        raise AssertionError("the coordinator does not take the site's checkpoint")

    def take(self, reply):
        note = reply["checkpoint"]
        key = NoteVerifier(reply["keys"]["log"], LOG)
        origin, size, top = key.verify(note)
        if self.seen:
            assert key.line == self.seen["key"], "the log has another key"
            proof = [bytes.fromhex(step) for step in reply["proof"]]
            assert reply["provenFrom"] == self.seen["size"]
            assert is_consistent(self.seen["size"], self.seen["root"], size, top, proof), (
                "the coordinator's history is another one"
            )
        self.seen = {"key": key.line, "size": size, "root": top, "note": note}

"""Verifies an audit bundle as Protocol.md section 5.14 says."""

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class LogKey:
    """`<name>+<key id>+<base64 of 01 and the public key>`."""

    def __init__(self, line):
        self.name, identifier, text = line.strip().split("+", 2)
        raw = base64.b64decode(text)
        assert raw[0] == 1, "not the key of a log"
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        assert self.id.hex() == identifier, "the key id is not of the key"
        self.key = Ed25519PublicKey.from_public_bytes(raw[1:])


def leaf_hash(record):
    return hashlib.sha256(b"\0" + record).digest()


class Tree:
    """RFC 6962 section 2.1, grown a leaf at a time."""

    def __init__(self):
        self.roots = []

    def append(self, leaf):
        size, node = 1, leaf
        while self.roots and self.roots[-1][0] == size:
            _, left = self.roots.pop()
            node = hashlib.sha256(b"\1" + left + node).digest()
            size *= 2
        self.roots.append((size, node))

    @property
    def root(self):
        if not self.roots:
            return hashlib.sha256(b"").digest()
        node = self.roots[-1][1]
        for _, left in reversed(self.roots[:-1]):
            node = hashlib.sha256(b"\1" + left + node).digest()
        return node


def canonical(value):
    """RFC 8785 for what records hold: objects, strings, whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse(bundle):
    """The name of the log, the notes, the records."""
    first, _, rest = bundle.partition(b"\n")
    word, log = first.decode().split(" ")
    assert word == "fed-audit-bundle/1", "no bundle"
    notes = []
    while rest.startswith(b"checkpoint "):
        line, _, rest = rest.partition(b"\n")
        length = int(line.split(b" ")[1])
        notes.append(rest[:length])
        rest = rest[length:]
    return log, notes, rest.split(b"\n")[:-1]


def checkpoint(note, log, key):
    """Size and root of a note that the key signed."""
    text, _, signatures = note.decode().partition("\n\n")
    origin, size, root = text.split("\n")[:3]
    assert origin == log, "a checkpoint of another log"
    for line in signatures.strip().split("\n"):
        dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded)
        if dash == "\u2014" and name == key.name and raw[:4] == key.id:
            key.key.verify(raw[4:], (text + "\n").encode())
            return int(size), base64.b64decode(root)
    raise InvalidSignature("no signature of the log")


def verify(bundle, key):
    """Number of records, and how many of them the newest checkpoint covers.

    Raises AssertionError or InvalidSignature saying what is wrong.
    """
    log, notes, records = parse(bundle)
    roots = dict(checkpoint(note, log, key) for note in notes)
    sizes = [checkpoint(note, log, key)[0] for note in notes]
    assert sizes == sorted(sizes) and sizes, "no checkpoint, or they shrink"
    tree, previous = Tree(), "0" * 64
    for number, record in enumerate(records):
        value = json.loads(record)
        assert canonical(value) == record, f"record {number} is not canonical"
        assert value["seq"] == number and value["log"] == log, f"record {number} is out of place"
        assert value["prev"] == previous, f"record {number} does not follow the one before"
        leaf = leaf_hash(record)
        previous = leaf.hex()
        tree.append(leaf)
        expected = roots.get(number + 1)
        assert expected in (None, tree.root), f"the root over {number + 1} records is another"
    assert max(sizes) <= len(records), "the tail is missing"
    return len(records), max(sizes)

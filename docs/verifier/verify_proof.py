"""Checks a proof from an audit trail, with nothing but Python and the public key: see README.md beside it.

    python3 verify_proof.py PROOF.json 'pass-it-on/...+...+...'

Says what is proved and ends with 0; says what is wrong and ends with 1. It shares no code with the program
that made the proof. RFC 6962 section 2.1 describes the tree, RFC 8032 Ed25519, C2SP's signed-note the text.
"""

import base64
import hashlib
import json
import re
import sys

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NOTE = r"([^\n]+)\n(\d+)\n([^\n]+)\nsigned ([^\n]+)\n\n\u2014 ([^\n ]+) ([^\n ]+)\n"


def require(holds: object, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def add(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    """Add two points of Ed25519's curve: x*x is one less than y*y by 1 + D*x*x*y*y."""
    (a, b), (c, d) = p, q
    t = D * a * b * c * d
    return (a * d + b * c) * pow(1 + t, -1, P) % P, (b * d + a * c) * pow(1 - t, -1, P) % P


def times(n: int, p: tuple[int, int]) -> tuple[int, int]:
    total = (0, 1)
    while n:
        total, p, n = (add(total, p) if n & 1 else total), add(p, p), n >> 1
    return total


def point(said: bytes) -> tuple[int, int]:
    """Read a point from 32 bytes: y, and in the last bit which of the two x it is."""
    number = int.from_bytes(said, "little")
    y, sign = number % 2**255, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    require(y < P and x * x % P == square and (x or not sign), "key or signature hold no point of the curve")
    return (x if x % 2 == sign else P - x), y


def signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether this is the Ed25519 signature of the text under this key."""
    require(len(public) == 32 and len(signature) == 64, "the key or the signature has another length")
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    s, hashed = int.from_bytes(signature[32:], "little"), hashlib.sha512(signature[:32] + public + text)
    h = int.from_bytes(hashed.digest(), "little") % ORDER
    return s < ORDER and times(s, base) == add(point(signature[:32]), times(h, point(public)))


def plain(said: str) -> bytes:
    value = base64.b64decode(said, validate=True)
    require(base64.b64encode(value).decode() == said, "base64 that could be written in another way")
    return value


def checkpoint(note: str, key: str) -> tuple[int, bytes, str]:
    """Return size, root and time of a checkpoint that this key signed."""
    found = re.fullmatch(NOTE, note)
    require(found is not None, "a checkpoint is not in the form of one")
    origin, size, root, at, name, signature = found.groups()
    key_name, key_id, public = key.split("+", 2)
    raw, blob, text = plain(public), plain(signature), note[: note.index("\n\n") + 1]
    told = hashlib.sha256(f"{key_name}\n".encode() + raw).hexdigest()[:8]
    require(raw[:1] == b"\x01" and told == key_id, "the public key is not whole")
    require(origin == name == key_name and blob[:4].hex() == key_id, "a checkpoint is of another log or key")
    require(signed(raw[1:], text.encode(), blob[4:]), "a checkpoint's signature is false")
    return int(size), plain(root), at


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def hashes(path: list[str]) -> list[bytes]:
    require(
        type(path) is list and all(re.fullmatch("[0-9a-f]{64}", each) for each in path), "no list of hashes"
    )
    return [bytes.fromhex(each) for each in path]


def climb(at: int, last: int, path: list[bytes], value: bytes) -> tuple[bytes, bytes]:
    """Go up the tree from a node; return the root of all to its left with it, and that of the whole tree."""
    before = after = value
    for each in path:
        require(last > 0, "a path is too long")
        if at % 2 or at == last:
            before, after = node(each, before), node(each, after)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, each)
        at, last = at >> 1, last >> 1
    require(last == 0, "a path is too short")
    return before, after


def grown(old: int, new: int, path: list[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """Return both roots as this path has them, where the first tree only grew into the second."""
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    return climb(at, last, path if at == 0 else path[1:], old_root if at == 0 else path[0])


def check(proof: dict, key: str) -> list[str]:
    """Return what is proved, in sentences; raises where anything is amiss."""
    earlier = proof.pop("earlier", None)
    require(set(proof) == {"format", "checkpoint", "entries"}, "the file has other parts than a proof has")
    require(proof["format"] == "pass-it-on proof/1", "the file is of another format")
    size, root, at = checkpoint(proof["checkpoint"], key)
    said = [f"The log had {size} entries, and this was signed at {at}."]
    for entry in proof["entries"]:
        require(set(entry) == {"chain", "seq", "mac", "index", "path"}, "an entry has other parts")
        chain, seq, mac, index = (entry[name] for name in ("chain", "seq", "mac", "index"))
        require(re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", chain), "a chain has no id")
        require(type(seq) is type(index) is int and seq > 0 and 0 <= index < size, "a number is out of range")
        text = bytes.fromhex(chain.replace("-", "")) + seq.to_bytes(8, "big") + hashes([mac])[0]
        leaf = hashlib.sha256(b"\x00" + text).digest()
        require(climb(index, size - 1, hashes(entry["path"]), leaf)[1] == root, f"entry {seq} is not in it")
        said.append(f"In it: entry {seq} of chain {chain}, with the MAC {mac}.")
    if earlier is not None:
        require(set(earlier) == {"checkpoint", "path"}, "the earlier checkpoint has other parts")
        old, old_root, then = checkpoint(earlier["checkpoint"], key)
        require(0 < old < size, "the earlier checkpoint is not of a smaller log")
        roots = grown(old, size, hashes(earlier["path"]), old_root)
        require(roots == (old_root, root), "the log did not only grow between the two checkpoints")
        said.append(f"Nothing of the first {old} entries was changed since {then}.")
    return said


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            print(*check(json.load(file), sys.argv[2]), sep="\n")
    except Exception as trouble:
        sys.exit(f"REFUSED ({type(trouble).__name__}): {trouble}.")

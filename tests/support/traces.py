"""Looking for planted words in whatever was left lying about: files, logs, mail, addresses, cookies."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: How every planted word begins. It is eight letters long, so looking for it alone finds any word of them
#: even where only its first eight letters were kept. Telephone numbers and the day of birth have their own.
MARK = "Quollzyx"
#: How the words begin that are kept openly for everybody: of the directory, with why it was changed.
OPEN_MARK = "Numbatwy"
BORN_ON = "2013-08-17"
MARKS = (MARK, "01632 9606", "016329606", "4416329606", BORN_ON)
_OPEN = "directory."
_PHONES = ("phone", "number", "sender_phone")
_AROUND = 48
_GZIP = b"\x1f\x8b\x08"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_LEAST = len(MARK)
_A_MEGABYTE = 1 << 20


@dataclass
class Words:
    """Gives each box of a walk a word of its own, and remembers which is where."""

    planted: dict[str, str] = field(default_factory=dict)

    def __call__(self, where: str) -> str:
        count = len(self.planted)
        dialled = where.rpartition(".")[2].partition(",")[0] in _PHONES
        mark = OPEN_MARK if where.startswith(_OPEN) else MARK
        said = f"01632 9606{count % 100:02d}" if dialled else f"{mark}{count:03d} l'été"
        return self.planted.setdefault(where, said)

    def is_on(self, pages: str, where: str) -> bool:
        """Whether the word of a box can be read on some page, however numbers are grouped there."""
        said = self.planted[where]
        if said.startswith((MARK, OPEN_MARK)):
            return said.partition(" ")[0].lower() in pages.lower()
        return said.replace(" ", "") in pages.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a planted word was found, in which dress, and what stands around it."""

    place: str
    dress: str
    around: bytes


def dresses(word: str) -> Iterator[tuple[str, bytes]]:
    """Yield a word in every dress in which it could lie about."""
    for case, said in (("as typed", word), ("lower", word.lower()), ("upper", word.upper())):
        encoded = {
            "utf-8": said.encode(),
            "utf-16le": said.encode("utf-16-le"),
            "utf-16be": said.encode("utf-16-be"),
        }
        for name, plain in encoded.items():
            yield f"{case} {name}", plain
            yield f"{case} {name} hex", plain.hex().encode()
            yield f"{case} {name} HEX", plain.hex().upper().encode()
            yield from ((f"{case} {name} base64 +{n}", code) for n, code in enumerate(_base64(plain)))
        yield f"{case} url", "".join(f"%{byte:02X}" for byte in said.encode()).encode()
        yield f"{case} reversed", said.encode()[::-1]


def _base64(plain: bytes) -> Iterator[bytes]:
    """Yield the part of a word's base64 that is the same whatever stands before and after it."""
    for before in range(3):
        code = base64.b64encode(b"\0" * before + plain)
        yield code[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]


def traces(places: Iterable[tuple[str, bytes]], words: Iterable[str] = MARKS) -> list[Trace]:
    """Return every trace of the words: in the bytes, and in whatever compressed is within them."""
    looked_for = {needle: dress for word in words for dress, needle in dresses(word)}
    return [
        trace
        for place, data in places
        for name, plain in ((place, data), *_unpacked(place, data))
        for trace in _in(name, plain, looked_for)
    ]


def _in(place: str, data: bytes, looked_for: Mapping[bytes, str]) -> Iterator[Trace]:
    for needle, dress in looked_for.items():
        at = data.find(needle)
        if at >= 0:
            yield Trace(place, dress, data[max(0, at - _AROUND) : at + len(needle) + _AROUND])


def _unpacked(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    starts = [(found.start(), 15) for found in _ZLIB.finditer(data)]
    starts += [(found.start(), 31) for found in re.finditer(re.escape(_GZIP), data)]
    for start, window in starts:
        try:
            plain = zlib.decompressobj(window).decompress(memoryview(data)[start : start + _A_MEGABYTE])
        except zlib.error:
            continue
        if len(plain) >= _LEAST:
            yield f"{place}, unpacked at {start}", plain


def files_in(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file under some folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(path), path.read_bytes()


def texts(name: str, said: Iterable[str]) -> tuple[str, bytes]:
    """Return lines of text as one place to look in."""
    return name, "\n".join(said).encode()


def cookie_words(value: str) -> str:
    """Return what a signed cookie says to whoever unpacks it."""
    payload, packed = value.removeprefix("."), value.startswith(".")
    said = base64.urlsafe_b64decode(payload.partition(".")[0] + "===")
    return (zlib.decompress(said) if packed else said).decode(errors="replace")


def keys_as_bytes(keys: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield keys in every dress in which one could lie about."""
    for name, key in keys.items():
        yield name, key
        yield f"{name} hex", key.hex().encode()
        yield f"{name} HEX", key.hex().upper().encode()
        yield from ((f"{name} base64 +{n}", code) for n, code in enumerate(_base64(key)))

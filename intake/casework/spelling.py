"""Names as they are compared: without accents, capitals, apostrophes and hyphens, and one slip apart."""

import re
import unicodedata
from collections.abc import Iterator

#: Letters that are not made of a plain one and a mark, however they look.
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ɖ": "d",
        "ɗ": "d",
        "ł": "l",
        "ø": "o",
        "ɔ": "o",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "ɛ": "e",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "ɓ": "b",
        "ƙ": "k",
        "ƴ": "y",
    }
)

#: What stands inside a name and is left out by many who type it: every kind of apostrophe.
_STRAIGHT = re.compile("['`]")
_OTHERS = re.compile("[^a-z0-9]+")
_APOSTROPHES = frozenset("'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\u02bd\u2032\uff07")


def parts(text: str) -> Iterator[str]:
    """Yield the parts of a name in small plain letters: "O'Brien-Nguyễn" is obrien and nguyen."""
    if text.isascii():
        yield from _OTHERS.sub(" ", _STRAIGHT.sub("", text.lower())).split()
        return
    # The straight apostrophe's look-alikes go first: to decompose one of them would leave a space.
    whole = "".join(letter for letter in text if letter not in _APOSTROPHES)
    plain = unicodedata.normalize("NFKD", whole.casefold().translate(_PLAIN))
    kept = (letter for letter in plain if letter not in _APOSTROPHES and not unicodedata.combining(letter))
    yield from "".join(letter if letter.isalnum() else " " for letter in kept).split()


def one_slip(one: str, other: str) -> bool:
    """Tell whether one letter was left out, added, changed, or two beside each other swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    alike = 0
    while alike < min(len(one), len(other)) and one[alike] == other[alike]:
        alike += 1
    rest, wanted = one[alike:], other[alike:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )

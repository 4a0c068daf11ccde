"""Whether a typed name may be this child's or a colleague's, whatever the accents, the order or a slip."""

import unicodedata
from collections.abc import Iterator

from intake.casework.documents.child import ChildCard

#: A typed part of at least this many letters may have one letter wrong.
_LONG_ENOUGH_FOR_A_SLIP = 3

#: A word of a text of at least this many letters may be a name with one letter wrong.
_LONG_ENOUGH_IN_A_TEXT = 5

#: Letters that are not made of a plain one and a mark.
_PLAIN = str.maketrans({"đ": "d", "ł": "l", "ø": "o"})

#: What stands inside a name and is left out by many who type it: every kind of apostrophe.
_APOSTROPHES = frozenset("'`\u2018\u2019\u02bc")


def may_be(typed: str, card: ChildCard) -> bool:
    """Tell whether every part of what was typed begins, or nearly is, a part of the child's names."""
    wanted = tuple(_parts(typed))
    names = tuple(_parts(f"{card.given_name} {card.family_name} {card.known_as}"))
    return bool(wanted) and all(any(_fits(part, name) for name in names) for part in wanted)


def mentions(text: str, name: str) -> bool:
    """Tell whether a text may speak of somebody: their last name stands in it, or nearly does.

    It is only ever asked, never decided: 'Carter' in a text may be another Carter.
    """
    parts = tuple(_parts(name))
    if not parts:
        return False
    wanted = parts[-1]
    return any(said == wanted or _may_be_a_slip(said, wanted) for said in _parts(text))


def _may_be_a_slip(said: str, wanted: str) -> bool:
    """Tell whether a word is one slip from a name; short words are too like each other to say."""
    return min(len(said), len(wanted)) >= _LONG_ENOUGH_IN_A_TEXT and _one_slip(said, wanted)


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a name in small plain letters: "O'Brien-Nguyễn" is obrien and nguyen."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    kept = (letter for letter in plain if letter not in _APOSTROPHES and not unicodedata.combining(letter))
    yield from "".join(letter if letter.isalnum() else " " for letter in kept).split()


def _fits(part: str, name: str) -> bool:
    if name.startswith(part):
        return True
    return len(part) >= _LONG_ENOUGH_FOR_A_SLIP and _one_slip(part, name)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter was left out, added, changed, or two beside each other swapped."""
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

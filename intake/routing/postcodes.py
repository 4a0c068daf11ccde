"""Postcodes as people type them: half of one, in small letters, of the forces, of Scotland, mistyped."""

import re
from dataclasses import dataclass
from enum import StrEnum, unique

#: The longest thing anybody could mean; anything longer is not a postcode and is not searched.
_LONGEST = 20

_OUTWARD = r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?|GIR)"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(rf"({_OUTWARD})({_INWARD})")
_FIRST_HALF = re.compile(rf"\s*({_OUTWARD})(?:\s+[0-9])?\s*")
_FORCES = re.compile(r"BFPO[0-9]{1,4}|BF1[0-9][A-Z]{2}")
_AREA = re.compile(r"[A-Z]{1,2}(?=[0-9])")

#: In the second half a digit comes first: letters typed for it are what they look like.
_MISTYPED_INWARD = re.compile(r"(?<=.{2})([OIL])(?=[ABD-HJLNP-UW-Z]{2}$)")
_LOOKS_LIKE = {"O": "0", "I": "1", "L": "1"}

#: Postcode areas wholly outside England and Wales. DG, TD and CA lie on the border and are left out.
_ELSEWHERE = frozenset(
    {"AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"}
    | {"BT", "GY", "IM", "JE"}
)


@unique
class PostcodeKind(StrEnum):
    """What was typed, when it was meant for a postcode."""

    WHOLE = "whole"
    FIRST_HALF = "first_half"
    FORCES = "forces"
    ELSEWHERE = "elsewhere"
    NOT_ONE = "not_one"


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode as read: `text` in its usual form, or as typed when it is not one."""

    kind: PostcodeKind
    text: str
    outward: str

    @property
    def whole(self) -> str:
        """The whole of it in its usual form, wherever it is; '' where there is less."""
        known = self.kind in {PostcodeKind.WHOLE, PostcodeKind.ELSEWHERE} and self.text != self.outward
        return self.text if known else ""


def read_postcode(typed: str) -> Postcode:
    """Read what somebody typed; never an error, since 'not a postcode' is an answer too."""
    packed = re.sub(r"[^A-Z0-9]", "", typed.upper()) if len(typed) <= _LONGEST else ""
    if _FORCES.fullmatch(packed):
        return Postcode(PostcodeKind.FORCES, typed.strip().upper(), "")
    packed = _MISTYPED_INWARD.sub(lambda found: _LOOKS_LIKE[found[1]], packed)
    if whole := _WHOLE.fullmatch(packed):
        return _of_area(PostcodeKind.WHOLE, f"{whole[1]} {whole[2]}", whole[1])
    if half := _FIRST_HALF.fullmatch(typed.upper()):
        return _of_area(PostcodeKind.FIRST_HALF, half[1], half[1])
    return Postcode(PostcodeKind.NOT_ONE, typed.strip(), "")


def _of_area(kind: PostcodeKind, text: str, outward: str) -> Postcode:
    area = _AREA.match(outward)
    elsewhere = area is not None and area[0] in _ELSEWHERE
    return Postcode(PostcodeKind.ELSEWHERE if elsewhere else kind, text, outward)

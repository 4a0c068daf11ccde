"""Numbers and addresses that all but one person or thing has: how each is checked and written one way."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.casework.documents.child import ChildCard
from intake.vocabulary import IdentifierKind

#: The check letters of a UPN: no I, O or S.
_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN: Final = re.compile(rf"[{_UPN_LETTERS}]\d{{11}}[\d{_UPN_LETTERS}]")
_NHS_NUMBER: Final = re.compile(r"\d{10}")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_PHONE: Final = re.compile(r"(?<![\w+])(?:\+|00|0)[\d ().-]{7,24}\d(?!\w)")
_E164: Final = re.compile(r"\+[1-9]\d{7,14}")
#: The registrations of Great Britain since 1963 and of Northern Ireland; older ones are too like other words.
_VEHICLE: Final = re.compile(
    r"[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|(?=[A-Z]*[IZ])[A-Z]{3}\d{1,4}"
)
_NHS_NUMBER_IN_A_LINE: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_UPN_IN_A_LINE: Final = re.compile(r"\b[A-Za-z]\d{11}[\dA-Za-z]\b")
_WORDS_OF_A_PLATE: Final = 3
#: A shorter registration may be all that was seen of a longer one: 'B12 CDE' of AB12 CDE.
_LONGEST_PLATE: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """One identifier, written the one way in which it is indexed."""

    kind: IdentifierKind
    written: str

    @property
    def may_be_part(self) -> bool:
        """Whether it may also be a part of another identifier."""
        return self.kind is IdentifierKind.VEHICLE and len(self.written) < _LONGEST_PLATE


def nhs_number(typed: str) -> str | None:
    """Return an NHS number as ten digits, None where its check digit says that it is none."""
    digits = re.sub(r"[\s-]", "", typed)
    if not _NHS_NUMBER.fullmatch(digits) or not digits.isascii():
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return digits if (11 - total % 11) % 11 == int(digits[9]) else None


def upn(typed: str) -> str | None:
    """Return a unique pupil number, None where its check letter says that it is none.

    A temporary one ends in a letter, which counts as its place among the check letters.
    """
    said = re.sub(r"\s", "", typed).upper()
    if not _UPN.fullmatch(said) or not said.isascii():
        return None
    values = (int(each) if each.isdigit() else _UPN_LETTERS.index(each) for each in said[1:])
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return said if _UPN_LETTERS[total % len(_UPN_LETTERS)] == said[0] else None


def phone(typed: str) -> str | None:
    """Return a telephone number in E.164; one without a country code is taken to be of this country."""
    digits = re.sub(r"[^\d+]", "", typed.replace("(0)", ""))
    for begins, country in (("00", "+"), ("0", "+44")):
        if digits.startswith(begins):
            digits = country + digits.removeprefix(begins)
            break
    return digits if _E164.fullmatch(digits) and digits.isascii() else None


def email(typed: str) -> str | None:
    """Return an e-mail address as it is written whatever case or width it was typed in."""
    said = unicodedata.normalize("NFKC", typed).strip().strip(".").lower()
    return said if _EMAIL.fullmatch(said) else None


def vehicle(typed: str) -> str | None:
    """Return a whole vehicle registration in capitals without spaces."""
    said = re.sub(r"[\s-]", "", typed).upper()
    return said if _VEHICLE.fullmatch(said) and said.isascii() else None


def identifiers_of(card: ChildCard) -> frozenset[Identifier]:
    """Return everything on a card by which it is found exactly."""
    said = ((IdentifierKind.NHS_NUMBER, nhs_number(card.nhs_number)), (IdentifierKind.UPN, upn(card.upn)))
    known = (Identifier(kind, written) for kind, written in said if written is not None)
    return frozenset((*known, *identifiers_in(card.identifiers)))


def identifiers_in(text: str) -> frozenset[Identifier]:
    """Return every whole identifier in what somebody typed, a line at a time."""
    return frozenset(found for line in text.splitlines() for found in _in_line(line))


def _in_line(line: str) -> Iterator[Identifier]:
    for kind, find, write in _FOUND:
        for said in find(line):
            written = write(said)
            if written is not None:
                yield Identifier(kind, written)


def _words_together(line: str) -> Iterator[str]:
    """Yield one, two and three words of a line together: 'AB12 CDE' is one registration."""
    words = re.findall(r"[^\W_]+", line)
    for many in range(1, _WORDS_OF_A_PLATE + 1):
        for start in range(len(words) - many + 1):
            yield "".join(words[start : start + many])


#: How each kind is looked for in a line, and then checked and written.
_FOUND: Final[
    tuple[tuple[IdentifierKind, Callable[[str], Iterable[str]], Callable[[str], str | None]], ...]
] = (
    (IdentifierKind.NHS_NUMBER, _NHS_NUMBER_IN_A_LINE.findall, nhs_number),
    (IdentifierKind.UPN, _UPN_IN_A_LINE.findall, upn),
    (IdentifierKind.PHONE, _PHONE.findall, phone),
    (IdentifierKind.EMAIL, _EMAIL.findall, email),
    (IdentifierKind.VEHICLE, _words_together, vehicle),
)

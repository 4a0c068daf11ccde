"""What stands against an answer, found all at once and refused one at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.errors import Refused


@dataclass(frozen=True, slots=True)
class Objection:
    """The field at fault and a stable code for what is wrong; `intake.words.refusals` has the sentence.

    A field inside a row is named as the form names it: `plan-0-owner`.
    """

    field: str
    code: str


def refuse_any(objections: Iterable[Objection]) -> None:
    """Raise Refused for the first objection; a form lists them all before it comes to this."""
    first = next(iter(objections), None)
    if first is not None:
        raise Refused(first.field, first.code)


def says_something(text: str) -> bool:
    """Tell words from a blank or a dash: a letter or a figure of any script must stand in it."""
    return any(character.isalnum() for character in text)

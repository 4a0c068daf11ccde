"""A home that is withheld, blacked out where its very words stand among others (ADR 144).

What is found is the postcode, however it is spaced, and a house number with its street as the card has them;
capitals, spaces and punctuation are forgiven. Only what is shown is changed, never what is kept.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

T = TypeVar("T")

_BLACK: Final = "█"
_POSTCODE_MARK: Final = f"{_BLACK * 3} {_BLACK * 3}"
#: What stands for a house number and its street; for a further one, one more.
STREET_MARK: Final = _BLACK * 5
#: What may stand between two parts of an address: nothing, or as much as a comma, a space and a line's end.
_BETWEEN: Final = r"[\W_]{0,3}"
_POSTCODE = re.compile(r"(?<![^\W_])[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}(?![^\W_])", re.IGNORECASE)
_PART = re.compile(r"[^\W_]+")
_HOUSE = re.compile(r"\d+[^\W\d_]?")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_BREAK = re.compile(r"[,;\n]")
#: A number and so much of its street's name is the street: '14 Mill' alone could be fourteen of anything.
_WORDS_OF_A_STREET: Final = 2


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What is looked for, what stands in its place, and how the card has it."""

    found: re.Pattern[str]
    mark: str
    said: str

    @property
    def marked(self) -> re.Pattern[str]:
        """The mark by itself: no part of a longer one."""
        return re.compile(rf"(?<!{_BLACK}){self.mark}(?!{_BLACK})")


class WithheldHome:
    """The address and postcode of a card, as they are looked for among other words."""

    def __init__(self, address: str, postcode: str) -> None:
        streets = enumerate(_streets(address))
        packed = "".join(_PART.findall(postcode))
        postcodes = (_usual(found.group()) for found in _POSTCODE.finditer(f"{address}\n{packed}"))
        self._hidden = (
            *(
                _Hidden(_whole(pattern), STREET_MARK + _BLACK * more, said)
                for more, (pattern, said) in streets
            ),
            *(_Hidden(_whole(_spaced(said)), _POSTCODE_MARK, said) for said in postcodes),
        )

    def black_out(self, text: str) -> str:
        """Return a text as it is shown."""
        for each in self._hidden:
            text = each.found.sub(each.mark, text)
        return text

    def put_back(self, text: str) -> str:
        """Return a text that somebody edited as it was shown, with what was hidden from them."""
        for each in self._hidden:
            text = each.marked.sub(lambda _, said=each.said: said, text)  # type: ignore[misc]  # one group less
        return text

    def shown(self, document: T) -> T:
        """Return a document with every text of it as it is shown."""
        shown: T = _changed(document, self.black_out)
        return shown

    def edited(self, document: T) -> T:
        """Return a document that somebody edited as it was shown, with what was hidden from them."""
        edited: T = _changed(document, self.put_back)
        return edited


def has_marks(document: object) -> bool:
    """Tell whether a text of a document has something blacked out in it."""
    return bool(_changed(document, lambda text: text.replace(_BLACK, "")) != document)


def _changed(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any value a document has
    """Change every text, and no code: those are texts of a kind of their own."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(each, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        said = {each.name: _changed(getattr(value, each.name), change) for each in fields(value)}
        return replace(value, **said)
    return value


def _whole(pattern: str) -> re.Pattern[str]:
    """Look for whole words only."""
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)


def _streets(address: str) -> Iterator[tuple[str, str]]:
    """Yield each house number with its street: how it is found, and how it was typed."""
    house: re.Match[str] | None = None
    words: list[re.Match[str]] = []
    before = 0
    for part in _PART.finditer(address):
        is_house = _HOUSE.fullmatch(part.group()) is not None
        is_next = _BREAK.search(address, before, part.start()) is not None
        if house and words and (is_house or is_next):
            yield _street(address, house, words)
            house, words = None, []
        if is_house:
            house = part
        elif house:
            words.append(part)
        before = part.end()
    if house and words:
        yield _street(address, house, words)


def _street(address: str, house: re.Match[str], words: list[re.Match[str]]) -> tuple[str, str]:
    must, may = words[:_WORDS_OF_A_STREET], words[_WORDS_OF_A_STREET:]
    pattern = _BETWEEN.join(map(_spelled, (house, *must)))
    pattern += "".join(f"(?:{_BETWEEN}{_spelled(each)}" for each in may) + ")?" * len(may)
    return pattern, address[house.start() : words[-1].end()]


def _spelled(part: re.Match[str]) -> str:
    return _BETWEEN.join(map(re.escape, _PIECE.findall(part.group())))


def _usual(postcode: str) -> str:
    packed = "".join(_PART.findall(postcode)).upper()
    return f"{packed[:-3]} {packed[-3:]}"


def _spaced(postcode: str) -> str:
    return _BETWEEN.join(re.escape(each) for each in postcode if not each.isspace())

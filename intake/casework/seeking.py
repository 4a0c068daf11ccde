"""Which identity cards may be of the child somebody looks for, why, and which of them first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.casework.birthdays import Born, birthday_match
from intake.casework.documents.child import ChildCard
from intake.casework.identifiers import Identifier, identifiers_in, identifiers_of, nhs_number, upn
from intake.casework.name_forms import OTHER_FORMS
from intake.casework.names import name_parts
from intake.casework.sounds import always_heard, sound
from intake.casework.spelling import one_slip, parts
from intake.vocabulary import MatchReason

#: How far each likeness stands from the same child; what speaks for it is below nothing.
_FAR: Final = {
    MatchReason.SAME_IDENTIFIER: -20,
    MatchReason.PART_OF_IDENTIFIER: -8,
    MatchReason.SAME_NAME: 0,
    MatchReason.NAME_BEGINS: 2,
    MatchReason.OTHER_FORM: 2,
    MatchReason.ONE_SLIP: 3,
    MatchReason.SOUNDS_ALIKE: 4,
    MatchReason.PART_OF_NAME: 6,
    MatchReason.SAME_BIRTHDAY: -6,
    MatchReason.DAY_AND_MONTH_SWAPPED: -4,
    MatchReason.ONE_DIGIT_OFF: -3,
    MatchReason.SAME_YEAR: -2,
    MatchReason.SAME_AGE: -2,
    MatchReason.OTHER_BIRTHDAY: 5,
}
_IN_ORDER: Final = tuple(MatchReason)
#: A birthday so near that one part of the name is enough.
_SAME_DAY: Final = frozenset(
    {MatchReason.SAME_BIRTHDAY, MatchReason.DAY_AND_MONTH_SWAPPED, MatchReason.ONE_DIGIT_OFF}
)
#: Likenesses of a name that outweigh another birthday on the card.
_CLOSE: Final = frozenset({MatchReason.SAME_NAME, MatchReason.OTHER_FORM})

_OF_A_NAME: Final = frozenset(
    {
        MatchReason.SAME_NAME,
        MatchReason.NAME_BEGINS,
        MatchReason.OTHER_FORM,
        MatchReason.ONE_SLIP,
        MatchReason.SOUNDS_ALIKE,
        MatchReason.PART_OF_NAME,
    }
)

#: A typed part of at least this many letters may have one letter wrong, or only sound alike.
_LONG_ENOUGH: Final = 3
#: A part of a number plate or nickname of fewer letters is in too many.
_FEWEST_OF_A_PART: Final = 2
_MOST_PARTS: Final = 8
#: Parts of a name that people write together: 'van der Berg' is also Vanderberg.
_TOGETHER: Final = (2, 3)
#: What is mistaken for each other on a number plate.
_LOOK_ALIKE: Final = str.maketrans("oil", "011")

_Likes = dict[str, MatchReason]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the child looked for: names they may go by, when they were born, anything else."""

    names: tuple[str, ...] = ()
    born: Born | None = None
    other: str = ""

    @classmethod
    def like(cls, card: ChildCard) -> "Sought":
        """Look for whoever has a card like this one."""
        names = (f"{card.given_name} {card.family_name}", f"{card.known_as} {card.family_name}")
        said = (name for name in (names if card.known_as.strip() else names[:1]) if name.strip())
        born = None if card.born_on is None else Born(on=card.born_on)
        # A number that cannot be right would be looked for as if it were part of a nickname.
        numbers = (nhs_number(card.nhs_number), upn(card.upn))
        return cls(tuple(said), born, "\n".join(filter(None, (*numbers, card.identifiers))))

    @property
    def identifiers(self) -> frozenset[Identifier]:
        """The whole identifiers among what was said."""
        return identifiers_in(self.other)

    @property
    def only_whole(self) -> bool:
        """Whether all that was said is whole identifiers: what an index leads to is the answer then."""
        said = [line for line in self.other.splitlines() if line.strip()]
        return not self.names and self.born is None and bool(said) and all(map(_whole, said))


@dataclass(frozen=True, slots=True)
class Match:
    """Why a card was found, the closest reason first; the lower `far`, the likelier the same child."""

    far: int
    reasons: tuple[MatchReason, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a name that is sought, how it sounds, and whether it was typed so or is two in one."""

    part: str
    typed: bool
    other_forms: frozenset[str]
    heard: str
    always_heard: frozenset[str]

    @classmethod
    def of(cls, part: str, *, typed: bool) -> "_Part":
        return cls(part, typed, OTHER_FORMS.get(part, frozenset()), sound(part), always_heard(part))


@dataclass(frozen=True, slots=True)
class _Named:
    """How far a card's name is from one sought, in what ways, and whether `enough` without a birthday."""

    far: int
    reasons: frozenset[MatchReason]
    enough: bool

    @property
    def told(self) -> frozenset[MatchReason]:
        """The ways in which it is alike: where one part of the name differs, the name is not 'the same'."""
        differs = self.reasons - {MatchReason.SAME_NAME}
        return differs or self.reasons

    def stands(self, born: MatchReason | None) -> bool:
        """Whether it is still a match beside what the card says of the birthday."""
        if born is MatchReason.OTHER_BIRTHDAY:
            return self.enough and self.reasons <= _CLOSE
        return self.enough or born in _SAME_DAY


class Seeker:
    """Compares one card after another with what is sought; each name is weighed only once."""

    def __init__(self, sought: Sought, today: date) -> None:
        self._born = sought.born
        self._today = today
        self._identifiers = sought.identifiers
        self._other = tuple(_patterns(sought.other))
        typed = [name_parts(name)[:_MOST_PARTS] for name in sought.names]
        self._ways = tuple(way for name in typed for way in _ways(name))
        as_typed = {part for name in typed for part in name}
        wanted = {part for way in self._ways for part in way}
        self._wanted = tuple(_Part.of(part, typed=part in as_typed) for part in sorted(wanted))
        self._weighed: dict[str, _Likes] = {}

    def match(self, card: ChildCard) -> Match | None:
        """Return why this may be the child, or None."""
        by_identifier = self._by_identifier(card)
        named = self._by_name(card) if self._ways else None
        if by_identifier is None and named is None and self._ways:
            return None
        found = set() if by_identifier is None else {by_identifier}
        born = None if self._born is None else birthday_match(self._born, card, self._today)
        far = 0
        if named is not None and named.stands(born):
            found |= named.told
            far = named.far
        elif not found and (self._ways or born not in _SAME_DAY):
            return None
        if born is not None:
            found.add(born)
        far += sum(_FAR[reason] for reason in found - _OF_A_NAME)
        return Match(far, tuple(sorted(found, key=_IN_ORDER.index)))

    def _by_identifier(self, card: ChildCard) -> MatchReason | None:
        if self._identifiers and self._identifiers & identifiers_of(card):
            return MatchReason.SAME_IDENTIFIER
        if self._other and card.identifiers:
            lines = [_squeezed(line) for line in card.identifiers.splitlines()]
            if any(wanted.search(line) for wanted in self._other for line in lines):
                return MatchReason.PART_OF_IDENTIFIER
        return None

    def _by_name(self, card: ChildCard) -> _Named | None:
        """Return how near the card's name comes in the best of ways; None where nothing of it is alike."""
        likes = self._alike(card)
        if not likes:
            return None
        whole = bool(card.given_name.strip() and card.family_name.strip())
        ways = (_named(way, likes, known_whole=whole) for way in self._ways)
        found = (each for each in ways if each is not None)
        return min(found, key=lambda each: (not each.enough, each.far), default=None)

    def _alike(self, card: ChildCard) -> _Likes:
        likes: _Likes = {}
        for name in (card.given_name, card.family_name, card.known_as):
            if name:
                alike = self._weighed.get(name)
                for wanted, reason in (self._weigh(name) if alike is None else alike).items():
                    _keep_nearer(likes, wanted, reason)
        return likes

    def _weigh(self, name: str) -> _Likes:
        """Weigh a name of the cards against every part sought, once for all the cards that bear it."""
        said = name_parts(name)
        likes: _Likes = {}
        self._weighed[name] = likes
        for part in {*said, "".join(said)} - {""}:
            heard = always_heard(part)
            for wanted in self._wanted:
                reason = _likeness(wanted, part, heard)
                if reason is not None:
                    _keep_nearer(likes, wanted.part, reason)
        return likes


def _ways(wanted: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the parts as typed, and with some that stand side by side written together."""
    if wanted:
        yield wanted
    for many in _TOGETHER:
        for start in range(len(wanted) - many + 1):
            yield (*wanted[:start], "".join(wanted[start : start + many]), *wanted[start + many :])


def _named(way: tuple[str, ...], likes: _Likes, *, known_whole: bool) -> _Named | None:
    alike = [likes[wanted] for wanted in way if wanted in likes]
    far, reasons = sum(_FAR[reason] for reason in alike), frozenset(alike)
    if len(alike) == len(way):
        return _Named(far, reasons, enough=True)
    if not reasons - {MatchReason.NAME_BEGINS}:
        return None
    # Somebody took another name, or one of them was never known here.
    lacking = MatchReason.PART_OF_NAME
    return _Named(far + _FAR[lacking], reasons | {lacking}, enough=not known_whole)


def _likeness(sought: _Part, part: str, heard: frozenset[str]) -> MatchReason | None:
    """Return how a part of a card's name is like one that is sought; `heard` is always heard of it."""
    wanted = sought.part
    if part == wanted:
        return MatchReason.SAME_NAME
    # Two that were typed apart begin like the first of them, which says nothing of the second.
    shorter = sought.typed and len(part) >= _LONG_ENOUGH and wanted.startswith(part)
    if shorter or part.startswith(wanted):
        return MatchReason.NAME_BEGINS
    if part in sought.other_forms:
        return MatchReason.OTHER_FORM
    if len(wanted) < _LONG_ENOUGH:
        return None
    if one_slip(wanted, part):
        return MatchReason.ONE_SLIP
    alike = heard == sought.always_heard and sound(part) == sought.heard
    return MatchReason.SOUNDS_ALIKE if alike else None


def _keep_nearer(likes: _Likes, wanted: str, reason: MatchReason) -> None:
    if wanted not in likes or _FAR[reason] < _FAR[likes[wanted]]:
        likes[wanted] = reason


def _patterns(typed: str) -> Iterator[re.Pattern[str]]:
    """Yield what to look for of each line that is no whole identifier: `?` is what was not seen."""
    for line in typed.splitlines():
        if _whole(line):
            continue
        seen = [_squeezed(part) for part in re.split(r"[?*]+", line)]
        if sum(map(len, seen)) >= _FEWEST_OF_A_PART:
            yield re.compile(".".join(re.escape(part) for part in seen))


def _whole(line: str) -> bool:
    return any(not each.may_be_part for each in identifiers_in(line))


def _squeezed(text: str) -> str:
    return "".join(parts(text)).translate(_LOOK_ALIKE)

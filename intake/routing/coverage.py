"""Whether somebody answers at every minute: the check a directory must pass before anybody relies on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, unique

from intake.calendars.hours import Hours, WheneverClosed, while_closed
from intake.calendars.local_time import to_local
from intake.calendars.term import Term
from intake.routing.directory import DUTY_KINDS, AcceptedGap, Authority, Directory, Phone, Service
from intake.vocabulary import Nation, OpenState, ServiceKind

#: A number nobody has checked for so long is named.
CHECKED_WITHIN = timedelta(days=180)
_WELSH = "cy"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time at which an authority has nobody on duty; aware UTC, the end not included."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Overlap:
    """A time at which services of one kind are on duty at once, so that it is not said which to ring."""

    kind: ServiceKind
    services: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime


@unique
class Unreached(StrEnum):
    """Why nobody is ever sent to a service."""

    NEVER_ON_DUTY = "never_on_duty"
    ALWAYS_BEHIND = "always_behind"


@dataclass(frozen=True, slots=True)
class NumberNotChecked:
    """A number that nobody has checked, or not lately."""

    service: str
    number: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the check found of one authority; only a gap that nobody has accepted makes it fail.

    `accepted` are the gaps somebody has, each whole, with their reasons.
    """

    authority: Authority
    gaps: tuple[Gap, ...]
    accepted: tuple[AcceptedGap, ...]
    overlaps: tuple[Overlap, ...]
    unknown_hours: tuple[str, ...]
    unreached: tuple[tuple[str, Unreached], ...]
    languages_missing: tuple[str, ...]
    not_checked: tuple[NumberNotChecked, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A time in which nothing changes: who is on duty, in the order they are tried, and the police."""

    begins_at: datetime
    ends_at: datetime
    states: tuple[tuple[Service, OpenState], ...]
    police: OpenState

    @property
    def answered(self) -> bool:
        """Whether somebody is there, or may be with the police behind them."""
        states = {state for _, state in self.states}
        return OpenState.OPEN in states or (OpenState.UNKNOWN in states and self.police is OpenState.OPEN)

    def reached(self) -> Iterator[str]:
        """Give whom a caller is sent to: all not known to be closed, as far as the first who is there."""
        for service, state in self.states:
            if state is not OpenState.CLOSED:
                yield service.slug
            if state is OpenState.OPEN:
                return


def coverage(directory: Directory, authority: Authority, begins_at: datetime, days: int) -> Coverage:
    """Look at every minute of `days` days of one authority.

    Hours nobody has confirmed are named and are no gap while the police answer at that minute.
    """
    services, police = _tried(directory, authority, begins_at, days), directory.police(authority)
    ends_at = begins_at + timedelta(days=days)
    spans = tuple(_spans(services, police, begins_at, ends_at))
    gaps = tuple(_joined(Gap(span.begins_at, span.ends_at) for span in spans if not span.answered))
    today = to_local(begins_at).date()
    everybody = directory.by_authority.get(authority.code, ())
    return Coverage(
        authority=authority,
        gaps=tuple(_not_accepted(gaps, authority.accepted_gaps)),
        accepted=tuple(one for one in authority.accepted_gaps if any(_meet(gap, one) for gap in gaps)),
        overlaps=tuple(_overlaps(spans)),
        unknown_hours=tuple(one.slug for one in services if one.slug in _ever(spans, OpenState.UNKNOWN)),
        unreached=tuple(_unreached(services, spans)),
        languages_missing=_languages_missing(authority, services, begins_at),
        not_checked=not_checked((*everybody, police), today),
    )


def not_checked(services: tuple[Service, ...], today: date) -> tuple[NumberNotChecked, ...]:
    """Give the numbers nobody has checked in the last 180 days."""
    return tuple(
        NumberNotChecked(service.slug, phone.number, phone.provenance.checked_on)
        for service in services
        for phone in service.phones
        if _is_stale(phone, today)
    )


def _is_stale(phone: Phone, today: date) -> bool:
    checked_on = phone.provenance.checked_on
    return checked_on is None or today - checked_on > CHECKED_WITHIN


def _tried(directory: Directory, authority: Authority, begins_at: datetime, days: int) -> tuple[Service, ...]:
    """Give the duty services that exist on some day of the time looked at, in the order they are tried."""
    ends_at = begins_at + timedelta(days=days)
    listed = [s for s in directory.by_authority.get(authority.code, ()) if s.kind in DUTY_KINDS]
    there = (service for service in listed if _touches(service.term, begins_at, ends_at))
    return tuple(sorted(there, key=lambda service: DUTY_KINDS.index(service.kind)))


def _touches(term: Term, begins_at: datetime, ends_at: datetime) -> bool:
    first, last = term.begins_at(), term.ends_at()
    return (first is None or first < ends_at) and (last is None or last > begins_at)


def _spans(
    services: tuple[Service, ...], police: Service, begins_at: datetime, ends_at: datetime
) -> Iterator[_Span]:
    walk = _Walk(begins_at, ends_at)
    together = list(walk.together(tuple(service.hours for service in (*services, police))))
    ends = [*(at for at, _ in together[1:]), ends_at]
    for (at, states), until in zip(together, ends, strict=True):
        yield _Span(at, until, tuple(zip(services, states, strict=False)), states[-1])


class _Walk:
    """The changes of hours from one instant to another, each hours walked once.

    Those that follow others are made of theirs: asked one by one, a row of followers would cost its square.
    """

    def __init__(self, begins_at: datetime, ends_at: datetime) -> None:
        self._begins_at = begins_at
        self._ends_at = ends_at
        self._walked: dict[int, Mapping[datetime, OpenState]] = {}

    def together(self, several: tuple[Hours, ...]) -> Iterator[tuple[datetime, tuple[OpenState, ...]]]:
        """Give each instant at which one of several hours changes, the first included, with all states."""
        walked = [self._changes(hours) for hours in several]
        states = tuple(changes[self._begins_at] for changes in walked)
        for at in sorted({at for changes in walked for at in changes}):
            states = tuple(changes.get(at, state) for changes, state in zip(walked, states, strict=True))
            yield at, states

    def _changes(self, hours: Hours) -> Mapping[datetime, OpenState]:
        if id(hours) not in self._walked:
            found = self._following(hours) if isinstance(hours, WheneverClosed) else self._asked(hours)
            self._walked[id(hours)] = dict(found)
        return self._walked[id(hours)]

    def _following(self, hours: WheneverClosed) -> Iterator[tuple[datetime, OpenState]]:
        return ((at, while_closed(states)) for at, states in self.together(hours.others))

    def _asked(self, hours: Hours) -> Iterator[tuple[datetime, OpenState]]:
        at: datetime | None = self._begins_at
        while at is not None and at < self._ends_at:
            yield at, hours.state_at(at)
            at = hours.next_change(at)


def _joined(pieces: Iterable[Gap]) -> Iterator[Gap]:
    """Give times that follow each other without a break as one."""
    open_piece: Gap | None = None
    for piece in pieces:
        if open_piece and open_piece.ends_at == piece.begins_at:
            open_piece = Gap(open_piece.begins_at, piece.ends_at)
            continue
        if open_piece:
            yield open_piece
        open_piece = piece
    if open_piece:
        yield open_piece


def _not_accepted(gaps: Iterable[Gap], accepted: tuple[AcceptedGap, ...]) -> Iterator[Gap]:
    for gap in gaps:
        rest = [gap]
        for one in accepted:
            rest = [part for left in rest for part in _without(left, one)]
        yield from rest


def _without(gap: Gap, one: AcceptedGap) -> Iterator[Gap]:
    before = Gap(gap.begins_at, min(gap.ends_at, one.begins_at))
    after = Gap(max(gap.begins_at, one.ends_at), gap.ends_at)
    return (part for part in (before, after) if part.begins_at < part.ends_at)


def _meet(gap: Gap, one: AcceptedGap) -> bool:
    return gap.begins_at < one.ends_at and one.begins_at < gap.ends_at


def _overlaps(spans: tuple[_Span, ...]) -> Iterator[Overlap]:
    found: dict[tuple[ServiceKind, tuple[str, ...]], list[Gap]] = {}
    for span in spans:
        for kind in DUTY_KINDS:
            there = tuple(s.slug for s, state in span.states if s.kind is kind and state is OpenState.OPEN)
            if len(there) > 1:
                found.setdefault((kind, there), []).append(Gap(span.begins_at, span.ends_at))
    for (kind, services), pieces in found.items():
        for piece in _joined(pieces):
            yield Overlap(kind, services, piece.begins_at, piece.ends_at)


def _ever(spans: tuple[_Span, ...], *wanted: OpenState) -> frozenset[str]:
    return frozenset(service.slug for span in spans for service, state in span.states if state in wanted)


def _unreached(services: tuple[Service, ...], spans: tuple[_Span, ...]) -> Iterator[tuple[str, Unreached]]:
    there = _ever(spans, OpenState.OPEN, OpenState.UNKNOWN)
    reached = {slug for span in spans for slug in span.reached()}
    for service in services:
        if service.slug not in reached:
            why = Unreached.ALWAYS_BEHIND if service.slug in there else Unreached.NEVER_ON_DUTY
            yield service.slug, why


def _languages_missing(authority: Authority, services: tuple[Service, ...], at: datetime) -> tuple[str, ...]:
    phones = (phone for service in services for phone in service.phones if phone.term.holds_at(at))
    welsh_is_due = authority.nation is Nation.WALES
    return (_WELSH,) if welsh_is_due and _WELSH not in {phone.language for phone in phones} else ()

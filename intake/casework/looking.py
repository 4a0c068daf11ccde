"""Which looks are worth asking about: the lines of ADR 160, drawn on what the trail says alone."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol, TypeVar
from uuid import UUID

from intake.calendars.local_time import to_local
from intake.vocabulary import AskWhy, OpenState

#: A task is an act about the case within these of the look.
TASK_BEFORE: Final = timedelta(days=28)
TASK_AFTER: Final = timedelta(hours=24)
SOUGHT_WITHIN: Final = timedelta(minutes=15)
#: So long does the answer of a search made from a referral in hand excuse looking where it led.
LED_THERE_WITHIN: Final = timedelta(hours=12)
CLOSED_FOR: Final = timedelta(days=90)
CAME_BACK_DAYS: Final = 3
CAME_BACK_WITHIN: Final = timedelta(days=14)
AN_HOUR: Final = timedelta(hours=1)
MANY_CHILDREN: Final = 15
MANY_CHILDREN_FOR_MANAGERS: Final = 30
MANY_SEARCHES: Final = 8
MANY_REFUSALS: Final = 5
HOURS_LEEWAY: Final = timedelta(minutes=60)
_ALWAYS: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened something of a case; a name on a list is none."""

    at: datetime
    person_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something about a case besides reading; `closes` where that put it away."""

    at: datetime
    person_id: UUID
    case_id: UUID
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody searched, for terms that are told apart and not known."""

    at: datetime
    person_id: UUID
    terms: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A search showed somebody these cases; `about` is the referral in hand it was made from, if any."""

    at: datetime
    person_id: UUID
    case_ids: frozenset[UUID]
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """From this moment a case is closed to somebody who has a tie to it, or whom it names."""

    at: datetime
    person_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody asked for what is not theirs."""

    at: datetime
    person_id: UUID
    asked: str


@dataclass(frozen=True, slots=True)
class Looking:
    """What the trail of one organisation says of a time and the time before it, `until` now."""

    looks: Sequence[Look] = ()
    acts: Sequence[Act] = ()
    searches: Sequence[Search] = ()
    answers: Sequence[Answer] = ()
    ties: Sequence[Tie] = ()
    refusals: Sequence[Refusal] = ()
    managers: frozenset[UUID] = frozenset()
    until: datetime = _ALWAYS
    staffed: Callable[[datetime], OpenState] = lambda _at: OpenState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to ask somebody why they looked: on that day, of one case or of so many things."""

    why: AskWhy
    person_id: UUID
    at: datetime
    case_id: UUID | None = None
    many: int = 1


def worth_asking(found: Looking, begins: datetime, ends: datetime) -> tuple[Finding, ...]:
    """Return every reason to ask that arose between two instants, the first of each day, in order of time."""
    asking = _Asking(found)
    first: dict[Hashable, Finding] = {}
    for finding in sorted(asking.findings(), key=lambda each: (each.at, each.why, each.person_id.int)):
        if begins <= finding.at < ends:
            key = (finding.why, finding.person_id, finding.case_id, _day(finding.at))
            first.setdefault(key, finding)
    return tuple(first.values())


class _Asking:
    """One going through of what was looked at."""

    def __init__(self, found: Looking) -> None:
        self._found = found
        self._acts: dict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
        self._others: dict[UUID, set[UUID]] = defaultdict(set)
        self._closed: dict[UUID, list[datetime]] = defaultdict(list)
        for act in sorted(found.acts, key=_at):
            self._acts[act.person_id, act.case_id].append(act.at)
            self._others[act.case_id].add(act.person_id)
            if act.closes:
                self._closed[act.case_id].append(act.at)
        self._answers: dict[UUID, list[Answer]] = defaultdict(list)
        for answer in sorted(found.answers, key=_at):
            self._answers[answer.person_id].append(answer)
        self._ties: dict[UUID, list[Tie]] = defaultdict(list)
        for tie in found.ties:
            self._ties[tie.case_id].append(tie)

    def findings(self) -> Iterator[Finding]:
        yield from self._without_a_task()
        yield from self._many()
        yield from self._out_of_hours()
        yield from self._kept_out()

    def _without_a_task(self) -> Iterator[Finding]:
        idle: dict[tuple[UUID, UUID], list[Look]] = defaultdict(list)
        for look in sorted(self._found.looks, key=_at):
            # Whoever looked today may do tomorrow what they looked for.
            pending = look.at > self._found.until - TASK_AFTER
            if pending or self._has_task(look.person_id, look.case_id, look.at):
                continue
            if any(tie.at <= look.at and tie.person_id != look.person_id for tie in self._ties[look.case_id]):
                yield _of(AskWhy.COLLEAGUES_TIE, look)
            if look.person_id not in self._found.managers:
                idle[look.person_id, look.case_id].append(look)
                yield from self._sought_or_closed(look)
        for looks in idle.values():
            yield from self._came_back(looks)

    def _sought_or_closed(self, look: Look) -> Iterator[Finding]:
        shown = [
            answer
            for answer in self._answers[look.person_id]
            if look.case_id in answer.case_ids and look.at - LED_THERE_WITHIN <= answer.at <= look.at
        ]
        if any(self._excuses(answer, look) for answer in shown):
            return
        if any(answer.at >= look.at - SOUGHT_WITHIN for answer in shown):
            yield _of(AskWhy.SOUGHT, look)
        closings = self._closed[look.case_id]
        before = bisect_right(closings, look.at)
        if before and look.at - closings[before - 1] >= CLOSED_FOR:
            yield _of(AskWhy.CLOSED, look)

    def _excuses(self, answer: Answer, look: Look) -> bool:
        """Whether somebody was led to a case by work they had: from a referral, or by the same child's."""
        return answer.about is not None or any(
            self._has_task(look.person_id, each, look.at) for each in answer.case_ids - {look.case_id}
        )

    def _came_back(self, looks: list[Look]) -> Iterator[Finding]:
        if not self._others[looks[0].case_id] - {looks[0].person_id}:
            return
        for each in looks:
            days = {_day(look.at) for look in looks if each.at - CAME_BACK_WITHIN < look.at <= each.at}
            if len(days) >= CAME_BACK_DAYS:
                yield Finding(AskWhy.CAME_BACK, each.person_id, each.at, each.case_id, len(days))

    def _many(self) -> Iterator[Finding]:
        for person_id, looks in _by_person(self._found.looks):
            most = MANY_CHILDREN_FOR_MANAGERS if person_id in self._found.managers else MANY_CHILDREN
            yield from _crowded(AskWhy.MANY_CHILDREN, looks, lambda look: look.case_id, most)
        for _, searches in _by_person(self._found.searches):
            yield from _crowded(AskWhy.MANY_SEARCHES, searches, lambda search: search.terms, MANY_SEARCHES)
        for _, refusals in _by_person(self._found.refusals):
            yield from _crowded(AskWhy.REFUSED_OFTEN, refusals, lambda each: each.asked, MANY_REFUSALS)

    def _out_of_hours(self) -> Iterator[Finding]:
        closed = OpenState.CLOSED
        for _, looks in _by_person(self._found.looks):
            late = [
                look
                for look in looks
                if all(
                    self._found.staffed(look.at + off) is closed
                    for off in (-HOURS_LEEWAY, timedelta(), HOURS_LEEWAY)
                )
            ]
            for look in late:
                many = sum(_day(other.at) == _day(look.at) for other in late)
                yield Finding(AskWhy.OUT_OF_HOURS, look.person_id, look.at, many=many)

    def _kept_out(self) -> Iterator[Finding]:
        tied = {(tie.person_id, str(tie.case_id)): tie for ties in self._ties.values() for tie in ties}
        for refusal in self._found.refusals:
            tie = tied.get((refusal.person_id, refusal.asked))
            if tie is not None and tie.at <= refusal.at:
                yield Finding(AskWhy.KEPT_OUT, refusal.person_id, refusal.at, tie.case_id)

    def _has_task(self, person_id: UUID, case_id: UUID, at: datetime) -> bool:
        acts = self._acts.get((person_id, case_id), [])
        following = bisect_left(acts, at - TASK_BEFORE)
        return following < len(acts) and acts[following] <= at + TASK_AFTER


class _Timed(Protocol):
    """Something somebody did at a time."""

    @property
    def at(self) -> datetime: ...

    @property
    def person_id(self) -> UUID: ...


T = TypeVar("T", bound=_Timed)


def _crowded(why: AskWhy, done: list[T], what: Callable[[T], Hashable], most: int) -> Iterator[Finding]:
    """Yield where, in the hour up to something, so many different things were done."""
    since = 0
    for until, each in enumerate(done):
        while done[since].at <= each.at - AN_HOUR:
            since += 1
        many = len({what(other) for other in done[since : until + 1]})
        if many >= most:
            yield Finding(why, each.person_id, each.at, many=many)


def _by_person(done: Iterable[T]) -> Iterable[tuple[UUID, list[T]]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for each in sorted(done, key=_at):
        found[each.person_id].append(each)
    return found.items()


def _of(why: AskWhy, look: Look) -> Finding:
    return Finding(why, look.person_id, look.at, look.case_id)


def _at(each: _Timed) -> datetime:
    return each.at


def _day(at: datetime) -> date:
    return to_local(at).date()

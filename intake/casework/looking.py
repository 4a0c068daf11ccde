"""Which looks are worth asking about: the lines of ADR 160, 162 and 163, drawn on what they are given."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol, TypeVar
from uuid import UUID

from intake.calendars.local_time import to_local
from intake.casework.looked import Act, Answer, Decoy, Look, Refusal, Search, Tie
from intake.casework.rota import Rota
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
#: Three searches whose answers fill their page.
MANY_NAMES: Final = 60
MANY_REFUSALS: Final = 5
HOURS_LEEWAY: Final = timedelta(minutes=60)
_ALWAYS: Final = datetime.max.replace(tzinfo=UTC)

#: Who looked, and at which case.
Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Looking:
    """What the trail of one organisation says of a time and the time before it, `until` now.

    `own` says, by who looked and at which case, what of the child's is the looker's own as well.
    """

    looks: Sequence[Look] = ()
    acts: Sequence[Act] = ()
    searches: Sequence[Search] = ()
    answers: Sequence[Answer] = ()
    ties: Sequence[Tie] = ()
    refusals: Sequence[Refusal] = ()
    decoys: Sequence[Decoy] = ()
    managers: frozenset[UUID] = frozenset()
    until: datetime = _ALWAYS
    staffed: Callable[[datetime], OpenState] = lambda _at: OpenState.UNKNOWN
    rota: Rota = field(default_factory=Rota)
    own: Mapping[Pair, frozenset[AskWhy]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Shown:
    """That a search showed somebody a child's name."""

    at: datetime
    person_id: UUID
    case_id: UUID


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


def to_compare(found: Looking, begins: datetime, ends: datetime) -> frozenset[Pair]:
    """Return whose names and homes have to be compared with whose: nothing else led them to the case."""
    asking = _Asking(found)
    looks = (look for look in asking.idle() if begins <= look.at < ends)
    return frozenset((look.person_id, look.case_id) for look in looks if not asking.led_there(look))


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
        yield from self._decoys()

    def idle(self) -> Iterator[Look]:
        """Yield looks without a task, in order: what is looked for today may be done tomorrow."""
        for look in sorted(self._found.looks, key=_at):
            pending = look.at > self._found.until - TASK_AFTER
            if not pending and not self._has_task(look.person_id, look.case_id, look.at):
                yield look

    def led_there(self, look: Look) -> bool:
        """Whether somebody was led to a case by work they had."""
        return any(self._excuses(answer, look) for answer in self._shown(look))

    def _without_a_task(self) -> Iterator[Finding]:
        idle: dict[Pair, list[Look]] = defaultdict(list)
        off_duty: list[Look] = []
        for look in self.idle():
            if any(tie.at <= look.at and tie.person_id != look.person_id for tie in self._ties[look.case_id]):
                yield _of(AskWhy.COLLEAGUES_TIE, look)
            led = self.led_there(look)
            if not led:
                yield from (_of(why, look) for why in self._found.own.get((look.person_id, look.case_id), ()))
            if look.person_id in self._found.managers:
                continue
            idle[look.person_id, look.case_id].append(look)
            if not led:
                yield from self._sought_or_closed(look)
                off_duty += [look] if self._is_off_duty(look) else []
        for looks in idle.values():
            yield from self._came_back(looks)
        yield from _by_day(AskWhy.OUT_OF_ROTA, off_duty)

    def _shown(self, look: Look) -> list[Answer]:
        return [
            answer
            for answer in self._answers[look.person_id]
            if look.case_id in answer.case_ids and look.at - LED_THERE_WITHIN <= answer.at <= look.at
        ]

    def _sought_or_closed(self, look: Look) -> Iterator[Finding]:
        if any(answer.at >= look.at - SOUGHT_WITHIN for answer in self._shown(look)):
            yield _of(AskWhy.SOUGHT, look)
        closings = self._closed[look.case_id]
        before = bisect_right(closings, look.at)
        if before and look.at - closings[before - 1] >= CLOSED_FOR:
            yield _of(AskWhy.CLOSED, look)

    def _excuses(self, answer: Answer, look: Look) -> bool:
        """Whether an answer led from a referral in hand, or shows work of theirs with the same child."""
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
        names = (
            _Shown(each.at, each.person_id, case) for each in self._found.answers for case in each.case_ids
        )
        for _, shown in _by_person(names):
            yield from _crowded(AskWhy.MANY_NAMES, shown, lambda each: each.case_id, MANY_NAMES)
        for _, refusals in _by_person(self._found.refusals):
            yield from _crowded(AskWhy.REFUSED_OFTEN, refusals, lambda each: each.asked, MANY_REFUSALS)

    def _out_of_hours(self) -> Iterator[Finding]:
        yield from _by_day(AskWhy.OUT_OF_HOURS, [look for look in self._found.looks if self._is_late(look)])

    def _is_late(self, look: Look) -> bool:
        return not self._found.rota.has(look.person_id, look.at) and all(
            self._found.staffed(look.at + off) is OpenState.CLOSED
            for off in (-HOURS_LEEWAY, timedelta(), HOURS_LEEWAY)
        )

    def _is_off_duty(self, look: Look) -> bool:
        rota = self._found.rota
        return rota.covers(look.at) and not rota.has(look.person_id, look.at) and not self._is_late(look)

    def _kept_out(self) -> Iterator[Finding]:
        tied = {(tie.person_id, str(tie.case_id)): tie for ties in self._ties.values() for tie in ties}
        for refusal in self._found.refusals:
            tie = tied.get((refusal.person_id, refusal.asked))
            if tie is not None and tie.at <= refusal.at:
                yield Finding(AskWhy.KEPT_OUT, refusal.person_id, refusal.at, tie.case_id)

    def _decoys(self) -> Iterator[Finding]:
        """Yield looks at a child who does not exist: no task is one."""
        for look in self._found.looks:
            if any(_caught(look, decoy) for decoy in self._found.decoys):
                yield _of(AskWhy.DECOY, look)

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


def _by_day(why: AskWhy, looks: Iterable[Look]) -> Iterator[Finding]:
    """Yield each look with how many records its person opened likewise on that day."""
    for person_id, theirs in _by_person(looks):
        opened: dict[date, set[UUID]] = defaultdict(set)
        for look in theirs:
            opened[_day(look.at)].add(look.case_id)
        yield from (Finding(why, person_id, look.at, many=len(opened[_day(look.at)])) for look in theirs)


def _by_person(done: Iterable[T]) -> Iterable[tuple[UUID, list[T]]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for each in sorted(done, key=_at):
        found[each.person_id].append(each)
    return found.items()


def _caught(look: Look, decoy: Decoy) -> bool:
    stood = decoy.from_at <= look.at < decoy.until
    return stood and look.case_id == decoy.case_id and look.person_id not in decoy.by


def _of(why: AskWhy, look: Look) -> Finding:
    return Finding(why, look.person_id, look.at, look.case_id)


def _at(each: _Timed) -> datetime:
    return each.at


def _day(at: datetime) -> date:
    return to_local(at).date()

"""A made-up desk at work for six weeks, and ten people who look where they have no business: from a seed.

Everything usual is made first, from what duty desks do, and knows nothing of the lines that are drawn on it.
Then ten patterns of snooping are planted, each by somebody who otherwise works like everybody else.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from intake.casework.looked import Act, Answer, Look, Refusal, Search, Tie
from intake.casework.looking import Looking, worth_asking
from intake.vocabulary import AskWhy, OpenState

BEGINS = datetime(2026, 9, 7, tzinfo=UTC)
DAYS = 42
ENDS = BEGINS + timedelta(days=DAYS)
_WORKERS = [UUID(int=1_000 + number) for number in range(14)]
_MANAGERS = [UUID(int=2_000 + number) for number in range(2)]
_OPENS, _CLOSES = 8, 18
_PER_DAY = 62
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Desk:
    """What was done, case by case, as it is made up."""

    chance: random.Random
    looks: list[Look] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)
    old: list[UUID] = field(default_factory=list)

    def id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128))

    def search(self, at: datetime, who: UUID, *found: UUID, about: UUID | None = None) -> None:
        self.searches.append(Search(at, who, self.id().hex))
        if found:
            self.answers.append(Answer(at + timedelta(seconds=2), who, frozenset(found), about))

    def look(self, at: datetime, who: UUID, case: UUID) -> None:
        self.looks.append(Look(at, who, case))

    def act(self, at: datetime, who: UUID, case: UUID, *, closes: bool = False) -> None:
        self.acts.append(Act(at, who, case, closes))

    def found(self) -> Looking:
        """Return it as the report is given it."""
        return Looking(
            looks=self.looks,
            acts=self.acts,
            searches=self.searches,
            answers=self.answers,
            ties=self.ties,
            refusals=self.refusals,
            managers=frozenset(_MANAGERS),
            staffed=staffed,
        )


def staffed(at: datetime) -> OpenState:
    """Whether the desk is open: working days, eight to six."""
    return OpenState.OPEN if at.weekday() < 5 and _OPENS <= at.hour < _CLOSES else OpenState.CLOSED


def usual(seed: int) -> Desk:
    """Make six weeks of usual work: about ten thousand looks."""
    desk = Desk(random.Random(seed))
    _old_cases(desk)
    for number in range(DAYS):
        day = BEGINS + number * _DAY
        if day.weekday() < 5:
            on_shift = desk.chance.sample(_WORKERS, 9)
            for _ in range(_PER_DAY):
                _a_case(desk, _in_hours(desk, day), on_shift)
            _a_day_s_reading(desk, day, on_shift)
    return desk


def _in_hours(desk: Desk, day: datetime) -> datetime:
    return day + _OPENS * _HOUR + desk.chance.random() * (_CLOSES - _OPENS) * _HOUR


def _old_cases(desk: Desk) -> None:
    """Cases of the months before, closed between four weeks and a year ago."""
    for _ in range(600):
        case = desk.id()
        desk.old.append(case)
        closed = BEGINS - timedelta(days=desk.chance.uniform(28, 365))
        desk.act(closed, desk.chance.choice(_WORKERS), case, closes=True)


def _when_open(at: datetime) -> datetime:
    """Move what would be done at night or at a weekend to the same minutes of the next working day."""
    at = at.replace(hour=_OPENS + at.hour % (_CLOSES - _OPENS))
    while at.weekday() >= 5:
        at += _DAY
    return at


def _a_case(desk: Desk, at: datetime, on_shift: list[UUID]) -> None:
    """One referral: read by a few who choose, taken by one, looked up, worked on, read again for days."""
    chance, case = desk.chance, desk.id()
    desk.cases.append(case)
    for reader in chance.sample(on_shift, chance.choice((0, 0, 1, 1, 2))):
        desk.look(_when_open(at + chance.random() * 20 * _MINUTE), reader, case)
    owner, taken = chance.choice(on_shift), _when_open(at + 20 * _MINUTE)
    desk.look(taken, owner, case)
    desk.act(taken + 2 * _MINUTE, owner, case)
    _what_is_known_already(desk, taken + 3 * _MINUTE, owner, case)
    for _ in range(chance.choice((1, 2, 2, 3, 4))):
        later = _when_open(taken + chance.random() * chance.choice((3 * _HOUR, 3 * _HOUR, 4 * _DAY)))
        desk.look(later, owner, case)
        if chance.random() < 0.7:
            desk.act(later + 5 * _MINUTE, owner, case)
    if chance.random() < 0.25:
        _a_question_asked(desk, _when_open(at + chance.uniform(1, 72) * _HOUR), chance.choice(_WORKERS), case)
    if chance.random() < 0.3:
        desk.look(_when_open(at + chance.uniform(1, 30) * _HOUR), chance.choice(_MANAGERS), case)
    if chance.random() < 0.5:
        desk.act(_when_open(at + chance.uniform(6, 120) * _HOUR), owner, case, closes=True)


def _what_is_known_already(desk: Desk, at: datetime, owner: UUID, case: UUID) -> None:
    """An earlier referral of the same child: found by the page that says so, or by a search of one's own."""
    chance = desk.chance
    earlier = chance.sample(desk.old, 1) if chance.random() < 0.15 else []
    if earlier and chance.random() < 0.7:
        desk.answers.append(Answer(at, owner, frozenset(earlier), about=case))
    elif earlier or chance.random() < 0.2:
        desk.search(at, owner, case, *earlier)
    for each in earlier:
        desk.look(at + _MINUTE, owner, each)


def _a_question_asked(desk: Desk, at: datetime, who: UUID, case: UUID) -> None:
    """Somebody rings and asks about a child: looked up by name or by reference, and mostly written down."""
    if desk.chance.random() < 0.6:
        desk.search(at, who, case)
    desk.look(at + 2 * _MINUTE, who, case)
    if desk.chance.random() < 0.9:
        desk.act(at + 6 * _MINUTE, who, case)


def _a_day_s_reading(desk: Desk, day: datetime, on_shift: list[UUID]) -> None:
    """What belongs to a day and to no one case: hand-over, cover, late work, searches for nobody, slips."""
    chance = desk.chance
    recent = desk.cases[-3 * _PER_DAY :]
    begins = day + _OPENS * _HOUR
    for number, case in enumerate(chance.sample(recent, min(len(recent), chance.randint(8, 20)))):
        desk.look(begins + number * 2 * _MINUTE, chance.choice(_MANAGERS), case)
    covering = chance.choice(on_shift)
    for number, case in enumerate(chance.sample(recent, min(len(recent), chance.randint(3, 9)))):
        desk.look(begins + _HOUR + number * 4 * _MINUTE, covering, case)
    for _ in range(chance.randint(4, 12)):
        desk.search(_in_hours(desk, day), chance.choice(on_shift))
    for who in chance.sample(on_shift, 2):
        case = chance.choice(recent)
        late = day + _CLOSES * _HOUR + chance.random() * 50 * _MINUTE
        desk.look(late, who, case)
        desk.act(late + 5 * _MINUTE, who, case)
    for _ in range(chance.choice((0, 0, 1, 2))):
        desk.refusals.append(Refusal(_in_hours(desk, day), chance.choice(on_shift), desk.id().hex))
    if chance.random() < 0.05:
        # Somebody stays into the evening with a child who cannot go home.
        who, case = chance.choice(on_shift), chance.choice(recent)
        desk.look(day + 20 * _HOUR, who, case)
        desk.act(day + 21 * _HOUR, who, case)
    if chance.random() < 0.1:
        tied, case = chance.choice(on_shift), chance.choice(recent)
        desk.ties.append(Tie(_in_hours(desk, day), tied, case))


@dataclass(frozen=True, slots=True)
class Planted:
    """A pattern of snooping: whose it is, when, and what must be said of it."""

    name: str
    who: UUID
    at: datetime
    why: AskWhy


def plant(desk: Desk) -> tuple[Planted, ...]:
    """Plant the ten patterns, by ten different workers, on ten different days."""
    working = [BEGINS + number * _DAY for number in range(10, DAYS) if (BEGINS + number * _DAY).weekday() < 5]
    people = desk.chance.sample(_WORKERS, len(_PATTERNS))
    days = sorted(desk.chance.sample(working, len(_PATTERNS)))
    return tuple(
        Planted(pattern.__name__.strip("_"), who, *pattern(desk, _in_hours(desk, day), who))
        for pattern, who, day in zip(_PATTERNS, people, days, strict=True)
    )


def _somebody_else_s(desk: Desk, at: datetime, who: UUID) -> UUID:
    mine = {act.case_id for act in desk.acts if act.person_id == who}
    theirs = [act.case_id for act in desk.acts if at - 20 * _DAY < act.at < at - _HOUR]
    return desk.chance.choice([case for case in theirs if case not in mine])


def _a_neighbour_s_child_by_name(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.search(at, who, case)
    desk.look(at + desk.chance.uniform(0.2, 9) * _MINUTE, who, case)
    return at, AskWhy.SOUGHT


def _a_name_tried_in_three_spellings(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    for number in range(3):
        desk.search(at + number * _MINUTE, who, *([case] if number == 2 else []))
    desk.look(at + 4 * _MINUTE, who, case)
    return at, AskWhy.SOUGHT


def _a_case_closed_last_spring(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    closed = {act.case_id: act.at for act in desk.acts if act.closes}
    mine = {act.case_id for act in desk.acts if act.person_id == who}
    case = desk.chance.choice(
        [each for each in desk.old if at - closed[each] > 120 * _DAY and each not in mine]
    )
    desk.look(at, who, case)
    return at, AskWhy.CLOSED


def _the_same_case_day_after_day(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at - 4 * _DAY, who)
    for days in (3, 1, 0):
        desk.look(at - days * _DAY, who, case)
    return at, AskWhy.CAME_BACK


def _a_colleague_s_nephew(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.ties.append(
        Tie(at - 2 * _HOUR, desk.chance.choice([each for each in _WORKERS if each != who]), case)
    )
    desk.look(at, who, case)
    return at, AskWhy.COLLEAGUES_TIE


def _through_the_whole_list(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number, case in enumerate(desk.chance.sample(desk.cases, 22)):
        desk.look(at + number * 2 * _MINUTE, who, case)
    return at, AskWhy.MANY_CHILDREN


def _one_street_name_by_name(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number in range(11):
        desk.search(at + number * 4 * _MINUTE, who)
    return at, AskWhy.MANY_SEARCHES


def _addresses_tried_one_after_another(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number in range(6):
        desk.refusals.append(Refusal(at + number * _MINUTE, who, desk.id().hex))
    return at, AskWhy.REFUSED_OFTEN


def _at_night(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    night = at.replace(hour=23)
    for number in range(3):
        desk.look(night + number * 5 * _MINUTE, who, desk.chance.choice(desk.cases))
    return night, AskWhy.OUT_OF_HOURS


def _their_own_child_s_case(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.ties.append(Tie(at - _DAY, who, case))
    desk.refusals.append(Refusal(at, who, str(case)))
    return at, AskWhy.KEPT_OUT


_PATTERNS: tuple[Callable[[Desk, datetime, UUID], tuple[datetime, AskWhy]], ...] = (
    _a_neighbour_s_child_by_name,
    _a_name_tried_in_three_spellings,
    _a_case_closed_last_spring,
    _the_same_case_day_after_day,
    _a_colleague_s_nephew,
    _through_the_whole_list,
    _one_street_name_by_name,
    _addresses_tried_one_after_another,
    _at_night,
    _their_own_child_s_case,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the report came to: of the planted which were found, and of the usual which were asked about."""

    looks: int
    found: tuple[str, ...]
    missed: tuple[str, ...]
    false: Counter[AskWhy]

    @property
    def false_in_a_thousand(self) -> float:
        """False alarms for each thousand looks."""
        return 1_000 * sum(self.false.values()) / self.looks


def measure(seed: int) -> Measured:
    """Make a desk from a seed, plant the ten, and hold the report against what was planted."""
    desk = usual(seed)
    planted = plant(desk)
    said = worth_asking(desk.found(), BEGINS, ENDS)
    hits = {each.name for each in planted if any(_is(each, one.person_id, one.why, one.at) for one in said)}
    false = [
        one
        for one in said
        if not any(each.who == one.person_id and _near(each.at, one.at) for each in planted)
    ]
    return Measured(
        looks=len(desk.looks),
        found=tuple(each.name for each in planted if each.name in hits),
        missed=tuple(each.name for each in planted if each.name not in hits),
        false=Counter(one.why for one in false),
    )


def _is(planted: Planted, person_id: UUID, why: AskWhy, at: datetime) -> bool:
    return (planted.who, planted.why) == (person_id, why) and _near(planted.at, at)


def _near(planted_at: datetime, at: datetime) -> bool:
    return abs(planted_at - at) < 2 * _HOUR

"""A made-up desk at work for six weeks, from a seed: its people, its cases, and what everybody usually does.

Everything is made from what duty desks do, and knows nothing of the lines that are drawn on it.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from intake.casework.looked import Act, Answer, Decoy, Look, Refusal, Search, Tie
from intake.casework.looking import Looking, to_compare
from intake.casework.own_name import Known, of_their_own
from intake.casework.rota import Rota, Shift
from intake.vocabulary import OpenState

BEGINS = datetime(2026, 9, 7, tzinfo=UTC)
DAYS = 42
ENDS = BEGINS + timedelta(days=DAYS)
WORKERS = [UUID(int=1_000 + number) for number in range(14)]
MANAGERS = [UUID(int=2_000 + number) for number in range(2)]
_OPENS, _CLOSES = 8, 18
_PER_DAY = 62
_NAMES, _HOMES = 20_000, 3_500
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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
    decoys: list[Decoy] = field(default_factory=list)
    on_shift: list[tuple[datetime, list[UUID]]] = field(default_factory=list)
    known: dict[UUID, Known] = field(default_factory=dict)

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
        found = Looking(
            looks=self.looks,
            acts=self.acts,
            searches=self.searches,
            answers=self.answers,
            ties=self.ties,
            refusals=self.refusals,
            decoys=self.decoys,
            managers=frozenset(MANAGERS),
            staffed=staffed,
            rota=Rota(
                Shift(who, day + _OPENS * HOUR, day + _CLOSES * HOUR)
                for day, people in self.on_shift
                for who in people
            ),
        )
        pairs = to_compare(found, BEGINS, ENDS)
        children = {case: self.known[case] for _, case in pairs}
        return replace(found, own=of_their_own(pairs, self.known, children))


def staffed(at: datetime) -> OpenState:
    """Whether the desk is open: working days, eight to six."""
    return OpenState.OPEN if at.weekday() < 5 and _OPENS <= at.hour < _CLOSES else OpenState.CLOSED


def usual(seed: int) -> Desk:
    """Make six weeks of usual work: about ten thousand looks."""
    desk = Desk(random.Random(seed))
    _old_cases(desk)
    for number in range(DAYS):
        day = BEGINS + number * DAY
        if day.weekday() < 5:
            on_shift = desk.chance.sample(WORKERS, 9)
            desk.on_shift.append((day, on_shift))
            for _ in range(_PER_DAY):
                _a_case(desk, in_hours(desk, day), on_shift)
            _a_day_s_reading(desk, day, on_shift)
    _names_and_homes(desk, random.Random(f"names and homes of {seed}"))
    _decoys(desk, random.Random(f"decoys of {seed}"))
    return desk


def _decoys(desk: Desk, chance: random.Random) -> None:
    """Three decoys, marked by the managers, who look at them now and then.

    Their names are like nobody's; all the same a search for somebody else shows one on a day in forty, and
    whoever searched opens it to be sure that it is another child.
    """
    for number in range(3):
        case = UUID(int=chance.getrandbits(128))
        closed = BEGINS - timedelta(days=chance.uniform(40, 300))
        desk.act(closed, chance.choice(WORKERS), case, closes=True)
        desk.decoys.append(Decoy(case, BEGINS - 30 * DAY, ENDS + DAY, frozenset(MANAGERS)))
        desk.known[case] = Known(f"made-up{number}", "")
    for day, people in desk.on_shift:
        at, case = day + chance.uniform(_OPENS, _CLOSES - 1) * HOUR, chance.choice(desk.decoys).case_id
        if chance.random() < 0.1:
            desk.look(at, chance.choice(MANAGERS), case)
        if chance.random() < 1 / 40:
            who = chance.choice(people)
            desk.searches.append(Search(at, who, f"like {case}"))
            desk.answers.append(Answer(at, who, frozenset({case})))
            desk.look(at + MINUTE, who, case)


def _names_and_homes(desk: Desk, chance: random.Random) -> None:
    """Name everybody, and say where they live; of the desk's people, who told.

    The commonest name is one person's in a hundred, the next two thirds of that, and most are one of
    thousands. The town has 3,500 postcodes; one child in twenty has no home that is known. Four in five of
    the desk live in the town, and three in five of them say where.
    """
    names = [f"surname{number}" for number in range(_NAMES)]
    weights = [(number + 1) ** -0.65 for number in range(_NAMES)]
    everybody = [*WORKERS, *MANAGERS, *desk.old, *desk.cases]
    for who, name in zip(everybody, chance.choices(names, weights, k=len(everybody)), strict=True):
        at_the_desk = who in WORKERS or who in MANAGERS
        told = chance.random() < (0.8 * 0.6 if at_the_desk else 0.95)
        desk.known[who] = Known(name, a_home(chance) if told else "")


def a_home(chance: random.Random) -> str:
    """Return one of the town's postcodes."""
    return f"home{chance.randrange(_HOMES)}"


def in_hours(desk: Desk, day: datetime) -> datetime:
    return in_hours_of(desk.chance, day)


def in_hours_of(chance: random.Random, day: datetime) -> datetime:
    """Return an instant of a day at which the desk is open."""
    return day + _OPENS * HOUR + chance.random() * (_CLOSES - _OPENS) * HOUR


def _old_cases(desk: Desk) -> None:
    """Cases of the months before, closed between four weeks and a year ago."""
    for _ in range(600):
        case = desk.id()
        desk.old.append(case)
        closed = BEGINS - timedelta(days=desk.chance.uniform(28, 365))
        desk.act(closed, desk.chance.choice(WORKERS), case, closes=True)


def _when_open(at: datetime) -> datetime:
    """Move what would be done at night or at a weekend to the same minutes of the next working day."""
    at = at.replace(hour=_OPENS + at.hour % (_CLOSES - _OPENS))
    while at.weekday() >= 5:
        at += DAY
    return at


def _a_case(desk: Desk, at: datetime, on_shift: list[UUID]) -> None:
    """One referral: read by a few who choose, taken by one, looked up, worked on, read again for days."""
    chance, case = desk.chance, desk.id()
    desk.cases.append(case)
    for reader in chance.sample(on_shift, chance.choice((0, 0, 1, 1, 2))):
        desk.look(_when_open(at + chance.random() * 20 * MINUTE), reader, case)
    owner, taken = chance.choice(on_shift), _when_open(at + 20 * MINUTE)
    desk.look(taken, owner, case)
    desk.act(taken + 2 * MINUTE, owner, case)
    _what_is_known_already(desk, taken + 3 * MINUTE, owner, case)
    for _ in range(chance.choice((1, 2, 2, 3, 4))):
        later = _when_open(taken + chance.random() * chance.choice((3 * HOUR, 3 * HOUR, 4 * DAY)))
        desk.look(later, owner, case)
        if chance.random() < 0.7:
            desk.act(later + 5 * MINUTE, owner, case)
    if chance.random() < 0.25:
        _a_question_asked(desk, _when_open(at + chance.uniform(1, 72) * HOUR), chance.choice(WORKERS), case)
    if chance.random() < 0.3:
        desk.look(_when_open(at + chance.uniform(1, 30) * HOUR), chance.choice(MANAGERS), case)
    if chance.random() < 0.5:
        desk.act(_when_open(at + chance.uniform(6, 120) * HOUR), owner, case, closes=True)


def _what_is_known_already(desk: Desk, at: datetime, owner: UUID, case: UUID) -> None:
    """An earlier referral of the same child: found by the page that says so, or by a search of one's own."""
    chance = desk.chance
    earlier = chance.sample(desk.old, 1) if chance.random() < 0.15 else []
    if earlier and chance.random() < 0.7:
        desk.answers.append(Answer(at, owner, frozenset(earlier), about=case))
    elif earlier or chance.random() < 0.2:
        desk.search(at, owner, case, *earlier)
    for each in earlier:
        desk.look(at + MINUTE, owner, each)


def _a_question_asked(desk: Desk, at: datetime, who: UUID, case: UUID) -> None:
    """Somebody rings and asks about a child: looked up by name or by reference, and mostly written down."""
    if desk.chance.random() < 0.6:
        desk.search(at, who, case)
    desk.look(at + 2 * MINUTE, who, case)
    if desk.chance.random() < 0.9:
        desk.act(at + 6 * MINUTE, who, case)


def _a_day_s_reading(desk: Desk, day: datetime, on_shift: list[UUID]) -> None:
    """What belongs to a day and to no one case: hand-over, cover, late work, searches for nobody, slips."""
    chance = desk.chance
    recent = desk.cases[-3 * _PER_DAY :]
    begins = day + _OPENS * HOUR
    for number, case in enumerate(chance.sample(recent, min(len(recent), chance.randint(8, 20)))):
        desk.look(begins + number * 2 * MINUTE, chance.choice(MANAGERS), case)
    covering = chance.choice(on_shift)
    for number, case in enumerate(chance.sample(recent, min(len(recent), chance.randint(3, 9)))):
        desk.look(begins + HOUR + number * 4 * MINUTE, covering, case)
    for _ in range(chance.randint(4, 12)):
        desk.search(in_hours(desk, day), chance.choice(on_shift))
    for who in chance.sample(on_shift, 2):
        case = chance.choice(recent)
        late = day + _CLOSES * HOUR + chance.random() * 50 * MINUTE
        desk.look(late, who, case)
        desk.act(late + 5 * MINUTE, who, case)
    for _ in range(chance.choice((0, 0, 1, 2))):
        desk.refusals.append(Refusal(in_hours(desk, day), chance.choice(on_shift), desk.id().hex))
    if chance.random() < 0.05:
        # Somebody stays into the evening with a child who cannot go home.
        who, case = chance.choice(on_shift), chance.choice(recent)
        desk.look(day + 20 * HOUR, who, case)
        desk.act(day + 21 * HOUR, who, case)
    if chance.random() < 0.1:
        tied, case = chance.choice(on_shift), chance.choice(recent)
        desk.ties.append(Tie(in_hours(desk, day), tied, case))

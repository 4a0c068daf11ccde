"""Fourteen people who look where they have no business, planted at a made-up desk.

Each otherwise works like everybody else. Three came after the lines of ADR 162 were drawn,
the last after that of ADR 163.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intake.casework.looked import Refusal, Tie
from intake.casework.looking import worth_asking
from intake.vocabulary import AskWhy
from tests.support.made_up_desk import (
    BEGINS,
    DAY,
    DAYS,
    ENDS,
    HOUR,
    MANAGERS,
    MINUTE,
    WORKERS,
    Desk,
    a_home,
    in_hours,
    in_hours_of,
    usual,
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A pattern of snooping: whose it is, when, and what must be said of it."""

    name: str
    who: UUID
    at: datetime
    why: AskWhy


def plant(desk: Desk) -> tuple[Planted, ...]:
    """Plant ten patterns, by ten different workers, on as many days; four by four more; one by a manager."""
    working = [BEGINS + number * DAY for number in range(10, DAYS) if (BEGINS + number * DAY).weekday() < 5]
    people = desk.chance.sample(WORKERS, len(_PATTERNS))
    days = sorted(desk.chance.sample(working, len(_PATTERNS)))
    first = tuple(
        Planted(pattern.__name__.strip("_"), who, *pattern(desk, in_hours(desk, day), who))
        for pattern, who, day in zip(_PATTERNS, people, days, strict=True)
    )
    others = desk.chance.sample([who for who in WORKERS if who not in people], len(_OF_THEIR_OWN))
    more = tuple(
        Planted(
            pattern.__name__.strip("_"), who, *pattern(desk, in_hours(desk, desk.chance.choice(working)), who)
        )
        for pattern, who in zip(_OF_THEIR_OWN, others, strict=True)
    )
    (curious,) = (who for who in WORKERS if who not in people and who not in others)
    at, why = _a_child_who_does_not_exist(desk, in_hours(desk, desk.chance.choice(working)), curious)
    decoy = Planted("a_child_who_does_not_exist", curious, at, why)
    chance, manager = random.Random(f"names of {len(desk.looks)}"), MANAGERS[0]
    at, why = _names_page_by_page(desk, in_hours_of(chance, chance.choice(working)), manager, chance)
    return (*first, *more, decoy, Planted("names_page_by_page", manager, at, why))


def _somebody_else_s(desk: Desk, at: datetime, who: UUID) -> UUID:
    mine = {act.case_id for act in desk.acts if act.person_id == who}
    theirs = [act.case_id for act in desk.acts if at - 20 * DAY < act.at < at - HOUR]
    return desk.chance.choice([case for case in theirs if case not in mine])


def _a_neighbour_s_child_by_name(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.search(at, who, case)
    desk.look(at + desk.chance.uniform(0.2, 9) * MINUTE, who, case)
    return at, AskWhy.SOUGHT


def _a_name_tried_in_three_spellings(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    for number in range(3):
        desk.search(at + number * MINUTE, who, *([case] if number == 2 else []))
    desk.look(at + 4 * MINUTE, who, case)
    return at, AskWhy.SOUGHT


def _a_case_closed_last_spring(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    closed = {act.case_id: act.at for act in desk.acts if act.closes}
    mine = {act.case_id for act in desk.acts if act.person_id == who}
    case = desk.chance.choice(
        [each for each in desk.old if at - closed[each] > 120 * DAY and each not in mine]
    )
    desk.look(at, who, case)
    return at, AskWhy.CLOSED


def _the_same_case_day_after_day(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at - 4 * DAY, who)
    for days in (3, 1, 0):
        desk.look(at - days * DAY, who, case)
    return at, AskWhy.CAME_BACK


def _a_colleague_s_nephew(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.ties.append(Tie(at - 2 * HOUR, desk.chance.choice([each for each in WORKERS if each != who]), case))
    desk.look(at, who, case)
    return at, AskWhy.COLLEAGUES_TIE


def _through_the_whole_list(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number, case in enumerate(desk.chance.sample(desk.cases, 22)):
        desk.look(at + number * 2 * MINUTE, who, case)
    return at, AskWhy.MANY_CHILDREN


def _one_street_name_by_name(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number in range(11):
        desk.search(at + number * 4 * MINUTE, who)
    return at, AskWhy.MANY_SEARCHES


def _addresses_tried_one_after_another(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    for number in range(6):
        desk.refusals.append(Refusal(at + number * MINUTE, who, desk.id().hex))
    return at, AskWhy.REFUSED_OFTEN


def _at_night(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    night = at.replace(hour=23)
    for number in range(3):
        desk.look(night + number * 5 * MINUTE, who, desk.chance.choice(desk.cases))
    return night, AskWhy.OUT_OF_HOURS


def _their_own_child_s_case(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.ties.append(Tie(at - DAY, who, case))
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


def _a_child_of_their_own_name(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    case = _somebody_else_s(desk, at, who)
    desk.known[case] = replace(desk.known[case], surname=desk.known[who].surname)
    desk.look(at, who, case)
    return at, AskWhy.OWN_SURNAME


def _a_child_next_door(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    """Look at a child next door: by somebody who told where they live."""
    case, home = _somebody_else_s(desk, at, who), desk.known[who].postcode or a_home(desk.chance)
    for each in (who, case):
        desk.known[each] = replace(desk.known[each], postcode=home)
    desk.look(at, who, case)
    return at, AskWhy.OWN_POSTCODE


def _on_a_day_off(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    day = next(day for day, people in desk.on_shift if day >= BEGINS + 10 * DAY and who not in people)
    at = day.replace(hour=at.hour, minute=at.minute)
    for number in range(3):
        desk.look(at + number * 4 * MINUTE, who, _somebody_else_s(desk, at, who))
    return at, AskWhy.OUT_OF_ROTA


def _a_child_who_does_not_exist(desk: Desk, at: datetime, who: UUID) -> tuple[datetime, AskWhy]:
    desk.look(at, who, desk.chance.choice(desk.decoys).case_id)
    return at, AskWhy.DECOY


def _names_page_by_page(
    desk: Desk, at: datetime, who: UUID, chance: random.Random
) -> tuple[datetime, AskWhy]:
    for number in range(5):
        desk.search(at + number * 9 * MINUTE, who, *chance.sample([*desk.old, *desk.cases], 18))
    return at, AskWhy.MANY_NAMES


_OF_THEIR_OWN = (_a_child_of_their_own_name, _a_child_next_door, _on_a_day_off)


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
    """Make a desk from a seed, plant the fifteen, and hold the report against what was planted."""
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
    return abs(planted_at - at) < 2 * HOUR

"""The whole engine one minute either side of every change of three years, against a second reading."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from intake.calendars.hours import Hours, WheneverClosed, WrittenHours
from intake.routing.decision import Decision, Step
from intake.routing.directory import Directory
from intake.routing.engine import route
from intake.routing.places import in_authority
from intake.routing.question import Question
from intake.vocabulary import Nation, StepKind
from tests.support.hours.reading import Spans, open_spans
from tests.unit.routing.cases import DIRECTORY, HALTON
from tests.unit.routing.invented import with_services
from tests.unit.routing.second_engine import Answer, Desk, caerphilly, halton, newport

pytestmark = pytest.mark.unmeasured

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ONE_MINUTE = timedelta(minutes=1)
CAERPHILLY, NEWPORT = "W06000018", "W06000022"

#: What the sources print, put down for the other reader by hand; then the same in an invented year, in which
#: England rests on 23 April and Wales on 1 March, and neither at any other time.
PRINTED = {
    "office": ("England", "Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off"),
    "emergency": ("England", "24/7; Mo-Th 09:00-17:00 off; Fr 09:00-16:30 off; PH 00:00-24:00"),
    "shared": ("Wales", "24/7; Mo-Th 08:30-17:00 off; Fr 08:30-16:30 off; PH 00:00-24:00"),
    "invented office": ("England", "Mo-Th 09:00-17:00; Fr 09:00-16:30; Apr 23 off"),
    "invented emergency": ("England", "24/7; Mo-Th 09:00-17:00 off; Fr 09:00-16:30 off; Apr 23 00:00-24:00"),
    "invented shared": ("Wales", "24/7; Mo-Th 08:30-17:00 off; Fr 08:30-16:30 off; Mar 1 00:00-24:00"),
}


@pytest.fixture(scope="module")
def read() -> dict[str, Spans]:
    """When each is open, from a month before those years to a month after them."""
    return open_spans(PRINTED, BEGINS - timedelta(days=31), ENDS + timedelta(days=31))


@pytest.fixture(scope="module")
def invented() -> Directory:
    """The shipped directory, in a country of the invented calendar."""
    changed = [
        replace(one, on_duty=replace(one.on_duty, hours=_invented(one.hours)))
        for one in (
            DIRECTORY.services[slug] for slug in ("halton-icart", "halton-edt", "south-east-wales-edt")
        )
    ]
    return with_services(changed)


def invented_holidays(nation: Nation, year: int) -> frozenset[date]:
    return frozenset({date(year, 4, 23) if nation is Nation.ENGLAND else date(year, 3, 1)})


def _invented(hours: Hours) -> Hours:
    if isinstance(hours, WheneverClosed):
        return WheneverClosed(tuple(map(_invented, hours.others)))
    assert isinstance(hours, WrittenHours)
    return replace(hours, holidays=invented_holidays)


def instants(*desks: Spans) -> Iterator[datetime]:
    """Give a minute before, at and a minute after each change, and each time the clocks change."""
    edges = {edge for spans in desks for span in spans for edge in span}
    for year in (2026, 2027, 2028):
        edges |= {_last_sunday(year, 3), _last_sunday(year, 10)}
    for edge in sorted(edges):
        for at in (edge - ONE_MINUTE, edge, edge + ONE_MINUTE):
            if BEGINS <= at < ENDS:
                yield at


def _last_sunday(year: int, month: int) -> datetime:
    days = (datetime(year, month, day, 1, tzinfo=UTC) for day in range(31, 24, -1))
    return next(day for day in days if day.weekday() == 6)


def engine_says(code: str, directory: Directory, at: datetime) -> Answer:
    """Put the engine's answer beside the other reading's."""
    decision = route(Question(home=in_authority(code), at=at), directory)
    calls = tuple(_desk(step) for step in decision.steps if step.do is StepKind.CALL)
    (words,) = (step for step in decision.steps if step.do is not StepKind.CALL)
    assert words.read_by == decision.read_by
    return Answer(calls, _desk(words), decision.read_by, _clock(decision))


def _desk(step: Step) -> Desk:
    return (step.service, step.open, step.opens_at, step.closes_at)


def _clock(decision: Decision) -> tuple[datetime, datetime]:
    assert decision.clock is not None
    return (decision.clock.starts_at, decision.clock.due_at)


def differing(
    code: str, directory: Directory, again: Callable[[datetime], Answer], *desks: Spans
) -> list[datetime]:
    """Give the instants at which the engine and the second reading say something else."""
    return [at for at in instants(*desks) if engine_says(code, directory, at) != again(at)]


def test_halton(read: dict[str, Spans]) -> None:
    again = partial(halton, office=read["office"], emergency=read["emergency"])
    assert differing(HALTON, DIRECTORY, again, read["office"], read["emergency"]) == []


@pytest.mark.parametrize(("code", "rules"), [(CAERPHILLY, caerphilly), (NEWPORT, newport)])
def test_two_councils_of_the_south_east_wales_team(
    code: str, rules: Callable[..., Answer], read: dict[str, Spans]
) -> None:
    again = partial(rules, emergency=read["shared"])
    assert differing(code, DIRECTORY, again, read["shared"]) == []


def test_in_an_invented_calendar_each_nation_rests_on_its_own_day(
    read: dict[str, Spans], invented: Directory
) -> None:
    """The desks keep the invented days; the clock still counts the working days there really are."""
    office, emergency = read["invented office"], read["invented emergency"]
    shared = read["invented shared"]
    in_england, in_wales = (
        partial(halton, office=office, emergency=emergency),
        partial(caerphilly, emergency=shared),
    )
    assert differing(HALTON, invented, in_england, office, emergency) == []
    assert differing(CAERPHILLY, invented, in_wales, shared) == []
    first_of_march, saint_georges_day = (datetime(2027, *day, 12, tzinfo=UTC) for day in ((3, 1), (4, 23)))
    assert [in_england(at).calls[0][0] for at in (first_of_march, saint_georges_day)] == [
        "halton-icart",
        "halton-edt",
    ]
    assert [in_wales(at).calls[0][0] for at in (first_of_march, saint_georges_day)] == [
        "south-east-wales-edt",
        "police-101-gwent",
    ]

"""The time a council allows itself for deciding: it shortens the clock of one working day, no more."""

from dataclasses import replace
from datetime import datetime

import pytest

from intake.calendars.clocks import Clock
from intake.routing.codes import Reason
from intake.routing.decision import Decision
from intake.routing.directory import TimeAllowed, TimedAct
from intake.routing.explanation import Reader, explain
from intake.routing.places import NOT_KNOWN, Place
from intake.vocabulary import Colour, Nation
from tests.unit.routing.cases import AT_CARDIFF, AT_HALTON, CARDIFF, DIRECTORY, HALTON, MONDAY, local
from tests.unit.routing.invented import ask_of

FRIDAY_EVENING = "2026-11-20T18:00"


def allowed(
    minutes: int, of: TimedAct | Colour = TimedAct.DECIDE, *, working_time: bool = False
) -> TimeAllowed:
    return TimeAllowed(of, minutes, working_time, DIRECTORY.authorities[HALTON].provenance)


def asked(
    *times: TimeAllowed, home: Place = AT_HALTON, at: str = MONDAY, school: str | None = None
) -> Decision:
    """Ask a directory in which Halton and Cardiff allow themselves these times."""
    changed = {code: replace(DIRECTORY.authorities[code], clocks=times) for code in (HALTON, CARDIFF)}
    directory = replace(DIRECTORY, authorities={**DIRECTORY.authorities, **changed})
    return ask_of(directory, home, at, school_authority=school, receiving=frozenset({"halton-icart"}))


def due(decision: Decision) -> datetime:
    assert decision.clock is not None
    return decision.clock.due_at


@pytest.mark.parametrize(
    ("minutes", "working_time", "at", "starts", "ends"),
    [
        (120, False, MONDAY, MONDAY, "2026-11-23T12:00"),
        (120, False, FRIDAY_EVENING, "2026-11-23T09:00", "2026-11-23T11:00"),
        (479, True, "2026-11-23T12:00", "2026-11-23T12:00", "2026-11-24T11:59"),
        (1439, False, MONDAY, MONDAY, "2026-11-24T09:59"),
    ],
)
def test_a_council_that_allows_itself_less_than_a_working_day_decides_by_then(
    minutes: int,
    *,
    working_time: bool,
    at: str,
    starts: str,
    ends: str,
) -> None:
    decision = asked(allowed(minutes, working_time=working_time), at=at)
    assert decision.clock == Clock(local(starts), local(ends), Nation.ENGLAND)
    assert decision.reasons[-1] is Reason.OWN_TIME_TO_DECIDE


@pytest.mark.parametrize(
    "time",
    [
        allowed(1440),
        allowed(4 * 1440),
        allowed(480, working_time=True),
        allowed(60, TimedAct.ACKNOWLEDGE),
        allowed(60, TimedAct.MEET),
        allowed(60, Colour.RED),
    ],
)
def test_a_longer_time_or_one_for_something_else_leaves_the_working_day(time: TimeAllowed) -> None:
    decision = asked(time)
    assert decision.clock == asked().clock == Clock(local(MONDAY), local("2026-11-24T10:00"), Nation.ENGLAND)
    assert Reason.OWN_TIME_TO_DECIDE not in decision.reasons


def test_of_two_times_the_sooner_counts() -> None:
    assert due(asked(allowed(240), allowed(120), allowed(180))) == local("2026-11-23T12:00")


def test_a_time_while_open_says_nothing_where_the_hours_are_not_known() -> None:
    in_working_time = asked(allowed(60, working_time=True), home=AT_CARDIFF)
    assert due(in_working_time) == local("2026-11-24T10:00")
    assert Reason.OWN_TIME_TO_DECIDE not in in_working_time.reasons
    assert due(asked(allowed(60), home=AT_CARDIFF)) == local("2026-11-23T11:00")


def test_a_council_only_asked_to_pass_it_on_has_no_time_to_decide() -> None:
    decision = asked(allowed(60), home=NOT_KNOWN, school=HALTON)
    assert (decision.lead, decision.needs_allocation) == ("halton-icart", True)
    assert due(decision) == local("2026-11-24T10:00")
    assert Reason.OWN_TIME_TO_DECIDE not in decision.reasons


@pytest.mark.parametrize("reader", [Reader.REFERRER, Reader.HUB])
def test_both_sides_are_told_that_the_time_is_the_councils_own(reader: Reader) -> None:
    codes = [sentence.code for sentence in explain(asked(allowed(60)), reader)]
    assert codes[-2:] == ["own_time_to_decide", "decide_by"]

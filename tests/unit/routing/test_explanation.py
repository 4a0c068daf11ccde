"""What is said of a decision, and in which order."""

import pytest

from intake.routing.codes import Reason
from intake.routing.explanation import Said, explain
from intake.routing.places import NOT_KNOWN, Place, at_postcode
from tests.unit.routing.cases import (
    AT_CARDIFF,
    AT_HALTON,
    AT_THE_VALE,
    CARDIFF,
    DIRECTORY,
    HALTON,
    MONDAY,
    MONDAY_EVENING,
    ask,
)

EVERYBODY = frozenset(DIRECTORY.services)


def said(home: Place, at: str = MONDAY, **more: object) -> list[str]:
    return [sentence.code.value for sentence in explain(ask(home, at, **more))]


def test_by_day_the_office_is_rung_and_reads_it_now() -> None:
    assert said(AT_HALTON, receiving=EVERYBODY) == ["ring_until", "goes_to", "home_leads", "decide_by"]


def test_by_night_the_emergency_team_is_rung_and_the_day_team_reads_it_later() -> None:
    assert said(AT_HALTON, MONDAY_EVENING, receiving=EVERYBODY) == [
        "ring_now",
        "day_team_until",
        "home_leads",
        "decide_by",
    ]
    assert said(AT_HALTON, MONDAY_EVENING)[1] == "tell_day_team_until"


def test_hours_nobody_has_confirmed_are_followed_by_whom_to_try_next() -> None:
    assert said(AT_CARDIFF) == [
        "ring_unconfirmed",
        "if_no_answer",
        "number_unverified",
        "if_still_no_answer",
        "tell_outside",
        "home_leads",
        "written_within_24_hours",
    ]
    assert "goes_to_unknown" in said(AT_CARDIFF, receiving=EVERYBODY)


def test_danger_is_said_first_and_the_duty_team_after_it() -> None:
    assert said(AT_HALTON, danger=True)[:2] == ["ring_999", "then_ring"]
    assert said(AT_CARDIFF, danger=True)[:3] == ["ring_999", "then_ring_unconfirmed", "if_no_answer"]
    assert said(AT_HALTON, missing=True)[:2] == ["ring_police_missing", "then_ring"]


def test_a_team_that_is_closed_and_stands_in_for_another_is_named() -> None:
    named = frozenset({"halton-icart"})
    assert said(AT_HALTON, conflicted_services=named)[:2] == [
        "ring_police_nobody_on_duty",
        "tell_outside_until",
    ]
    assert said(AT_HALTON, conflicted_services=named, receiving=EVERYBODY)[1] == "goes_to_until"


@pytest.mark.parametrize(
    ("receiving", "code"), [(EVERYBODY, "by_way_of"), (frozenset[str](), "tell_by_way_of")]
)
def test_nobody_found_is_said_with_who_is_asked_to_pass_it_on(receiving: frozenset[str], code: str) -> None:
    assert said(at_postcode("CF5 1AA"), school_authority=HALTON, receiving=receiving) == [
        "ring_police_nobody_found",
        "then_ring",
        code,
        "which_council",
        "needs_allocation",
    ]
    assert said(NOT_KNOWN) == ["ring_police_nobody_found", "home_not_known", "needs_allocation"]


@pytest.mark.parametrize(("receiving", "code"), [(EVERYBODY, "copy_to"), (frozenset[str](), "tell_also")])
def test_home_is_told_when_it_does_not_lead(receiving: frozenset[str], code: str) -> None:
    assert code in said(AT_CARDIFF, found=AT_HALTON, urgent=True, receiving=receiving)


def test_home_that_is_not_listed_is_said_once() -> None:
    sentences = said(AT_THE_VALE, found=AT_HALTON, urgent=True)
    assert "home_not_listed" in sentences
    assert "authority_not_listed" not in sentences
    assert "authority_not_listed" in said(AT_THE_VALE, school_authority=CARDIFF)


def test_the_values_of_a_sentence_are_those_of_its_step() -> None:
    first = explain(ask(AT_HALTON))[0]
    assert first.code is Said.RING_UNTIL
    values = dict(first.values)
    assert (values["name"], values["phone"]) == ("Halton iCART", "0151 907 8305")
    assert set(values) == {"name", "phone", "closes_at"}
    which = explain(ask(at_postcode("CF5 1AA")))[1]
    assert which.code is Reason.WHICH_COUNCIL
    assert dict(which.values)["councils"] == "Cardiff, Vale of Glamorgan"

"""Who leads and who is told, of a child in care, not yet born, or grown up, and of what was passed on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intake.routing.codes import Reason, StepWhy
from intake.routing.decision import Decision
from intake.routing.leading import leading as who_leads
from intake.routing.leading import left_out
from intake.routing.places import NOT_KNOWN, Located, Place, at_postcode, in_authority
from intake.routing.question import Question
from tests.unit.routing.cases import (
    AT_CARDIFF,
    AT_HALTON,
    AT_THE_VALE,
    CARDIFF,
    DIRECTORY,
    HALTON,
    MONDAY,
    MONDAY_EVENING,
    THE_VALE,
    ask,
    calls,
    local,
    written,
)
from tests.unit.routing.invented import EVERYTHING, ask_of

_OF_LEADING = {
    Reason.HOME_LEADS,
    Reason.FOUND_LEADS,
    Reason.CARING_LEADS,
    Reason.HOME_TOLD,
    Reason.HOST_TOLD,
    Reason.CARING_TOLD,
    Reason.HOME_NOT_LISTED,
    Reason.CARING_NOT_LISTED,
    Reason.CARING_NOT_KNOWN,
    Reason.NEEDS_ALLOCATION,
}


def leading(decision: Decision) -> tuple[str | None, tuple[str, ...], list[str]]:
    """Give who leads, who is told, and the reasons for both."""
    reasons = [reason.value for reason in decision.reasons if reason in _OF_LEADING]
    return decision.lead, decision.informed, reasons


URGENT = {"urgent": True}


@pytest.mark.parametrize(
    ("home", "more", "lead", "told", "reasons"),
    [
        (AT_HALTON, {}, "cardiff-mash", ("halton-icart",), ["caring_leads", "host_told"]),
        (AT_HALTON, URGENT, "halton-icart", ("cardiff-mash",), ["caring_told", "home_leads"]),
        (AT_HALTON, {"danger": True}, "halton-icart", ("cardiff-mash",), ["caring_told", "home_leads"]),
        (AT_CARDIFF, {}, "cardiff-mash", (), ["caring_leads"]),
        (AT_CARDIFF, URGENT, "cardiff-mash", (), ["home_leads"]),
        (NOT_KNOWN, {}, "cardiff-mash", (), ["caring_leads"]),
        (NOT_KNOWN, {"found": AT_HALTON}, "cardiff-mash", (), ["caring_leads"]),
        (
            NOT_KNOWN,
            {"found": AT_HALTON, **URGENT},
            "halton-icart",
            ("cardiff-mash",),
            ["caring_told", "found_leads"],
        ),
        (AT_THE_VALE, {}, "cardiff-mash", (), ["caring_leads", "home_not_listed"]),
        (AT_THE_VALE, URGENT, "cardiff-mash", (), ["caring_leads", "home_not_listed"]),
        (
            AT_CARDIFF,
            {"found": AT_HALTON, **URGENT},
            "halton-icart",
            ("cardiff-mash",),
            ["caring_told", "found_leads", "home_told"],
        ),
    ],
)
def test_who_cares_for_a_child_takes_the_principals_part(
    home: Place, more: dict[str, Any], lead: str, told: tuple[str, ...], reasons: list[str]
) -> None:
    decision = ask(home, in_care=True, caring=CARDIFF, **more)
    assert leading(decision) == (lead, told, reasons)
    assert decision.caring is not None
    assert decision.caring.name == "Cardiff"


def test_three_councils_make_one_lead_and_two_copies() -> None:
    third = ask_of(
        EVERYTHING,
        AT_HALTON,
        caring=CARDIFF,
        found=AT_THE_VALE,
        urgent=True,
        receiving=frozenset({"halton-icart"}),
    )
    assert written(third) == [("send", "halton-icart"), ("send_outside", "cardiff-mash")]
    assert third.steps[-1].why is StepWhy.FOR_INFORMATION
    assert Reason.FOUND_NOT_LISTED in third.reasons


@pytest.mark.parametrize("urgent", [True, False])
def test_a_council_that_cares_and_is_not_listed_is_said_to_be(urgent: bool) -> None:  # noqa: FBT001
    decision = ask(AT_HALTON, in_care=True, caring=THE_VALE, urgent=urgent)
    assert leading(decision) == ("halton-icart", (), ["caring_not_listed", "home_leads"])
    unknown = ask(AT_HALTON, in_care=True, urgent=urgent)
    assert leading(unknown) == ("halton-icart", (), ["caring_not_known", "home_leads"])


def test_a_council_that_cares_and_is_kept_out_whole_is_passed_over() -> None:
    named = frozenset({"cardiff-mash", "cardiff-edt"})
    decision = ask(AT_HALTON, caring=CARDIFF, conflicted_services=named)
    assert leading(decision) == ("halton-icart", (), ["home_leads"])
    assert Reason.SERVICE_NAMED_IN_CONCERN in decision.reasons


def test_a_child_not_yet_born_goes_by_the_mothers_home() -> None:
    decision = ask(AT_HALTON, due_on=date(2027, 2, 1))
    assert decision.lead == "halton-icart"
    assert {Reason.HOME_LEADS, Reason.UNBORN_BY_MOTHERS_HOME} <= set(decision.reasons)
    elsewhere = ask(AT_HALTON, found=AT_CARDIFF, urgent=True, due_on=date(2027, 2, 1))
    assert Reason.UNBORN_BY_MOTHERS_HOME not in elsewhere.reasons


def test_eighteen_or_over_goes_to_the_service_for_adults_where_it_is_listed() -> None:
    decision = ask_of(EVERYTHING, AT_HALTON, age=18)
    assert calls(decision) == ["halton-adults"]
    assert leading(decision) == ("halton-adults", (), ["home_leads"])
    assert Reason.EIGHTEEN_OR_OVER in decision.reasons
    assert Reason.ADULT_SERVICE_NOT_LISTED not in decision.reasons
    assert calls(ask_of(EVERYTHING, AT_HALTON, MONDAY_EVENING, age=18)) == ["police-101-cheshire"]


@pytest.mark.parametrize("home", [AT_HALTON, AT_THE_VALE, NOT_KNOWN])
def test_eighteen_or_over_without_such_a_service_is_the_polices_and_still_somebodys(home: Place) -> None:
    decision = ask(home, age=40)
    assert calls(decision) == ["police-101"]
    assert decision.first.why is StepWhy.FOR_AN_ADULT
    assert (decision.authority, decision.lead, decision.needs_allocation) == (None, None, True)
    assert {Reason.EIGHTEEN_OR_OVER, Reason.ADULT_SERVICE_NOT_LISTED} <= set(decision.reasons)
    assert calls(ask(home, age=40, danger=True)) == ["police-999"]


def test_the_schools_own_service_for_adults_may_be_asked_to_pass_it_on() -> None:
    decision = ask_of(EVERYTHING, NOT_KNOWN, age=19, found=AT_CARDIFF, school_authority=HALTON)
    assert calls(decision) == ["police-101-cheshire", "halton-adults"]
    assert decision.needs_allocation
    assert Reason.ADULT_SERVICE_NOT_LISTED in decision.reasons


def test_seventeen_is_a_child() -> None:
    decision = ask_of(EVERYTHING, AT_HALTON, age=17)
    assert calls(decision) == ["halton-icart"]
    assert Reason.EIGHTEEN_OR_OVER not in decision.reasons


def test_a_service_that_passed_it_on_is_not_asked_again() -> None:
    decision = ask(AT_HALTON, MONDAY_EVENING, passed_on=frozenset({"halton-icart"}))
    assert {step.service for step in decision.steps} == {"halton-edt"}
    assert Reason.PASSED_ON in decision.reasons


def test_a_council_whose_every_service_passed_it_on_is_passed_over() -> None:
    both = frozenset({"halton-icart", "halton-edt"})
    decision = ask(AT_HALTON, MONDAY, passed_on=both, school_authority=CARDIFF)
    assert (decision.authority, decision.lead, decision.needs_allocation) == (None, "cardiff-mash", True)
    assert Reason.PASSED_ON in decision.reasons
    assert Reason.AUTHORITY_NOT_LISTED not in decision.reasons


BOTH_TEAMS = frozenset({"halton-icart", "halton-edt"})


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ({"passed_on": BOTH_TEAMS}, Reason.PASSED_ON),
        ({"conflicted_services": BOTH_TEAMS}, Reason.SERVICE_NAMED_IN_CONCERN),
        ({"age": 18}, Reason.ADULT_SERVICE_NOT_LISTED),
    ],
)
def test_why_a_council_that_is_listed_does_not_lead_is_said(out: dict[str, Any], reason: Reason) -> None:
    question = Question(home=AT_HALTON, at=local(MONDAY), **out)
    assert reason in who_leads(question, DIRECTORY).reasons


def test_a_listed_council_without_a_team_is_as_good_as_not_listed() -> None:
    listed_without_teams = replace(DIRECTORY, by_authority={})
    reasons = who_leads(Question(home=AT_HALTON, at=local(MONDAY)), listed_without_teams).reasons
    assert reasons == (Reason.AUTHORITY_NOT_LISTED, Reason.NEEDS_ALLOCATION)


def test_the_police_are_those_of_where_the_child_lives_though_its_council_is_not_listed() -> None:
    located = Located(None, (), Reason.POSTCODE_NOT_LISTED, police_force="cheshire")
    decision = ask(at_postcode("CW1 2AB", located), school_authority=CARDIFF)
    assert calls(decision)[0] == "police-101-cheshire"
    assert calls(ask(at_postcode("CW1 2AB", located)))[0] == "police-101-cheshire"


NOT_LISTED = in_authority("E09000001")


@pytest.mark.parametrize(
    ("home", "found", "reasons"),
    [
        (NOT_KNOWN, AT_HALTON, (Reason.HOME_NOT_KNOWN, Reason.FOUND_LEADS)),
        (AT_HALTON, NOT_LISTED, (Reason.HOME_LEADS,)),
        (NOT_KNOWN, NOT_LISTED, (Reason.HOME_NOT_KNOWN, Reason.FOUND_NOT_LISTED, Reason.NEEDS_ALLOCATION)),
        (NOT_KNOWN, None, (Reason.HOME_NOT_KNOWN, Reason.NEEDS_ALLOCATION)),
    ],
)
def test_the_reasons_for_who_leads_are_these_and_no_others(
    home: Place, found: Place | None, reasons: tuple[Reason, ...]
) -> None:
    assert who_leads(Question(home=home, found=found, at=local(MONDAY)), DIRECTORY).reasons == reasons


def test_the_council_that_knows_the_child_is_never_one_only_asked_to_pass_it_on() -> None:
    asked = who_leads(Question(home=NOT_KNOWN, at=local(MONDAY), school_authority=HALTON), DIRECTORY)
    assert (asked.authority, asked.principal) == (DIRECTORY.authorities[HALTON], None)
    found = who_leads(Question(home=NOT_KNOWN, found=AT_HALTON, at=local(MONDAY)), DIRECTORY)
    assert found.principal is DIRECTORY.authorities[HALTON]


def test_the_police_are_never_left_out() -> None:
    everybody = frozenset(DIRECTORY.services)
    question = Question(home=AT_HALTON, at=local(MONDAY), passed_on=everybody, conflicted_services=everybody)
    kept = {slug for slug, one in DIRECTORY.services.items() if not left_out(one, question)}
    assert kept == {slug for slug in everybody if slug.startswith("police-")}

"""Where a referral goes: the rules, one by one, on the shipped directory."""

import pytest

from intake.calendars.clocks import Clock
from intake.routing.codes import Reason, StepWhy
from intake.routing.places import (
    NO_FIXED_ADDRESS,
    NOT_KNOWN,
    Place,
    at_postcode,
    in_another_council,
    in_authority,
)
from intake.vocabulary import Nation
from tests.unit.routing.cases import (
    AT_CARDIFF,
    AT_HALTON,
    AT_THE_VALE,
    CARDIFF,
    HALTON,
    MONDAY,
    MONDAY_EVENING,
    ask,
    calls,
    local,
    written,
)


@pytest.mark.parametrize(
    ("at", "first", "read"),
    [
        ("2026-11-23T08:59", "halton-edt", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "halton-icart", "2026-11-23T09:00"),
        ("2026-11-26T16:59", "halton-icart", "2026-11-26T16:59"),
        ("2026-11-26T17:00", "halton-edt", "2026-11-27T09:00"),
        ("2026-11-20T16:29", "halton-icart", "2026-11-20T16:29"),
        ("2026-11-20T16:30", "halton-edt", "2026-11-23T09:00"),
        ("2026-11-22T03:00", "halton-edt", "2026-11-23T09:00"),
        ("2026-04-02T17:00", "halton-edt", "2026-04-07T09:00"),
        ("2026-04-03T10:00", "halton-edt", "2026-04-07T09:00"),
        ("2026-04-06T10:00", "halton-edt", "2026-04-07T09:00"),
        ("2026-12-25T10:00", "halton-edt", "2026-12-29T09:00"),
        ("2026-12-28T10:00", "halton-edt", "2026-12-29T09:00"),
        ("2026-12-29T09:00", "halton-icart", "2026-12-29T09:00"),
        ("2026-03-29T01:30", "halton-edt", "2026-03-30T09:00"),
        ("2026-03-30T08:59", "halton-edt", "2026-03-30T09:00"),
        ("2026-03-30T09:00", "halton-icart", "2026-03-30T09:00"),
        ("2026-10-25T01:30", "halton-edt", "2026-10-26T09:00"),
        ("2026-10-26T08:59", "halton-edt", "2026-10-26T09:00"),
        ("2026-10-26T09:00", "halton-icart", "2026-10-26T09:00"),
    ],
)
def test_halton_is_rung_where_somebody_is_and_the_words_wait_for_the_office(
    at: str, first: str, read: str
) -> None:
    decision = ask(AT_HALTON, at)
    assert calls(decision) == [first]
    assert decision.lead == "halton-icart"
    assert decision.read_by == local(read)
    assert (Reason.OUT_OF_HOURS in decision.reasons) is (first == "halton-edt")


@pytest.mark.parametrize("at", [MONDAY, MONDAY_EVENING, "2026-12-25T10:00", "2026-10-25T01:30"])
def test_cardiff_is_rung_though_nobody_has_confirmed_its_hours_and_101_stands_behind(at: str) -> None:
    decision = ask(AT_CARDIFF, at)
    assert [(step.phone, step.open, step.phone_unverified) for step in decision.steps[:3]] == [
        ("029 2053 6490", None, False),
        ("029 2078 8570", None, True),
        ("101", True, False),
    ]
    assert decision.first.why is StepWhy.HOURS_NOT_CONFIRMED
    assert decision.read_by is None
    assert {Reason.HOURS_NOT_CONFIRMED, Reason.NUMBER_NOT_VERIFIED} <= set(decision.reasons)


def test_danger_means_999_first_and_then_the_duty_team() -> None:
    decision = ask(AT_HALTON, MONDAY_EVENING, danger=True)
    assert calls(decision) == ["police-999", "halton-edt"]
    assert decision.first.why is StepWhy.IN_DANGER


def test_when_999_is_rung_101_is_not_asked_for_as_well() -> None:
    assert calls(ask(AT_CARDIFF, danger=True)) == ["police-999", "cardiff-mash", "cardiff-edt"]
    assert calls(ask(NOT_KNOWN, danger=True, missing=True)) == ["police-999"]


def test_a_missing_child_means_the_police_of_that_area_first() -> None:
    assert calls(ask(AT_HALTON, missing=True)) == ["police-101-cheshire", "halton-icart"]
    assert calls(ask(AT_CARDIFF, missing=True)) == ["police-101-south-wales", "cardiff-mash", "cardiff-edt"]
    assert ask(AT_HALTON, missing=True).first.why is StepWhy.CHILD_MISSING


def test_a_missing_child_in_danger_means_999_first() -> None:
    assert calls(ask(AT_HALTON, missing=True, danger=True)) == ["police-999", "halton-icart"]


def test_the_steps_say_when_each_service_opens_and_closes() -> None:
    open_now, sent = ask(AT_HALTON, receiving=frozenset({"halton-icart"})).steps
    assert (open_now.open, open_now.opens_at, open_now.closes_at) == (True, None, local("2026-11-23T17:00"))
    assert sent.why is StepWhy.READ_NOW
    tonight, waiting = ask(AT_HALTON, MONDAY_EVENING).steps
    assert (tonight.open, tonight.closes_at) == (True, local("2026-11-24T09:00"))
    assert (waiting.open, waiting.opens_at, waiting.closes_at) == (False, local("2026-11-24T09:00"), None)
    assert waiting.why is StepWhy.NOT_READ_UNTIL
    unknown = ask(AT_CARDIFF).first
    assert (unknown.open, unknown.opens_at, unknown.closes_at) == (None, None, None)


def test_only_a_service_that_receives_here_is_sent_to() -> None:
    here = ask(AT_HALTON, receiving=frozenset({"halton-icart", "cardiff-mash"}))
    assert written(here) == [("send", "halton-icart")]
    assert here.lead_receives_here
    assert Reason.NOT_SENT_BY_US not in here.reasons
    outside = ask(AT_HALTON, receiving=frozenset({"cardiff-mash"}))
    assert written(outside) == [("send_outside", "halton-icart")]
    assert not outside.lead_receives_here
    assert Reason.NOT_SENT_BY_US in outside.reasons


def test_in_wales_a_call_is_put_in_writing_within_a_day_unless_it_is_sent_from_here() -> None:
    assert Reason.WRITTEN_WITHIN_24_HOURS in ask(AT_CARDIFF).reasons
    assert (
        Reason.WRITTEN_WITHIN_24_HOURS not in ask(AT_CARDIFF, receiving=frozenset({"cardiff-mash"})).reasons
    )
    assert Reason.WRITTEN_WITHIN_24_HOURS not in ask(AT_HALTON).reasons


def test_the_clock_of_one_working_day_starts_by_the_leads_hours() -> None:
    friday = ask(AT_HALTON, "2026-11-20T16:45")
    assert friday.clock == Clock(local("2026-11-23T09:00"), local("2026-11-24T09:00"), Nation.ENGLAND)
    saturday = ask(AT_CARDIFF, "2026-11-21T10:00")
    assert saturday.clock == Clock(local("2026-11-23T00:00"), local("2026-11-24T00:00"), Nation.WALES)


def test_home_leads_where_nothing_presses() -> None:
    decision = ask(AT_HALTON, found=AT_CARDIFF)
    assert (decision.lead, decision.informed) == ("halton-icart", ())
    assert Reason.HOME_LEADS in decision.reasons


@pytest.mark.parametrize("pressing", ["danger", "urgent"])
def test_where_the_child_is_leads_when_protection_is_needed_now_and_home_is_told(pressing: str) -> None:
    receiving = frozenset({"halton-icart"})
    decision = ask(
        AT_CARDIFF,
        found=AT_HALTON,
        receiving=receiving,
        danger=pressing == "danger",
        urgent=pressing == "urgent",
    )
    assert decision.lead == "halton-icart"
    assert decision.informed == ("cardiff-mash",)
    assert written(decision) == [("send", "halton-icart"), ("send_outside", "cardiff-mash")]
    assert decision.steps[-1].why is StepWhy.FOR_INFORMATION
    assert {Reason.FOUND_LEADS, Reason.HOME_TOLD} <= set(decision.reasons)
    assert decision.home is not None
    assert decision.home.code == CARDIFF


def test_a_child_found_at_home_is_simply_at_home() -> None:
    decision = ask(AT_HALTON, found=in_authority(HALTON), danger=True)
    assert (decision.lead, decision.informed) == ("halton-icart", ())


@pytest.mark.parametrize("home", [NOT_KNOWN, NO_FIXED_ADDRESS])
def test_where_the_child_is_leads_when_home_is_not_known(home: Place) -> None:
    decision = ask(home, found=AT_HALTON)
    assert decision.lead == "halton-icart"
    assert decision.authority is not None
    assert decision.authority.code == HALTON
    assert not decision.needs_allocation
    assert Reason.FOUND_LEADS in decision.reasons
    because = {NOT_KNOWN: Reason.HOME_NOT_KNOWN, NO_FIXED_ADDRESS: Reason.NO_FIXED_ADDRESS}
    assert because[home] in decision.reasons


def test_home_that_is_not_listed_cannot_be_told_by_us() -> None:
    decision = ask(AT_THE_VALE, found=AT_HALTON, urgent=True)
    assert (decision.lead, decision.informed) == ("halton-icart", ())
    assert {Reason.AUTHORITY_NOT_LISTED, Reason.HOME_NOT_LISTED} <= set(decision.reasons)


def test_home_leads_when_where_the_child_is_is_not_listed() -> None:
    decision = ask(AT_HALTON, found=AT_THE_VALE, danger=True)
    assert decision.lead == "halton-icart"
    assert Reason.FOUND_NOT_LISTED in decision.reasons


def test_home_leads_when_where_the_child_is_is_not_settled() -> None:
    decision = ask(AT_HALTON, found=at_postcode("CF5 1AA"), danger=True)
    assert decision.lead == "halton-icart"
    assert Reason.FOUND_NOT_SETTLED in decision.reasons
    assert [council.name for council in decision.candidates] == ["Cardiff", "Vale of Glamorgan"]
    assert Reason.FOUND_NOT_SETTLED not in ask(AT_HALTON, found=NOT_KNOWN, danger=True).reasons


@pytest.mark.parametrize(
    ("home", "because"),
    [
        (AT_THE_VALE, Reason.AUTHORITY_NOT_LISTED),
        (at_postcode("CF5 1AA"), Reason.WHICH_COUNCIL),
        (at_postcode("SW1A 1AA"), Reason.POSTCODE_NOT_LISTED),
        (at_postcode("EH1 1AA"), Reason.OUTSIDE_ENGLAND_AND_WALES),
        (at_postcode("BFPO 61"), Reason.FORCES_ADDRESS),
        (at_postcode("by the river"), Reason.NOT_A_POSTCODE),
        (NOT_KNOWN, Reason.HOME_NOT_KNOWN),
        (NO_FIXED_ADDRESS, Reason.NO_FIXED_ADDRESS),
        (in_another_council(), Reason.ANOTHER_COUNCIL),
        (in_another_council("CF5 1AA"), Reason.ANOTHER_COUNCIL),
        (in_another_council("EH1 1AA"), Reason.OUTSIDE_ENGLAND_AND_WALES),
    ],
)
def test_nobody_found_is_a_state_the_schools_own_authority_is_asked_to_settle(
    home: Place, because: Reason
) -> None:
    decision = ask(home, school_authority=HALTON)
    assert calls(decision) == ["police-101-cheshire", "halton-icart"]
    assert (decision.authority, decision.lead, decision.needs_allocation) == (None, "halton-icart", True)
    assert decision.steps[-1].why is StepWhy.FOR_ANOTHER_AUTHORITY
    assert {because, Reason.BY_WAY_OF_ANOTHER, Reason.NEEDS_ALLOCATION} <= set(decision.reasons)


@pytest.mark.parametrize("school", [None, "W06000014"])
def test_with_no_authority_at_all_the_police_are_still_there(school: str | None) -> None:
    decision = ask(NOT_KNOWN, school_authority=school)
    assert calls(decision) == ["police-101"]
    assert decision.first.why is StepWhy.NOBODY_FOUND
    assert (decision.lead, decision.clock, decision.read_by) == (None, None, None)
    assert decision.needs_allocation


def test_where_the_child_is_passes_on_what_belongs_to_an_authority_not_listed() -> None:
    decision = ask(AT_THE_VALE, found=AT_CARDIFF, school_authority=HALTON)
    assert (decision.authority, decision.lead, decision.needs_allocation) == (None, "cardiff-mash", True)


def test_a_postcode_that_is_certain_names_the_council_of_somebody_who_found_it_in_no_list() -> None:
    decision = ask(in_another_council("WA8 7QF"))
    assert decision.lead == "halton-icart"
    assert Reason.ANOTHER_COUNCIL not in decision.reasons


def test_a_council_somebody_named_is_believed_over_a_postcode_and_the_difference_is_said() -> None:
    decision = ask(in_authority(CARDIFF, "WA8 7QF"))
    assert decision.lead == "cardiff-mash"
    assert Reason.POSTCODE_DIFFERS in decision.reasons
    for agreeing in (in_authority(HALTON, "WA8 7QF"), in_authority(HALTON, "WA7 1AA")):
        assert Reason.POSTCODE_DIFFERS not in ask(agreeing).reasons


def test_a_team_named_in_the_concern_never_receives_it() -> None:
    decision = ask(AT_HALTON, MONDAY_EVENING, conflicted_services=frozenset({"halton-icart"}))
    assert {step.service for step in decision.steps} == {"halton-edt"}
    assert Reason.SERVICE_NAMED_IN_CONCERN in decision.reasons


def test_an_authority_whose_every_team_is_named_is_passed_over() -> None:
    both = frozenset({"halton-icart", "halton-edt"})
    decision = ask(AT_HALTON, conflicted_services=both, school_authority=CARDIFF)
    assert calls(decision) == ["police-101-south-wales", "cardiff-mash", "cardiff-edt"]
    assert (decision.lead, decision.needs_allocation) == ("cardiff-mash", True)
    assert Reason.AUTHORITY_NOT_LISTED not in decision.reasons


def test_when_nobody_is_on_duty_the_police_stand_behind() -> None:
    decision = ask(AT_HALTON, MONDAY, conflicted_services=frozenset({"halton-icart"}))
    assert calls(decision) == ["police-101-cheshire"]
    assert decision.first.why is StepWhy.STANDS_BEHIND
    assert Reason.NOBODY_ON_DUTY in decision.reasons


def test_the_police_cannot_be_kept_out_since_nobody_else_answers_999() -> None:
    named = frozenset({"police-999", "police-101-cheshire"})
    assert calls(ask(AT_HALTON, danger=True, conflicted_services=named))[0] == "police-999"
    assert calls(ask(AT_HALTON, missing=True, conflicted_services=named))[0] == "police-101-cheshire"


def test_staff_named_in_the_concern_are_kept_out_by_account() -> None:
    decision = ask(AT_HALTON, conflicted_staff=frozenset({"b", "a"}))
    assert decision.kept_out == ("a", "b")
    assert decision.lead == "halton-icart"
    assert Reason.STAFF_NAMED_IN_CONCERN in decision.reasons


@pytest.mark.parametrize(("age", "said"), [(None, False), (17, False), (18, True), (40, True)])
def test_eighteen_or_over_is_said(age: int | None, said: bool) -> None:  # noqa: FBT001
    assert (Reason.EIGHTEEN_OR_OVER in ask(AT_HALTON, age=age).reasons) is said

"""The steps: who has the child's case already, staff, the last minutes of a day, and ways to write."""

from dataclasses import replace
from datetime import date

import pytest

from intake.calendars.hours import WrittenHours
from intake.routing.codes import Reason, StepWhy, WrittenChannel
from intake.routing.decision import Decision
from intake.routing.places import NOT_KNOWN
from intake.vocabulary import Nation, OpenState, ServiceKind
from tests.unit.routing.cases import (
    AT_CARDIFF,
    AT_HALTON,
    CARDIFF,
    HALTON,
    MONDAY,
    MONDAY_EVENING,
    ask,
    calls,
    local,
)
from tests.unit.routing.invented import (
    BY_POST,
    EVERYTHING,
    ICART,
    LAST_HALF_HOUR,
    OPEN_CASES,
    ask_of,
    service,
    with_services,
)

HERE = frozenset({"halton-icart"})


def whys(decision: Decision) -> list[str]:
    return [step.why.value for step in decision.steps]


def test_the_line_for_open_cases_is_rung_before_the_front_door() -> None:
    decision = ask_of(EVERYTHING, AT_HALTON, allocated=True, receiving=HERE)
    assert calls(decision) == ["halton-open-cases", "halton-icart"]
    assert whys(decision) == ["worker_allocated", "on_duty", "read_now"]
    assert decision.lead == "halton-icart"
    assert Reason.WORKER_ALLOCATED in decision.reasons


def test_danger_and_a_missing_child_come_before_the_childs_own_worker() -> None:
    assert calls(ask_of(EVERYTHING, AT_HALTON, allocated=True, danger=True)) == [
        "police-999",
        "halton-open-cases",
        "halton-icart",
    ]
    missing = ask_of(EVERYTHING, AT_HALTON, allocated=True, missing=True)
    assert calls(missing)[:2] == ["police-101-cheshire", "halton-open-cases"]


def test_a_line_that_is_closed_or_left_out_is_not_rung() -> None:
    assert calls(ask_of(EVERYTHING, AT_HALTON, MONDAY_EVENING, allocated=True)) == ["halton-edt"]
    named = frozenset({"halton-open-cases"})
    assert calls(ask_of(EVERYTHING, AT_HALTON, allocated=True, conflicted_services=named)) == ["halton-icart"]


def test_a_line_whose_hours_nobody_confirmed_replaces_nobody() -> None:
    decision = ask_of(EVERYTHING, AT_CARDIFF, allocated=True)
    assert calls(decision)[0] == "cardiff-open-cases"
    assert calls(decision)[-3:] == ["cardiff-mash", "cardiff-edt", "police-101-south-wales"]


def test_the_line_is_that_of_the_council_that_knows_the_child() -> None:
    found = ask_of(EVERYTHING, AT_HALTON, found=AT_CARDIFF, urgent=True, allocated=True)
    assert found.lead == "cardiff-mash"
    assert calls(found)[0] == "halton-open-cases"
    cared_for = ask_of(EVERYTHING, AT_HALTON, caring=CARDIFF, urgent=True, allocated=True)
    assert calls(cared_for) == ["cardiff-open-cases", "halton-icart"]


def test_nobody_on_duty_still_ends_with_the_police_after_the_childs_own_worker() -> None:
    always = replace(OPEN_CASES.on_duty, hours=WrittenHours("24/7", Nation.ENGLAND))
    directory = with_services([replace(OPEN_CASES, on_duty=always)])
    decision = ask_of(directory, AT_HALTON, allocated=True, conflicted_services=frozenset({"halton-icart"}))
    assert calls(decision) == ["halton-open-cases", "police-101-cheshire"]


def test_a_concern_about_staff_goes_to_the_officer_of_the_schools_council_after_the_team() -> None:
    decision = ask_of(EVERYTHING, AT_CARDIFF, about_staff=True, school_authority=HALTON)
    assert calls(decision)[-2:] == ["police-101-south-wales", "halton-lado"]
    assert decision.steps[-2].why is StepWhy.ABOUT_STAFF
    assert Reason.CONCERN_ABOUT_STAFF in decision.reasons
    assert Reason.LADO_NOT_LISTED not in decision.reasons


def test_the_officer_is_rung_when_they_are_back() -> None:
    decision = ask_of(EVERYTHING, AT_HALTON, MONDAY_EVENING, about_staff=True, school_authority=HALTON)
    officer = decision.steps[1]
    assert (officer.service, officer.open, officer.opens_at) == (
        "halton-lado",
        False,
        local("2026-11-24T09:00"),
    )
    assert calls(decision) == ["halton-edt", "halton-lado"]


@pytest.mark.parametrize(
    ("school", "named", "reason"),
    [
        (HALTON, frozenset[str](), None),
        (HALTON, frozenset({"halton-lado"}), Reason.LADO_NOT_LISTED),
        ("E08000011", frozenset[str](), Reason.LADO_NOT_LISTED),
        (None, frozenset[str](), Reason.LADO_NOT_LISTED),
        (CARDIFF, frozenset[str](), Reason.PRACTITIONER_IN_WALES),
    ],
)
def test_no_number_for_an_officer_is_said_and_wales_has_its_own_part(
    school: str | None, named: frozenset[str], reason: Reason | None
) -> None:
    decision = ask_of(
        EVERYTHING, AT_HALTON, about_staff=True, school_authority=school, conflicted_services=named
    )
    said = {Reason.LADO_NOT_LISTED, Reason.PRACTITIONER_IN_WALES} & set(decision.reasons)
    assert said == ({reason} if reason else set())
    assert ("halton-lado" in calls(decision)) is (reason is None)


def test_without_a_school_the_nation_is_that_of_who_leads() -> None:
    assert Reason.PRACTITIONER_IN_WALES in ask(AT_CARDIFF, about_staff=True).reasons
    nobody = ask(replace(AT_HALTON, authority="E08000011"), about_staff=True)
    assert Reason.LADO_NOT_LISTED in nobody.reasons


@pytest.mark.parametrize(
    ("at", "read", "urgent_only"),
    [
        ("2026-11-23T16:29", "2026-11-23T16:29", []),
        ("2026-11-23T16:30", "2026-11-24T09:00", [Reason.URGENT_ONLY_NOW]),
        ("2026-11-23T16:59", "2026-11-24T09:00", [Reason.URGENT_ONLY_NOW]),
        ("2026-11-23T17:00", "2026-11-24T09:00", []),
        ("2026-11-27T16:00", "2026-11-30T09:00", [Reason.URGENT_ONLY_NOW]),
    ],
)
def test_in_the_last_half_hour_what_can_wait_is_read_when_they_open_again(
    at: str, read: str, urgent_only: list[Reason]
) -> None:
    decision = ask_of(LAST_HALF_HOUR, AT_HALTON, at, receiving=HERE)
    sent = decision.steps[-1]
    assert (sent.urgent_only, sent.read_by) == (bool(urgent_only), local(read))
    assert decision.read_by == local(read)
    assert [reason for reason in decision.reasons if reason is Reason.URGENT_ONLY_NOW] == urgent_only
    assert (sent.why is StepWhy.READ_NOW) is (local(read) == local(at))
    assert decision.first.state is OpenState.OPEN


@pytest.mark.parametrize("pressing", ["danger", "missing", "urgent"])
def test_in_the_last_half_hour_what_cannot_wait_is_read_now(pressing: str) -> None:
    decision = ask_of(LAST_HALF_HOUR, AT_HALTON, "2026-11-23T16:45", receiving=HERE, **{pressing: True})
    assert decision.read_by == local("2026-11-23T16:45")
    assert decision.steps[-1].urgent_only
    assert Reason.URGENT_ONLY_NOW not in decision.reasons


def test_every_step_that_writes_says_when_it_is_read() -> None:
    decision = ask(AT_CARDIFF, MONDAY_EVENING, found=AT_HALTON, urgent=True)
    first, second = decision.steps[-2:]
    assert (first.service, first.read_by) == ("halton-icart", local("2026-11-24T09:00"))
    assert (second.service, second.read_by) == ("cardiff-mash", None)
    assert all(step.read_by is None for step in decision.steps[:-2])


def test_what_is_not_sent_from_here_goes_by_the_way_that_holds_at_that_hour() -> None:
    by_day = ask_of(BY_POST, AT_HALTON).steps[-1]
    assert (by_day.channel, by_day.where) == (WrittenChannel.SECURE_EMAIL, "duty@council.invalid")
    by_night = ask_of(BY_POST, AT_HALTON, MONDAY_EVENING).steps[-1]
    assert (by_night.channel, by_night.where, by_night.urgent_only) == (WrittenChannel.TELEPHONE, None, True)
    assert by_night.read_by == local("2026-11-24T09:00")
    sent = ask_of(BY_POST, AT_HALTON, receiving=HERE).steps[-1]
    assert (sent.channel, sent.where) == (WrittenChannel.HERE, None)
    no_way = ask_of(with_services([replace(ICART, receives=())]), AT_HALTON).steps[-1]
    assert (no_way.channel, no_way.where) == (None, None)


def test_a_desk_that_never_opens_again_reads_nothing_we_know_of() -> None:
    closed = replace(ICART.on_duty, hours=WrittenHours("off", Nation.ENGLAND))
    decision = ask_of(with_services([replace(ICART, on_duty=closed)]), AT_HALTON)
    assert (decision.read_by, decision.steps[-1].why) == (None, StepWhy.NOT_READ_UNTIL)
    always = replace(ICART.on_duty, hours=WrittenHours("24/7", Nation.ENGLAND))
    urgent_way = replace(BY_POST.services["halton-icart"].receives[1])
    day_and_night = replace(ICART, on_duty=always, receives=(urgent_way,))
    decision = ask_of(with_services([day_and_night]), AT_HALTON)
    assert (decision.read_by, decision.steps[-1].why) == (None, StepWhy.READING_NOT_KNOWN)


def test_a_number_in_another_language_goes_with_the_step() -> None:
    english = ICART.phones[0]
    welsh = replace(english, number="029 2000 0000", language="cy")
    plain = replace(english, number="029 2000 0001", language=None)
    directory = with_services([replace(ICART, phones=(english, welsh, plain))])
    first = ask_of(directory, AT_HALTON).first
    assert first.phone == english.number
    assert first.other_phones == (("cy", "029 2000 0000"), ("", "029 2000 0001"))


def test_a_desk_that_serves_both_councils_gets_one_copy() -> None:
    both = service("shared-door", ServiceKind.FRONT_DOOR, covers=frozenset({HALTON, CARDIFF}))
    named = frozenset({"halton-icart", "cardiff-mash"})
    directory = with_services([both])
    decision = ask_of(directory, AT_HALTON, MONDAY, found=AT_CARDIFF, urgent=True, conflicted_services=named)
    assert (decision.lead, decision.informed) == ("shared-door", ())


def test_a_desk_asked_to_pass_it_on_is_rung_for_another_council() -> None:
    decision = ask(NOT_KNOWN, school_authority=HALTON)
    assert whys(decision) == ["nobody_found", "for_another_authority", "for_another_authority"]


def test_a_step_says_when_its_number_was_checked() -> None:
    checked = replace(ICART.phones[0].provenance, checked_on=date(2026, 11, 1), checked_by="A. Person")
    directory = with_services([replace(ICART, phones=(replace(ICART.phones[0], provenance=checked),))])
    assert ask_of(directory, AT_HALTON).first.phone_checked_on == date(2026, 11, 1)
    assert ask(AT_HALTON).first.phone_checked_on is None


def test_a_desk_always_there_that_takes_only_what_cannot_wait_reads_the_rest_when_nobody_knows() -> None:
    by_telephone = replace(ICART.receives[0], urgent_only=True)
    always = replace(ICART.on_duty, hours=WrittenHours("24/7", Nation.ENGLAND))
    directory = with_services([replace(ICART, on_duty=always, receives=(by_telephone,))])
    assert ask_of(directory, AT_HALTON).read_by is None
    assert ask_of(directory, AT_HALTON, urgent=True).read_by == local(MONDAY)

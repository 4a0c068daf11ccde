"""What is said of a decision, and in which order."""

from datetime import date
from typing import Any

import pytest

from intake.routing.codes import Reason, Verdict
from intake.routing.directory import Directory
from intake.routing.explanation import Reader, Said, Sentence, explain
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
    local,
)
from tests.unit.routing.invented import (
    BY_POST,
    EVERYTHING,
    LAST_HALF_HOUR,
    OPEN_CASES,
    ask_of,
    with_services,
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
        "own_form_at",
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
    later = explain(ask(AT_HALTON, MONDAY_EVENING))[1]
    assert dict(later.values)["opens_at"] == local("2026-11-24T09:00")


def test_a_sentence_about_a_reason_carries_who_leads_and_whose_the_child_is() -> None:
    decision = ask(AT_HALTON, caring=CARDIFF, urgent=True, receiving=EVERYBODY)
    assert decision.clock
    assert explain(decision)[-1] == Sentence(
        Said.DECIDE_BY,
        (
            ("lead", "Halton iCART"),
            ("authority", "Halton"),
            ("home", "Halton"),
            ("caring", "Cardiff"),
            ("passed_on", ""),
            ("councils", ""),
            ("due_at", decision.clock.due_at),
        ),
    )
    names = ("lead", "authority", "home", "caring", "passed_on", "councils")
    assert explain(ask(NOT_KNOWN))[-1] == Sentence(
        Reason.NEEDS_ALLOCATION, tuple((name, "") for name in names)
    )


def told(directory: Directory, at: str = MONDAY, **more: object) -> list[str]:
    decision = ask_of(directory, AT_HALTON, at, receiving=EVERYBODY, **more)
    return [sentence.code.value for sentence in explain(decision)]


def test_the_childs_own_worker_is_said_before_the_front_door_and_after_the_police() -> None:
    assert told(EVERYTHING, allocated=True)[:2] == ["ring_for_own_worker", "then_ring"]
    assert told(EVERYTHING, allocated=True, danger=True)[:3] == [
        "ring_999",
        "ring_for_own_worker",
        "then_ring",
    ]
    assert said(AT_HALTON, allocated=True)[:2] == ["own_worker", "ring_until"]
    assert said(AT_HALTON, allocated=True, danger=True)[:3] == ["ring_999", "own_worker", "then_ring"]
    assert said(NOT_KNOWN, allocated=True)[:2] == ["ring_police_nobody_found", "own_worker"]


def test_hours_of_the_own_workers_line_are_nobodys_else() -> None:
    assert said(AT_CARDIFF, allocated=True)[:6] == [
        "ring_for_own_worker",
        "number_unverified",
        "then_ring_unconfirmed",
        "if_no_answer",
        "number_unverified",
        "if_still_no_answer",
    ]


def test_nobody_on_duty_is_said_after_the_own_worker_too() -> None:
    named = frozenset({"halton-icart"})
    directory = with_services([OPEN_CASES])
    assert told(directory, allocated=True, conflicted_services=named)[:2] == [
        "ring_for_own_worker",
        "ring_police_nobody_on_duty",
    ]


def test_the_officer_for_staff_is_said_after_the_team() -> None:
    by_day = told(EVERYTHING, about_staff=True, school_authority=HALTON)
    assert by_day[:2] == ["ring_until", "ring_about_staff"]
    by_night = told(EVERYTHING, MONDAY_EVENING, about_staff=True, school_authority=HALTON)
    assert by_night[:2] == ["ring_now", "ring_about_staff_from"]
    assert "lado_not_listed" in said(AT_HALTON, about_staff=True)
    assert "practitioner_in_wales" in said(AT_CARDIFF, about_staff=True)


def test_the_last_half_hour_is_said_of_what_can_wait_only() -> None:
    late = "2026-11-23T16:45"
    assert told(LAST_HALF_HOUR, late)[:2] == ["ring_urgent_only", "urgent_only_until"]
    assert told(LAST_HALF_HOUR, late, urgent=True)[:2] == ["ring_until", "goes_to"]
    outside = explain(ask_of(LAST_HALF_HOUR, AT_HALTON, late))
    assert outside[1].code is Said.TELL_URGENT_ONLY_UNTIL


def test_the_way_to_write_to_who_leads_is_said() -> None:
    sentences = explain(ask_of(BY_POST, AT_HALTON))
    assert [sentence.code for sentence in sentences][1:3] == [Said.TELL_OUTSIDE, Said.SECURE_EMAIL_AT]
    assert dict(sentences[2].values)["where"] == "duty@council.invalid"
    told_by_voice = explain(ask_of(BY_POST, AT_HALTON, MONDAY_EVENING))
    assert Said.SECURE_EMAIL not in {sentence.code for sentence in told_by_voice}


@pytest.mark.parametrize(
    ("more", "codes", "unsaid"),
    [
        ({"due_on": date(2027, 2, 1)}, ["unborn_by_mothers_home"], "home_leads"),
        ({"age": 40}, ["adult_service_not_listed", "needs_allocation"], "eighteen_or_over"),
        ({"caring": CARDIFF}, ["caring_leads", "host_told"], "home_leads"),
        ({"caring": CARDIFF, "urgent": True}, ["home_leads", "caring_told"], "caring_leads"),
        ({"in_care": True}, ["home_leads", "caring_not_known"], "caring_not_listed"),
    ],
)
def test_who_leads_is_said_with_its_reason_once(more: dict[str, Any], codes: list[str], unsaid: str) -> None:
    sentences = said(AT_HALTON, **more)
    reasons = [code for code in sentences if code in set(Reason)]
    assert reasons[: len(codes)] == codes
    assert unsaid not in sentences


def test_who_passed_it_on_is_named() -> None:
    decision = ask(AT_HALTON, passed_on=frozenset({"halton-icart", "halton-edt"}))
    sentence = next(one for one in explain(decision) if one.code is Reason.PASSED_ON)
    names = (DIRECTORY.services[slug].name for slug in ("halton-icart", "halton-edt"))
    assert dict(sentence.values)["passed_on"] == ", ".join(names)


def test_the_hub_is_told_who_gets_it_and_why_but_not_whom_to_ring() -> None:
    decision = ask(AT_HALTON, receiving=EVERYBODY)
    codes = [sentence.code.value for sentence in explain(decision, Reader.HUB)]
    assert codes == ["goes_to", "home_leads", "decide_by"]
    more = ask(AT_HALTON, receiving=EVERYBODY, urgent=True, allocated=True, about_staff=True)
    said_by_sender = [sentence.code.value for sentence in explain(more, Reader.HUB)][1:4]
    assert said_by_sender == ["urgent_now", "worker_allocated", "concern_about_staff"]
    wales = [sentence.code for sentence in explain(ask(AT_CARDIFF), Reader.HUB)]
    assert Reason.WRITTEN_WITHIN_24_HOURS not in wales


def test_the_auditor_is_told_every_service_and_nothing_of_the_child() -> None:
    named = frozenset({"a colleague"})
    decision = ask(AT_THE_VALE, found=AT_HALTON, urgent=True, conflicted_staff=named)
    sentences = explain(decision, Reader.AUDITOR)
    assert sentences[:3] == (
        Sentence(Said.DECIDED_WITH, (("at", local(MONDAY)), ("version", DIRECTORY.version))),
        Sentence(Said.LED_BY, (("authority", "Halton"),)),
        Sentence(Said.KEPT_OUT, (("number", 1),)),
    )
    verdicts = [one for one in sentences if isinstance(one.code, Verdict)]
    assert [one.values for one in verdicts] == [
        (("name", looked.name), ("service", looked.service)) for looked in decision.considered
    ]
    everything = " ".join(str(value) for one in sentences for _name, value in one.values)
    assert "Vale" not in everything
    assert "colleague" not in everything
    nobody = explain(ask(NOT_KNOWN), Reader.AUDITOR)
    assert nobody[1].code is Said.NOBODY_LED


def test_the_childs_own_worker_is_spoken_of_once_before_the_teams() -> None:
    assert said(AT_CARDIFF, allocated=True, passed_on=frozenset({"cardiff-open-cases"}))[:3] == [
        "own_worker",
        "ring_unconfirmed",
        "if_no_answer",
    ]
    codes = said(AT_CARDIFF, allocated=True, passed_on=frozenset({"cardiff-open-cases"}))
    assert codes.count("own_worker") == 1

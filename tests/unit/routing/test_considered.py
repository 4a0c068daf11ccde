"""Every service looked at stands in the trace once, with why it was chosen or was not."""

from dataclasses import replace
from typing import Any

from intake.calendars.hours import WrittenHours
from intake.routing.codes import Verdict
from intake.routing.decision import Decision
from intake.routing.directory import Directory
from intake.routing.places import NOT_KNOWN
from intake.vocabulary import Nation, ServiceKind
from tests.unit.routing.cases import AT_CARDIFF, AT_HALTON, CARDIFF, DIRECTORY, HALTON, MONDAY_EVENING, ask
from tests.unit.routing.invented import EVERYTHING, LADO, ask_of, service, with_services


def verdicts(decision: Decision) -> dict[str, str]:
    return {looked.service: looked.verdict.value for looked in decision.considered}


def test_by_day_the_emergency_team_is_closed_and_the_police_are_not_needed() -> None:
    assert verdicts(ask(AT_HALTON)) == {
        "police-999": "not_in_danger",
        "police-101-cheshire": "not_needed",
        "police-101": "not_needed",
        "halton-icart": "chosen",
        "halton-edt": "closed_now",
        "halton-contact-centre": "for_another_purpose",
    }


def test_a_team_kept_out_is_said_to_be() -> None:
    named = frozenset({"halton-edt"})
    assert verdicts(ask(AT_HALTON, MONDAY_EVENING, conflicted_services=named))["halton-edt"] == (
        "named_in_concern"
    )


def test_the_other_authoritys_emergency_team_does_not_lead() -> None:
    found = verdicts(ask(AT_CARDIFF, MONDAY_EVENING, found=AT_HALTON, urgent=True))
    assert found["cardiff-mash"] == "chosen"
    assert found["cardiff-edt"] == "not_leading"


def test_nobody_found_leaves_only_the_police() -> None:
    assert verdicts(ask(NOT_KNOWN)) == {"police-999": "not_in_danger", "police-101": "chosen"}
    assert verdicts(ask(NOT_KNOWN, danger=True)) == {"police-999": "chosen", "police-101": "not_needed"}


def test_an_emergency_team_not_needed_is_said_not_to_be() -> None:
    named = frozenset({"cardiff-mash"})
    decision = ask(AT_CARDIFF, conflicted_services=named)
    assert verdicts(decision)["cardiff-edt"] == "chosen"
    assert {looked.verdict for looked in decision.considered} <= set(Verdict)


def test_services_of_authorities_not_in_question_are_not_looked_at() -> None:
    looked = set(verdicts(ask(AT_HALTON)))
    assert not looked & {service.slug for service in DIRECTORY.by_authority[CARDIFF]}


def of(directory: Directory, **more: Any) -> dict[str, str]:  # noqa: ANN401 - any field of a question
    return verdicts(ask_of(directory, AT_HALTON, **more))


def test_services_for_something_else_are_said_to_be() -> None:
    found = of(EVERYTHING)
    assert {found[slug] for slug in ("halton-lado", "halton-open-cases", "halton-adults")} == {
        "for_another_purpose"
    }
    assert found["halton-old-team"] == "not_in_force"
    assert of(EVERYTHING, age=18)["halton-icart"] == "for_another_purpose"


def test_a_service_that_was_wanted_says_why_it_was_not_chosen() -> None:
    evening = of(EVERYTHING, at=MONDAY_EVENING, allocated=True, about_staff=True, school_authority=HALTON)
    assert evening["halton-open-cases"] == "closed_now"
    assert evening["halton-lado"] == "chosen"
    assert of(EVERYTHING, passed_on=frozenset({"halton-icart"}))["halton-icart"] == "passed_it_on"
    elsewhere = of(EVERYTHING, about_staff=True, school_authority=CARDIFF)
    assert elsewhere["halton-lado"] == "for_another_purpose"
    other = service("cardiff-lado", ServiceKind.LADO, CARDIFF)
    found = verdicts(
        ask_of(with_services([LADO, other]), AT_CARDIFF, about_staff=True, school_authority=HALTON)
    )
    assert (found["halton-lado"], found["cardiff-lado"]) == ("chosen", "not_leading")
    assert of(EVERYTHING, age=18, conflicted_services=frozenset({"halton-adults"}))["halton-adults"] == (
        "named_in_concern"
    )


def test_the_officers_council_is_looked_at_only_for_a_concern_about_staff() -> None:
    assert "cardiff-mash" not in of(EVERYTHING, school_authority=CARDIFF)
    assert of(EVERYTHING, school_authority=CARDIFF, about_staff=True)["cardiff-mash"] == "not_leading"
    assert "halton-icart" in verdicts(
        ask_of(EVERYTHING, AT_CARDIFF, about_staff=True, school_authority=HALTON)
    )


def test_a_second_team_that_is_there_is_not_needed_and_one_that_is_not_is_closed() -> None:
    duty = service("halton-duty", ServiceKind.DUTY_TEAM)
    nights = replace(duty.on_duty, hours=WrittenHours("Mo-Su 00:00-06:00", Nation.ENGLAND))
    night = service("halton-night", ServiceKind.STANDBY, on_duty=nights)
    found = verdicts(ask_of(with_services([duty, night]), AT_HALTON))
    assert (found["halton-duty"], found["halton-night"]) == ("not_needed", "closed_now")


def test_of_two_officers_of_the_schools_council_the_second_is_not_needed() -> None:
    another = with_services([LADO, service("second-lado", ServiceKind.LADO)])
    found = verdicts(ask_of(another, AT_CARDIFF, about_staff=True, school_authority=HALTON))
    assert (found["halton-lado"], found["second-lado"]) == ("chosen", "not_needed")


def test_the_council_that_is_asked_to_pass_it_on_is_looked_at_whole() -> None:
    found = verdicts(ask(NOT_KNOWN, school_authority=CARDIFF))
    assert found["cardiff-mash"] == "chosen"
    assert found["cardiff-open-cases"] == "for_another_purpose"

"""Every service looked at stands in the trace once, with why it was chosen or was not."""

from intake.routing.codes import Verdict
from intake.routing.decision import Decision
from intake.routing.places import NOT_KNOWN
from tests.unit.routing.cases import AT_CARDIFF, AT_HALTON, CARDIFF, DIRECTORY, MONDAY_EVENING, ask


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

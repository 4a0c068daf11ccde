"""Decisions are never silent, and the worst stands first."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.drafts import ColourDraft, DecisionDraft
from intake.casework.triage import (
    HANDS_ON,
    QUIET,
    act_of,
    decision_objections,
    require_colour_reason,
    require_reasons,
    urgency_rank,
)
from intake.errors import Refused
from intake.vocabulary import Answer, Colour, Decision, ReferralAct, ReferralState

FULL = DecisionDraft(
    decision=Decision.NO_FURTHER_ACTION,
    rationale="Seen by a worker today; the account is explained",
    would_change_it="Any further time missing",
    to_school="We are not taking this further now",
    advice="Ring us if she is missing again",
    now_with="R-7K3M-9QTX",
)
BARE = DecisionDraft(
    decision=Decision.ASSESSMENT, rationale="", would_change_it=" ", to_school="-", advice="", now_with="."
)

YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN
RECEIVED, ACKNOWLEDGED = ReferralState.RECEIVED, ReferralState.ACKNOWLEDGED


def refused_fields(draft: DecisionDraft) -> set[str]:
    return {objection.field for objection in decision_objections(draft)}


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_with_everything_said_stands(decision: Decision) -> None:
    require_reasons(replace(FULL, decision=decision))


@pytest.mark.parametrize("decision", Decision)
def test_no_decision_stands_without_a_rationale(decision: Decision) -> None:
    with pytest.raises(Refused) as refusal:
        require_reasons(replace(FULL, decision=decision, rationale=" - "))

    assert (refusal.value.field, refusal.value.message) == ("rationale", "decision.rationale_missing")


@pytest.mark.parametrize("decision", [Decision.NO_FURTHER_ACTION, Decision.SIGNPOST, Decision.DUPLICATE])
def test_doing_nothing_more_is_never_silent(decision: Decision) -> None:
    refused = refused_fields(replace(BARE, decision=decision))

    assert decision in QUIET
    assert refused >= {"rationale", "would_change_it", "to_school"}


@pytest.mark.parametrize(
    "decision", [Decision.OTHER_AUTHORITY, Decision.ALLOCATED_WORKER, Decision.DUPLICATE]
)
def test_a_case_is_handed_on_only_to_somebody_who_is_named(decision: Decision) -> None:
    assert decision in HANDS_ON
    assert "now_with" in refused_fields(replace(BARE, decision=decision))


def test_the_school_is_told_what_information_is_awaited() -> None:
    refused = refused_fields(replace(BARE, decision=Decision.AWAITING_INFORMATION))

    assert refused == {"rationale", "to_school"}


def test_an_emergency_needs_a_rationale_and_nothing_more() -> None:
    assert refused_fields(replace(BARE, decision=Decision.EMERGENCY_PROTECTION)) == {"rationale"}


@pytest.mark.parametrize("decision", Decision)
def test_only_awaiting_information_leaves_the_clock_running(decision: Decision) -> None:
    asks = decision is Decision.AWAITING_INFORMATION

    assert act_of(decision) is (ReferralAct.AWAIT_INFORMATION if asks else ReferralAct.DECIDE)


def test_a_colour_needs_a_reason() -> None:
    require_colour_reason(ColourDraft(Colour.RED, "She is with him now"))
    with pytest.raises(Refused) as refusal:
        require_colour_reason(ColourDraft(Colour.RED, ""))

    assert refusal.value.message == "colour.reason_missing"


WORST_FIRST = [
    (YES, YES, Colour.RED, ACKNOWLEDGED),
    (YES, YES, None, RECEIVED),
    (YES, NOT_KNOWN, Colour.BLUE, ACKNOWLEDGED),
    (YES, NO, Colour.BLUE, ACKNOWLEDGED),
    (NO, YES, Colour.RED, ACKNOWLEDGED),
    (NO, YES, Colour.GREEN, ACKNOWLEDGED),
    (NOT_KNOWN, NO, Colour.RED, ACKNOWLEDGED),
    (NO, NO, Colour.RED, ACKNOWLEDGED),
    (NO, NOT_KNOWN, None, RECEIVED),
    (NO, NO, None, RECEIVED),
    (NO, NO, Colour.AMBER, ACKNOWLEDGED),
    (NO, NO, Colour.GREEN, ACKNOWLEDGED),
    (NOT_KNOWN, NOT_KNOWN, Colour.BLUE, ACKNOWLEDGED),
    (NO, NO, Colour.BLUE, ACKNOWLEDGED),
    (YES, YES, Colour.RED, ReferralState.DECIDED),
    (NO, NO, Colour.RED, ReferralState.DECIDED),
    (YES, YES, Colour.RED, ReferralState.CLOSED),
    (NO, NO, Colour.BLUE, ReferralState.CLOSED),
]


def test_the_worst_stands_first() -> None:
    ranks = [urgency_rank(*case) for case in WORST_FIRST]

    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("state", [RECEIVED, ACKNOWLEDGED])
@pytest.mark.parametrize("colour", [*Colour, None])
def test_no_colour_ever_sinks_danger_below_a_child_who_is_not_in_danger(
    colour: Colour | None, state: ReferralState
) -> None:
    in_danger = urgency_rank(YES, NO, colour, state)

    for other_danger, other_missing, other_colour in product([NO, NOT_KNOWN], Answer, [*Colour, None]):
        assert in_danger < urgency_rank(other_danger, other_missing, other_colour, state)


def test_a_referral_nobody_could_send_stands_as_high_as_one_just_received() -> None:
    assert urgency_rank(NO, NO, None, ReferralState.NOT_SENT_BY_US) == urgency_rank(NO, NO, None, RECEIVED)


def test_the_figures_can_be_read_in_the_table() -> None:
    assert urgency_rank(YES, YES, Colour.RED, RECEIVED) == 1
    assert urgency_rank(NO, YES, Colour.AMBER, ReferralState.TOLD_OUTSIDE) == 11021
    assert urgency_rank(NO, NO, Colour.BLUE, ReferralState.CLOSED) == 21141


@given(
    st.sampled_from(Answer),
    st.sampled_from(Answer),
    st.sampled_from([*Colour, None]),
    st.sampled_from(ReferralState),
)
def test_every_rank_fits_the_column(
    danger: Answer, missing: Answer, colour: Colour | None, state: ReferralState
) -> None:
    assert 0 <= urgency_rank(danger, missing, colour, state) < 2**15

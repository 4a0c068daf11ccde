"""Little is asked before words are kept, and none of it is guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from intake.casework.completeness import (
    child_warnings,
    referral_objections,
    referral_warnings,
    require_call,
    require_concern,
    require_kept,
    require_note,
    require_referral,
)
from intake.casework.documents.child import ChildCard
from intake.casework.drafts import CallDraft, ConcernDraft, KeptDraft, ReferralDraft
from intake.errors import Refused
from intake.vocabulary import Answer, NotToldReason, ParentsTold

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILE_ID = UUID(int=7)

CONCERN = ConcernDraft(
    child_name="Megan",
    child_file_id=None,
    danger_now=Answer.NOT_KNOWN,
    missing_now=Answer.NO,
    happened="Got into a car",
    occurred_on=None,
    occurred_about="",
)
CHILD = ChildCard(
    given_name="Megan",
    family_name="",
    known_as="",
    born_on=None,
    age_about="",
    home_address="",
    home_postcode="",
)
NAMELESS = replace(CHILD, given_name="")
REFERRAL = ReferralDraft(
    concern_ids=(FILE_ID,),
    child=CHILD,
    home_authority=None,
    no_fixed_address=False,
    found_authority=None,
    danger_now=Answer.NO,
    missing_now=Answer.NO,
    where_now="not known",
    why_now="",
    child_wishes="",
    parents_told=ParentsTold.YES,
    not_told_reasons=(),
    not_told_words="",
    parents_view="",
    safe_contact="",
    sender_phone="0151 496 0000",
    named_staff_ids=(),
)
CALL = CallDraft(spoke_to="Jan", number="", said="", called_at=NOW)


@pytest.mark.parametrize(
    "draft",
    [
        CONCERN,
        replace(CONCERN, child_name="", child_file_id=FILE_ID),
        replace(CONCERN, child_name="boy, about 10, red coat"),
        replace(CONCERN, happened="😢"),
        replace(CONCERN, occurred_on=TODAY),
    ],
)
def test_a_concern_needs_only_a_child_and_what_happened(draft: ConcernDraft) -> None:
    require_concern(draft, today=TODAY)


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (replace(CONCERN, child_name=" "), "child_name", "concern.child_missing"),
        (replace(CONCERN, happened=" \n"), "happened", "concern.happened_missing"),
        (replace(CONCERN, occurred_on=TODAY + timedelta(days=1)), "occurred_on", "concern.in_the_future"),
    ],
)
def test_a_concern_about_nobody_or_nothing_or_tomorrow_is_refused(
    draft: ConcernDraft, field: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        require_concern(draft, today=TODAY)

    assert (refusal.value.field, refusal.value.message) == (field, code)


def test_keeping_a_concern_needs_a_reason() -> None:
    require_kept(KeptDraft(reason="Known to family help", doing_instead="", feedback_to_reporter=""))
    with pytest.raises(Refused) as refusal:
        require_kept(KeptDraft(reason="", doing_instead="watching", feedback_to_reporter=""))

    assert refusal.value.message == "kept.reason_missing"


@pytest.mark.parametrize(
    "draft", [REFERRAL, replace(REFERRAL, child=replace(NAMELESS, age_about="about 14, in a green coat"))]
)
def test_a_referral_about_a_child_whose_name_is_not_known_can_be_sent(draft: ReferralDraft) -> None:
    require_referral(draft)


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (replace(REFERRAL, concern_ids=()), "concern_ids", "referral.no_concern"),
        (replace(REFERRAL, child=NAMELESS), "given_name", "referral.child_missing"),
        (replace(REFERRAL, where_now=""), "where_now", "referral.where_now_missing"),
        (replace(REFERRAL, sender_phone=""), "sender_phone", "referral.phone_missing"),
    ],
)
def test_a_referral_nobody_could_act_on_is_refused(draft: ReferralDraft, field: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_referral(draft)

    assert (refusal.value.field, refusal.value.message) == (field, code)


@pytest.mark.parametrize("told", [ParentsTold.NO, ParentsTold.NOT_YET])
def test_parents_not_told_without_a_reason_is_a_warning_and_never_a_block(told: ParentsTold) -> None:
    draft = replace(REFERRAL, parents_told=told)

    require_referral(draft)
    assert [warning.code for warning in referral_warnings(draft)] == ["referral.not_told_reason_missing"]


@pytest.mark.parametrize(
    "draft",
    [
        REFERRAL,
        replace(REFERRAL, parents_told=ParentsTold.NO, not_told_reasons=(NotToldReason.RISK_TO_CHILD,)),
        replace(REFERRAL, parents_told=ParentsTold.NO, not_told_words="They are abroad"),
    ],
)
def test_a_reason_or_having_told_them_leaves_nothing_to_warn_of(draft: ReferralDraft) -> None:
    assert not list(referral_warnings(draft))


def test_everything_missing_is_found_at_once() -> None:
    draft = replace(REFERRAL, concern_ids=(), child=NAMELESS, where_now="", sender_phone="")

    assert [objection.field for objection in referral_objections(draft)] == [
        "concern_ids",
        "given_name",
        "where_now",
        "sender_phone",
    ]


def test_a_call_says_who_was_spoken_to_and_has_been_made() -> None:
    require_call(CALL, now=NOW)
    with pytest.raises(Refused, match=r"call\.spoke_to_missing"):
        require_call(replace(CALL, spoke_to=""), now=NOW)
    with pytest.raises(Refused, match=r"call\.in_the_future"):
        require_call(replace(CALL, called_at=NOW + timedelta(minutes=1)), now=NOW)


def test_a_note_has_words_in_it() -> None:
    require_note("Rang the school")
    with pytest.raises(Refused, match=r"note\.empty"):
        require_note(" ")


def test_numbers_that_cannot_be_right_are_said_and_those_left_out_are_not() -> None:
    wrong = replace(CHILD, nhs_number="943 476 5910", upn="J801200001001")
    right = replace(CHILD, nhs_number="943 476 5919", upn="H801200001001")
    assert {each.field for each in child_warnings(wrong)} == {"nhs_number", "upn"}
    assert not list(child_warnings(right))
    assert not list(child_warnings(CHILD))

"""The few answers without which words cannot be kept or sent; everything else may be left empty."""

from collections.abc import Iterator
from datetime import date, datetime

from intake.casework.documents.child import ChildCard
from intake.casework.drafts import CallDraft, ConcernDraft, KeptDraft, ReferralDraft
from intake.casework.identifiers import nhs_number, upn
from intake.casework.objections import Objection, refuse_any, says_something
from intake.vocabulary import ParentsTold


def require_concern(draft: ConcernDraft, *, today: date) -> None:
    """Raise Refused unless a concern says about whom and what; `today` is the local day."""
    refuse_any(_concern_objections(draft, today))


def require_kept(draft: KeptDraft) -> None:
    """Raise Refused unless keeping a concern in school has a reason."""
    if not says_something(draft.reason):
        refuse_any((Objection("reason", "kept.reason_missing"),))


def require_referral(draft: ReferralDraft) -> None:
    """Raise Refused unless a duty worker could act on the referral and ring back."""
    refuse_any(referral_objections(draft))


def referral_objections(draft: ReferralDraft) -> Iterator[Objection]:
    """Yield what a referral still needs before it can be sent."""
    if not draft.concern_ids:
        yield Objection("concern_ids", "referral.no_concern")
    if not (says_something(draft.child.full_name) or says_something(draft.child.age_about)):
        yield Objection("given_name", "referral.child_missing")
    if not says_something(draft.where_now):
        yield Objection("where_now", "referral.where_now_missing")
    if not says_something(draft.sender_phone):
        yield Objection("sender_phone", "referral.phone_missing")


def referral_warnings(draft: ReferralDraft) -> Iterator[Objection]:
    """Yield what a duty worker will ask about; none of it keeps a referral from being sent."""
    untold = draft.parents_told is not ParentsTold.YES
    if untold and not draft.not_told_reasons and not says_something(draft.not_told_words):
        yield Objection("not_told_reasons", "referral.not_told_reason_missing")
    yield from child_warnings(draft.child)


def child_warnings(card: ChildCard) -> Iterator[Objection]:
    """Yield what about the numbers on a child's card cannot be right; the card is kept all the same."""
    if says_something(card.nhs_number) and nhs_number(card.nhs_number) is None:
        yield Objection("nhs_number", "child.nhs_number_wrong")
    if says_something(card.upn) and upn(card.upn) is None:
        yield Objection("upn", "child.upn_wrong")


def require_message(text: str) -> None:
    """Raise Refused when nothing is written to the other side."""
    if not says_something(text):
        refuse_any((Objection("text", "message.empty"),))


def require_call(draft: CallDraft, *, now: datetime) -> None:
    """Raise Refused unless a call says who was spoken to and has been made."""
    if not says_something(draft.spoke_to):
        refuse_any((Objection("spoke_to", "call.spoke_to_missing"),))
    if draft.called_at > now:
        refuse_any((Objection("called_at", "call.in_the_future"),))


def require_note(text: str) -> None:
    """Raise Refused for a note with nothing in it."""
    if not says_something(text):
        refuse_any((Objection("text", "note.empty"),))


def _concern_objections(draft: ConcernDraft, today: date) -> Iterator[Objection]:
    if draft.child_file_id is None and not says_something(draft.child_name):
        yield Objection("child_name", "concern.child_missing")
    # A child's own words may be a picture sign or a row of dots: whatever is not blank is kept.
    if not draft.happened.strip():
        yield Objection("happened", "concern.happened_missing")
    if draft.occurred_on is not None and draft.occurred_on > today:
        yield Objection("occurred_on", "concern.in_the_future")

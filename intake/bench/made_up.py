"""Invented words of ordinary length, written down once and sealed anew for every row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernWords
from intake.casework.documents.person import MailPayload
from intake.casework.documents.referral import (
    CaseNote,
    ColourReason,
    DecisionReason,
    ReferralAsSent,
    ReferredConcern,
    Release,
)
from intake.casework.drafts import ConcernDraft, ReferralDraft
from intake.casework.sealed_form import Document, to_bytes
from intake.vocabulary import Answer, Decision, ParentsTold

#: So many different children and stories are told, over and over.
VARIETY = 40

_GIVEN = ("Robin", "Sasha", "Alex", "Noor", "Jude", "Ceri", "Ash", "Morgan")
_FAMILY = ("Example", "Invented", "Nobody", "Sample", "Pretend")
_HAPPENED = (
    "Came in late for the third time this week, in a car none of us know, with a telephone that is new. "
    "Said at the door: 'he is only a friend, he gives me lifts'. Would not say his name. "
    "At dinner time went out to the gate twice and came back with vapes for two younger pupils. "
    "When asked whether everything was all right, said 'it's fine, leave it', and cried afterwards in the "
    "library where a teaching assistant sat with them. There was a bruise on the left wrist. "
)
_HOMES = {"E06000006": "WA8 7QF", "W06000015": "CF10 4UW"}


@dataclass(frozen=True, slots=True)
class Words:
    """The documents of one story, as the bytes that are sealed."""

    typed_name: bytes
    concern: bytes
    child: bytes
    sent: bytes
    mail: bytes
    note: bytes
    colour: bytes
    decision: bytes
    release: bytes


def child(number: int, authority: str) -> ChildCard:
    """Return one of the invented children, who lives in that council's area."""
    return ChildCard(
        given_name=_GIVEN[number % len(_GIVEN)],
        family_name=f"{_FAMILY[number % len(_FAMILY)]}-{number % VARIETY}",
        known_as="",
        born_on=date(2012, 1 + number % 12, 1 + number % 28),
        age_about="",
        home_address="1 Nowhere Street",
        home_postcode=_HOMES[authority],
        year_group="9",
    )


def concern_draft(number: int) -> ConcernDraft:
    """Return what a reporter types on the first page."""
    return ConcernDraft(
        child_name=child(number, "E06000006").full_name,
        child_file_id=None,
        danger_now=Answer.NO,
        missing_now=Answer.NOT_KNOWN,
        happened=_HAPPENED,
        occurred_on=date(2026, 11, 20),
        occurred_about="after registration",
    )


def referral_draft(number: int, authority: str) -> ReferralDraft:
    """Return what a lead answers when a referral is built, without the concerns it is built from."""
    return ReferralDraft(
        concern_ids=(),
        child=child(number, authority),
        home_authority=None,
        no_fixed_address=False,
        found_authority=None,
        danger_now=Answer.NO,
        missing_now=Answer.NO,
        where_now="In school until three, then at an aunt's house.",
        why_now="The lifts and the new things have gone on for three weeks and are getting more frequent.",
        child_wishes="Wants it to stop, and does not want anybody to be angry.",
        parents_told=ParentsTold.YES,
        not_told_reasons=(),
        not_told_words="",
        parents_view="Worried, and had noticed the telephone.",
        safe_contact="Ring the aunt, not the home number.",
        sender_phone="0151 496 0001",
        named_staff_ids=(),
    )


@cache
def words(number: int, authority: str) -> Words:
    """Return the documents of story `number`, written down."""
    card, draft = child(number, authority), referral_draft(number, authority)
    typed = ConcernWords(
        card.full_name, _HAPPENED, date(2026, 11, 20), "in the morning", "Rowan Bench", "Tutor"
    )
    documents: tuple[Document, ...] = (
        ChildCard(card.full_name, "", "", None, "", "", ""),
        typed,
        card,
        _as_sent(draft, typed),
        MailPayload("p@bench.invalid", "C-2346-79AC", "http://localhost/sign-in"),
        CaseNote(
            "Rang the school: the child is in lessons and will be collected by the aunt. " * 3, "Rowan Bench"
        ),
        ColourReason("Older person, gifts, lifts; not at immediate risk while in school."),
        DecisionReason(Decision.ASSESSMENT, "Enough for an assessment under section 17. " * 3, "", ""),
        Release(
            "A social worker will see the child this week.", "Go on writing down what you see.", "Rowan Bench"
        ),
    )
    return Words(*map(to_bytes, documents))


def _as_sent(draft: ReferralDraft, typed: ConcernWords) -> ReferralAsSent:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return ReferralAsSent(
        concerns=(ReferredConcern("C-2346-79AC", at, Answer.NO, Answer.NO, typed, ()),),
        where_now=draft.where_now,
        why_now=draft.why_now,
        child_wishes=draft.child_wishes,
        parents_told=draft.parents_told,
        not_told_reasons=draft.not_told_reasons,
        not_told_words=draft.not_told_words,
        parents_view=draft.parents_view,
        safe_contact=draft.safe_contact,
        sender_name="Rowan Bench",
        sender_post="Invented",
        sender_phone=draft.sender_phone,
        school_name="School (bench)",
        named_staff=(),
    )

"""What somebody who passes a referral on, declines one or finds a breach still has to say."""

from datetime import datetime, timedelta
from typing import Final

from intake.casework.drafts import BreachDraft, PassOnDraft, WrongPlaceDraft
from intake.casework.objections import Objection, refuse_any, says_something

#: Within this time of becoming aware of it, a breach that must be reported is reported.
REPORT_WITHIN: Final = timedelta(hours=72)


def require_passing(draft: PassOnDraft) -> None:
    """Raise Refused when a referral is passed on without a reason."""
    _require(draft.reason, "reason", "passing.reason_missing")


def require_declining(reason: str) -> None:
    """Raise Refused when a referral is declined without a reason: the first service must know what to do."""
    _require(reason, "reason", "passing.decline_missing")


def require_wrong_place(draft: WrongPlaceDraft) -> None:
    """Raise Refused when nobody says how it is known that a referral went to the wrong place."""
    _require(draft.reason, "reason", "breach.reason_missing")


def require_entry(draft: BreachDraft) -> None:
    """Raise Refused when nothing is written down: every act about a breach has its words."""
    _require(draft.words, "words", "breach.words_missing")


def report_by(found_at: datetime) -> datetime:
    """Return by when a breach found at an instant is reported, if it must be."""
    return found_at + REPORT_WITHIN


def _require(words: str, field: str, code: str) -> None:
    if not says_something(words):
        refuse_any((Objection(field, code),))

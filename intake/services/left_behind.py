"""What somebody had been writing about a referral when it left their service: kept for them alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.services.drafts import Author, Drafts


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """One form that could not be sent any more: when it was typed, and what was."""

    saved_at: datetime
    words: tuple[str, ...]


def left_behind(drafts: Drafts, author: Author, referral_id: UUID) -> tuple[LeftBehind, ...]:
    """Return what the author left behind of one referral."""
    found = []
    for draft in drafts.unfinished(author):
        if str(referral_id) in draft.path:
            typed = drafts.find(author, draft.path) or {}
            found.append(LeftBehind(draft.saved_at, tuple(text for said in typed.values() for text in said)))
    return tuple(found)

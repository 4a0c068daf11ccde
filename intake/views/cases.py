"""The page of a case, whatever kind it is."""

from typing import Any, Final
from uuid import UUID

from flask import abort, url_for

from intake.vocabulary import RequestKind, SubjectKind

#: The page of a case, by its kind, and the name of its id in that page's address.
_PAGES: Final = {
    SubjectKind.REFERRAL: ("queue.shown", "referral_id"),
    SubjectKind.CONCERN: ("concerns.shown", "concern_id"),
    SubjectKind.CHILD_FILE: ("children.shown", "child_file_id"),
}

#: What wants a second person and is about a case, so that whoever approves can look at it first.
ABOUT_CASES: Final = frozenset(
    {
        *(RequestKind.LETTING_IN, RequestKind.LIFTING, RequestKind.ERASURE, RequestKind.HOLD_LIFTING),
        RequestKind.EXTRACT,
    }
)


def case_page(kind: SubjectKind, case_id: UUID | None) -> str:
    """Return the address of a case's own page."""
    if case_id is None:
        abort(404)
    endpoint, name = _PAGES[kind]
    named: dict[str, Any] = {name: case_id}
    return url_for(endpoint, **named)

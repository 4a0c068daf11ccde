"""Turning somebody away: what they were refused goes into the trail before they are told of it.

What is somebody else's and what is not there are one answer, so they are one entry as well, made by the
same steps: neither the page, nor the time it takes, nor their own trail tells them which it was.
"""

from typing import Final
from uuid import UUID

from flask import current_app, g, request
from werkzeug.wrappers import Response

from intake.audit.event import Code, Subject
from intake.audit.events.people import AccessDenied
from intake.errors import Erased, IntakeError, NotFound, NotPermitted, SecondFactorNeeded
from intake.forms.base import words_in
from intake.ids import is_reference
from intake.policy.permissions import Permission
from intake.services.sessions import Standing
from intake.views.erasing import gone
from intake.views.guards import declared_access, to_second_factor
from intake.views.session import author_of, found_session, workplace
from intake.vocabulary import Asked, SubjectKind

#: What the parts of an address, and of a form no page of ours sent, name; the innermost comes first.
_NAMES: Final = {
    "note_id": Asked.NOTE,
    "offer_id": Asked.OFFER,
    "copy_id": Asked.REFERRAL,
    "copied_id": Asked.REFERRAL,
    "passing_id": Asked.PASSING,
    "breach_id": Asked.BREACH,
    "request_id": Asked.REQUEST,
    "restriction_id": Asked.RESTRICTION,
    "glass_id": Asked.GLASS,
    "shift_code_id": Asked.SHIFT_CODE,
    "shift_id": Asked.DUTY_SHIFT,
    "mark_id": Asked.DECOY,
    "membership_id": Asked.MEMBERSHIP,
    "session_id": Asked.SESSION,
    "passkey_id": Asked.PASSKEY,
    "identity_id": Asked.IDENTITY,
    "meeting_id": Asked.MEETING,
    "concern_id": Asked.CONCERN,
    "concern": Asked.CONCERN,
    "child_file_id": Asked.CHILD_FILE,
    "on_roll": Asked.CHILD_FILE,
    "referral_id": Asked.REFERRAL,
    "person_id": Asked.PERSON,
    "search_id": Asked.SEARCH,
}


def turned_away(problem: IntakeError) -> Response | None:
    """Record a refusal, ask for the code instead, or show what is left of what was erased; None else.

    None has the page of the refusal shown.

    Whatever is raised here stands in place of that page: no record, no answer.
    """
    if isinstance(problem, SecondFactorNeeded):
        return to_second_factor()
    if isinstance(problem, Erased):
        return gone(problem.case_id)
    if isinstance(problem, NotPermitted):
        _record(not_theirs=False)
    elif isinstance(problem, NotFound):
        _keep_what_was_typed()
        _record(not_theirs=True)
    return None


def _keep_what_was_typed() -> None:
    """Seal, for its author alone, what was typed about a referral that left their service meanwhile.

    The page says what it says of anything that is not there; the words are beside the record of the passing
    or of the breach, and what was typed about one that was taken back is on the page 'Passed on' as well.
    """
    found, referral_id = found_session(), (request.view_args or {}).get("referral_id")
    words = words_in(request.form) if request.method == "POST" and g.csrf_valid else {}
    if not words or referral_id is None or found is None or found.actor is None:
        return
    with workplace().writing() as services:
        if services.passing_records.went(found.actor, referral_id):
            services.drafts.keep(author_of(found), request.path, words)


def _record(*, not_theirs: bool) -> None:
    """Record what this request was refused, in the trail of the organisation its sender works in."""
    declared = None if request.endpoint is None else declared_access(current_app, request.endpoint)
    found = found_session()
    if declared is None or found is None or found.standing is not Standing.LIVE or found.actor is None:
        return
    asked, asked_id = _asked()
    reference = (request.view_args or {}).get("reference", "")
    by_reference = is_reference(reference)
    if not_theirs and asked is None and not by_reference:
        # Nothing that somebody else could have was asked for.
        return
    event = AccessDenied(
        permission=declared.permission or Permission.ACCOUNT_OWN,
        not_theirs=not_theirs,
        asked=Asked.REFERRAL if by_reference else asked,
        asked_id=asked_id,
        asked_reference=Code(reference) if by_reference else None,
    )
    actor = found.actor
    with workplace().writing() as services:
        services.audit.record(
            event,
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=Subject(SubjectKind.PERSON, actor.person_id),
        )


def _asked() -> tuple[Asked, UUID] | tuple[None, None]:
    """Return what this request named, and its id."""
    said = {**request.form, **request.args, **(request.view_args or {})}
    for name, kind in _NAMES.items():
        try:
            return kind, UUID(str(said[name]))
        except (KeyError, ValueError):
            continue
    return None, None

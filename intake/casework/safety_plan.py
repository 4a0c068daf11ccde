"""What the minutes of a safety-plan meeting must say, and what they are only warned about."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from intake.casework.documents.meeting import Invitation, Invitee, Minute
from intake.casework.drafts import MinuteDraft
from intake.casework.objections import Objection, refuse_any, says_something
from intake.errors import StaleVersion
from intake.vocabulary import Attendance, MeetingAct, PlanSlot

#: A plan is looked at again within three months of the meeting.
REVIEW_WITHIN_MONTHS: Final = 3

_WHY: Final = {
    MeetingAct.MOVE: "meeting.why_moved_missing",
    MeetingAct.CALL_OFF: "meeting.why_called_off_missing",
}

_UNANSWERED: Final = {
    PlanSlot.CHILD_VIEWS: "minute.child_views_missing",
    PlanSlot.PARENTS_VIEWS: "minute.parents_views_missing",
    PlanSlot.DIRECT_WORKER: "minute.direct_worker_missing",
    PlanSlot.SUPPORT_FOR_PARENTS: "minute.support_for_parents_missing",
    PlanSlot.ACTION_AGAINST_HARM: "minute.action_against_harm_missing",
    PlanSlot.PLAN: "minute.plan_missing",
}


def latest_review_on(held_on: date) -> date:
    """Return the last day on which the plan may be reviewed: the same day of the month, or its last day."""
    months = held_on.month - 1 + REVIEW_WITHIN_MONTHS
    first_of_month = date(held_on.year + months // 12, months % 12 + 1, 1)
    first_of_next = (first_of_month + timedelta(days=31)).replace(day=1)
    days = (first_of_next - first_of_month).days
    return first_of_month.replace(day=min(held_on.day, days))


def act_of(draft: MinuteDraft) -> MeetingAct:
    return MeetingAct.MINUTE if draft.corrects is None else MeetingAct.CORRECT


def require_invitation(invitation: Invitation) -> None:
    """Raise Refused when nobody is asked to a meeting, or somebody who is neither named nor described."""
    if not invitation.invitees:
        refuse_any((Objection("invitees", "meeting.nobody_invited"),))
    refuse_any(_unnamed(invitation.invitees))


def require_reason(reason: str, act: MeetingAct) -> None:
    """Raise Refused when a meeting is moved or called off without a reason."""
    if not says_something(reason):
        refuse_any((Objection("reason", _WHY[act]),))


def require_begun(starts_at: datetime, now: datetime) -> None:
    """Raise Refused when minutes are written of a meeting that has not begun: nothing was said there yet."""
    if now < starts_at:
        refuse_any((Objection("", "minute.before_the_meeting"),))


def require_minute(draft: MinuteDraft, *, held_on: date, newest: UUID | None) -> None:
    """Raise Refused for the first thing the minutes still have to say.

    `held_on` is the local day of the meeting and `newest` the minute that stands. Raises StaleVersion when a
    correction names an older one: somebody has corrected it meanwhile.
    """
    if draft.corrects is not None and draft.corrects != newest:
        raise StaleVersion
    refuse_any(minute_objections(draft, held_on=held_on))


def minute_objections(draft: MinuteDraft, *, held_on: date) -> Iterator[Objection]:
    """Yield what the minutes still have to say before they can be kept."""
    minute = draft.minute
    for slot in empty_slots(minute):
        if not why_empty(minute, slot):
            yield Objection(slot, _UNANSWERED[slot])
    yield from _unnamed(minute.invitees)
    for place, statement in enumerate(minute.statements):
        if not says_something(statement.agency):
            yield Objection(f"statements-{place}-agency", "minute.statement_agency_missing")
    yield from _plan_objections(minute, held_on)
    if minute.review_on <= held_on:
        yield Objection("review_on", "minute.review_not_after_meeting")
    if minute.review_on > latest_review_on(held_on):
        yield Objection("review_on", "minute.review_too_late")
    if draft.corrects is not None and not says_something(minute.why_corrected):
        yield Objection("why_corrected", "minute.why_corrected_missing")


def minute_warnings(minute: Minute) -> Iterator[Objection]:
    """Yield what a reader of the minutes will miss; none of it keeps them from being kept."""
    for slot in empty_slots(minute):
        yield Objection(slot, "minute.left_empty")
    if not says_something(minute.risk):
        yield Objection("risk", "minute.risk_not_recorded")
    if not minute.statements:
        yield Objection("statements", "minute.no_statements")
    if not any(invitee.attendance is Attendance.ATTENDED for invitee in minute.invitees):
        yield Objection("invitees", "minute.nobody_attended")
    for place, row in enumerate(minute.plan):
        if row.due_on > minute.review_on:
            yield Objection(f"plan-{place}-due_on", "minute.due_after_review")


def empty_slots(minute: Minute) -> tuple[PlanSlot, ...]:
    """Return those of the six things that the minutes say nothing of, in their usual order."""
    said = {
        PlanSlot.CHILD_VIEWS: says_something(minute.child_views),
        PlanSlot.PARENTS_VIEWS: says_something(minute.parents_views),
        PlanSlot.DIRECT_WORKER: says_something(minute.direct_worker),
        PlanSlot.SUPPORT_FOR_PARENTS: says_something(minute.support_for_parents),
        PlanSlot.ACTION_AGAINST_HARM: says_something(minute.action_against_harm),
        PlanSlot.PLAN: bool(minute.plan),
    }
    return tuple(slot for slot in PlanSlot if not said[slot])


def why_empty(minute: Minute, slot: PlanSlot) -> str:
    """Return the reason given for leaving a slot empty, or nothing."""
    reasons = (given.why for given in minute.not_recorded if given.slot is slot)
    return next((why for why in reasons if says_something(why)), "")


def _plan_objections(minute: Minute, held_on: date) -> Iterator[Objection]:
    for place, row in enumerate(minute.plan):
        if not says_something(row.action):
            yield Objection(f"plan-{place}-action", "minute.plan_action_missing")
        if not says_something(row.owner):
            yield Objection(f"plan-{place}-owner", "minute.plan_owner_missing")
        if row.due_on < held_on:
            yield Objection(f"plan-{place}-due_on", "minute.due_before_meeting")


def _unnamed(invitees: tuple[Invitee, ...]) -> Iterator[Objection]:
    for place, invitee in enumerate(invitees):
        if not (says_something(invitee.name) or says_something(invitee.post)):
            yield Objection(f"invitees-{place}-name", "meeting.invitee_unnamed")

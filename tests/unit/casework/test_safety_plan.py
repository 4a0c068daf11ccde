"""Minutes speak of all six things or say why not, and no word is lost for want of another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.documents.meeting import (
    AgencyStatement,
    Invitation,
    Invitee,
    Minute,
    NotRecorded,
    PlanRow,
)
from intake.casework.drafts import MinuteDraft
from intake.casework.safety_plan import (
    act_of,
    empty_slots,
    latest_review_on,
    minute_objections,
    minute_warnings,
    require_invitation,
    require_minute,
    why_empty,
)
from intake.errors import Refused, StaleVersion
from intake.vocabulary import Attendance, MeetingAct, PlanSlot, StatementKind

HELD_ON = date(2026, 11, 23)
FIRST, SECOND = UUID(int=1), UUID(int=2)
WORKER = Invitee("A. Jones", "Social worker", "Halton", Attendance.ATTENDED)
ROW = PlanRow("Ring every evening", "A. Jones", HELD_ON + timedelta(days=2), "")
MINUTE = Minute(
    invitees=(WORKER,),
    child_views="'I want it to stop'",
    parents_views="They are frightened",
    statements=(AgencyStatement("Police", StatementKind.FACT, "Missing twice"),),
    risk="He knows where she lives",
    plan=(ROW,),
    direct_worker="B. Singh",
    support_for_parents="Weekly visit",
    action_against_harm="Police to serve a notice",
    dissent="",
    review_on=HELD_ON + timedelta(days=60),
    written_by="A. Jones",
)
EMPTIED: dict[PlanSlot, Any] = {slot: MINUTE.plan[:0] if slot is PlanSlot.PLAN else " " for slot in PlanSlot}


def without(slot: PlanSlot, why: str = "") -> Minute:
    reasons = (NotRecorded(slot, why),) if why else ()
    return replace(MINUTE, **{slot: EMPTIED[slot]}, not_recorded=reasons)


def objections(minute: Minute, corrects: UUID | None = None) -> list[tuple[str, str]]:
    found = minute_objections(MinuteDraft(minute, corrects), held_on=HELD_ON)
    return [(objection.field, objection.code) for objection in found]


def warnings(minute: Minute) -> list[tuple[str, str]]:
    return [(warning.field, warning.code) for warning in minute_warnings(minute)]


def test_minutes_that_say_everything_are_kept_without_a_warning() -> None:
    require_minute(MinuteDraft(MINUTE, None), held_on=HELD_ON, newest=None)

    assert warnings(MINUTE) == []


@pytest.mark.parametrize("slot", PlanSlot)
def test_minutes_silent_about_one_of_the_six_are_refused_at_its_question(slot: PlanSlot) -> None:
    assert objections(without(slot)) == [(slot.value, f"minute.{slot.value}_missing")]


@pytest.mark.parametrize("slot", PlanSlot)
def test_minutes_that_say_why_one_of_the_six_is_empty_are_kept_with_a_warning(slot: PlanSlot) -> None:
    minute = without(slot, "She would not speak today")

    assert objections(minute) == []
    assert warnings(minute) == [(slot.value, "minute.left_empty")]
    assert empty_slots(minute) == (slot,)
    assert why_empty(minute, slot) == "She would not speak today"


def test_a_reason_for_another_slot_or_a_dash_is_no_reason() -> None:
    other = replace(without(PlanSlot.PLAN), not_recorded=(NotRecorded(PlanSlot.CHILD_VIEWS, "later"),))
    dash = without(PlanSlot.PLAN, "-")

    assert objections(other) == objections(dash) == [("plan", "minute.plan_missing")]


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (replace(ROW, action=""), "plan-1-action", "minute.plan_action_missing"),
        (replace(ROW, owner=""), "plan-1-owner", "minute.plan_owner_missing"),
        (replace(ROW, due_on=HELD_ON - timedelta(days=1)), "plan-1-due_on", "minute.due_before_meeting"),
    ],
)
def test_a_row_of_the_plan_says_what_who_and_when(row: PlanRow, field: str, code: str) -> None:
    assert objections(replace(MINUTE, plan=(ROW, row))) == [(field, code)]


def test_something_may_be_due_on_the_day_of_the_meeting() -> None:
    assert objections(replace(MINUTE, plan=(replace(ROW, due_on=HELD_ON),))) == []


@pytest.mark.parametrize(
    ("review_on", "expected"),
    [
        (HELD_ON, [("review_on", "minute.review_not_after_meeting")]),
        (HELD_ON + timedelta(days=1), []),
        (date(2027, 2, 23), []),
        (date(2027, 2, 24), [("review_on", "minute.review_too_late")]),
    ],
)
def test_the_plan_is_reviewed_within_three_months(review_on: date, expected: list[tuple[str, str]]) -> None:
    assert objections(replace(MINUTE, plan=(replace(ROW, due_on=HELD_ON),), review_on=review_on)) == expected


@pytest.mark.parametrize(
    ("held_on", "latest"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 9, 15), date(2026, 12, 15)),
        (date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_three_months_are_counted_by_the_calendar(held_on: date, latest: date) -> None:
    assert latest_review_on(held_on) == latest


@given(st.dates(max_value=date(9998, 1, 1)))
def test_three_months_are_never_more_than_ninety_two_days(held_on: date) -> None:
    latest = latest_review_on(held_on)

    assert 89 <= (latest - held_on).days <= 92
    assert latest.day <= held_on.day


def test_somebody_invited_is_named_or_described() -> None:
    nobody = Invitee("", " ", "Police")
    by_post = Invitee("", "Duty sergeant", "Police")

    assert objections(replace(MINUTE, invitees=(WORKER, by_post, nobody))) == [
        ("invitees-2-name", "meeting.invitee_unnamed")
    ]


def test_what_was_said_is_said_by_an_agency() -> None:
    statement = AgencyStatement(" ", StatementKind.OPINION, "He is worried")

    assert objections(replace(MINUTE, statements=(statement,))) == [
        ("statements-0-agency", "minute.statement_agency_missing")
    ]


def test_what_a_reader_will_miss_is_warned_of_and_kept() -> None:
    thin = replace(
        MINUTE,
        invitees=(replace(WORKER, attendance=Attendance.APOLOGIES),),
        statements=(),
        risk="",
        plan=(replace(ROW, due_on=MINUTE.review_on + timedelta(days=1)),),
    )

    assert objections(thin) == []
    assert warnings(thin) == [
        ("risk", "minute.risk_not_recorded"),
        ("statements", "minute.no_statements"),
        ("invitees", "minute.nobody_attended"),
        ("plan-0-due_on", "minute.due_after_review"),
    ]


def test_a_correction_names_the_minutes_that_stand_and_says_why() -> None:
    corrected = replace(MINUTE, why_corrected="The date was wrong")

    require_minute(MinuteDraft(corrected, FIRST), held_on=HELD_ON, newest=FIRST)
    assert objections(MINUTE, FIRST) == [("why_corrected", "minute.why_corrected_missing")]


def test_a_correction_of_minutes_corrected_meanwhile_has_lost_the_race() -> None:
    corrected = replace(MINUTE, why_corrected="The date was wrong")

    with pytest.raises(StaleVersion):
        require_minute(MinuteDraft(corrected, FIRST), held_on=HELD_ON, newest=SECOND)


def test_the_first_thing_missing_is_the_one_refused() -> None:
    with pytest.raises(Refused, match=r"minute\.child_views_missing"):
        require_minute(MinuteDraft(without(PlanSlot.CHILD_VIEWS), None), held_on=HELD_ON, newest=None)


def test_minutes_that_correct_others_are_a_correction() -> None:
    assert act_of(MinuteDraft(MINUTE, None)) is MeetingAct.MINUTE
    assert act_of(MinuteDraft(MINUTE, FIRST)) is MeetingAct.CORRECT


def test_a_meeting_is_arranged_with_somebody() -> None:
    require_invitation(Invitation("Rutland House", "", (WORKER,)))
    with pytest.raises(Refused, match=r"meeting\.nobody_invited"):
        require_invitation(Invitation("Rutland House", "", ()))
    with pytest.raises(Refused, match=r"meeting\.invitee_unnamed"):
        require_invitation(Invitation("Rutland House", "", (Invitee("", "", ""),)))

"""Safety-plan meetings: arranged, minuted once, corrected by whole minutes, and only added to."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from intake.audit.events import EVENTS
from intake.casework.documents.meeting import Invitation
from intake.casework.drafts import MeetingDraft, MinuteDraft
from intake.errors import IllegalTransition, NotFound, NotPermitted, Refused, StaleVersion
from intake.models.audit import AuditEntry
from intake.models.meeting import Meeting, Minute, PlanAction
from intake.services.meeting_reading import ReadMeeting
from intake.vocabulary import MeetingState, Role
from tests.factories.hub_work import INVITED, MINUTED, Desk
from tests.factories.people import People

WHY = "Mum was reached at 16:00."


def read(desk: Desk, meeting: UUID) -> ReadMeeting:
    with desk.place.opening() as services:
        return services.meeting_reading.read(desk.sam, meeting)


def test_a_meeting_keeps_who_is_asked_sealed(desk: Desk) -> None:
    meeting = read(desk, desk.meeting())

    assert meeting.invitation == INVITED
    assert meeting.state is MeetingState.ARRANGED
    assert meeting.minutes == ()
    assert meeting.child.full_name == "Maya Ellison"


def test_no_meeting_before_somebody_has_acknowledged(desk: Desk) -> None:
    referral = desk.arrive()

    with pytest.raises(IllegalTransition):
        desk.meeting(referral)


def test_a_meeting_of_nobody_is_refused(desk: Desk) -> None:
    draft = MeetingDraft(desk.place.clock.now(), Invitation("Here", "To talk", ()))

    with pytest.raises(Refused), desk.place.writing() as services:
        services.meetings.arrange(desk.sam, desk.acknowledged(), draft)


def test_minutes_say_who_wrote_them_and_the_meeting_is_held(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.minuted(meeting)

    shown = read(desk, meeting)
    assert shown.state is MeetingState.HELD
    assert [minute.words for minute in shown.minutes] == [replace(MINUTED, written_by="Sam Reed")]


def test_when_each_action_is_due_stands_clear(desk: Desk) -> None:
    minute = desk.minuted(desk.meeting())

    with desk.place.reading() as services:
        rows = services.unit.session.scalars(select(PlanAction)).all()
    assert [(row.minute_id, row.position, row.due_on) for row in rows] == [(minute, 0, date(2026, 11, 26))]


def test_minutes_are_refused_for_what_they_leave_out(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.minuted(desk.meeting(), replace(MINUTED, child_views=""))

    assert refused.value.field == "child_views"


def test_a_review_is_within_three_months_of_the_meeting(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.minuted(desk.meeting(), replace(MINUTED, review_on=date(2027, 2, 25)))

    assert refused.value.field == "review_on"


def test_a_correction_is_a_whole_minute_and_the_first_stays(desk: Desk) -> None:
    meeting = desk.meeting()
    first = desk.minuted(meeting)
    desk.minuted(meeting, replace(MINUTED, why_corrected=WHY), corrects=first)

    newest, earlier = read(desk, meeting).minutes
    assert newest.words.why_corrected == WHY
    assert newest.corrects == earlier.written_at
    assert earlier.words == replace(MINUTED, written_by="Sam Reed")


def test_of_two_who_minute_at_once_the_second_is_told(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.minuted(meeting)

    with pytest.raises(StaleVersion):
        desk.minuted(meeting, replace(MINUTED, risk="Another view of it."))
    assert len(read(desk, meeting).minutes) == 1


def test_minutes_are_not_kept_on_a_meeting_that_moved_under_them(desk: Desk) -> None:
    meeting = desk.meeting()

    with pytest.raises(StaleVersion), desk.place.writing() as services:
        session = services.unit.session
        before = session.get_one(Meeting, meeting)
        moved = update(Meeting).where(Meeting.id == meeting).values(version=Meeting.version + 1)
        session.execute(moved, execution_options={"synchronize_session": False})
        services.meetings.minute(desk.sam, before.id, MinuteDraft(MINUTED, None))
    assert read(desk, meeting).minutes == ()


def test_the_id_of_a_referral_is_not_that_of_a_meeting(desk: Desk) -> None:
    referral = desk.acknowledged()

    with pytest.raises(NotFound), desk.place.opening() as services:
        services.meeting_reading.read(desk.sam, referral)
    with pytest.raises(NotFound), desk.place.writing() as services:
        services.meetings.minute(desk.sam, referral, MinuteDraft(MINUTED, None))


def test_a_correction_of_what_was_corrected_meanwhile_is_told(desk: Desk) -> None:
    meeting = desk.meeting()
    first = desk.minuted(meeting)
    desk.minuted(meeting, replace(MINUTED, why_corrected=WHY), corrects=first)

    with pytest.raises(StaleVersion):
        desk.minuted(meeting, replace(MINUTED, why_corrected="Again"), corrects=first)


@pytest.mark.parametrize("table", [Minute, PlanAction])
def test_the_database_itself_refuses_to_change_or_remove_minutes(
    desk: Desk, table: type[Minute | PlanAction]
) -> None:
    desk.minuted(desk.meeting())
    column = "review_on" if table is Minute else "due_on"

    for change in (update(table).values({column: date(2030, 1, 1)}), delete(table)):
        with pytest.raises(DBAPIError, match="only added to"), desk.place.writing() as services:
            services.unit.session.execute(change)


def test_another_hubs_meeting_and_one_that_is_not_there_are_one_answer(desk: Desk, people: People) -> None:
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER)

    for meeting in (desk.meeting(), uuid4()):
        with pytest.raises(NotFound), desk.place.opening() as services:
            services.meeting_reading.read(stranger, meeting)
        with pytest.raises(NotFound), desk.place.writing() as services:
            services.meetings.minute(stranger, meeting, MinuteDraft(MINUTED, None))


def test_the_auditor_of_the_hub_opens_no_minutes(desk: Desk, people: People) -> None:
    auditor = people.actor(desk.hub_id, Role.AUDITOR)

    with pytest.raises(NotPermitted), desk.place.opening() as services:
        services.meeting_reading.read(auditor, desk.meeting())


def test_every_act_on_a_meeting_is_in_the_trail(desk: Desk) -> None:
    meeting = desk.meeting()
    first = desk.minuted(meeting)
    desk.minuted(meeting, replace(MINUTED, why_corrected=WHY), corrects=first)
    read(desk, meeting)

    with desk.place.reading() as services:
        found = set(
            services.unit.session.scalars(
                select(AuditEntry.event).where(AuditEntry.organisation_id == desk.hub_id)
            )
        )
    acts = {"meeting.arranged", "meeting.minuted", "meeting.corrected", "plan_action.added", "meeting.opened"}
    assert acts <= found <= set(EVENTS)

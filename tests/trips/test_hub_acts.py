"""Outside a decision: words between hub and school, a referral closed, a meeting moved or called off."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.models.audit import AuditEntry
from intake.vocabulary import Answer, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Visitor
from tests.support.web import Visiting

ASKED = "Which gate does he wait at?"
ANSWERED = "The one by the allotments."
DONE = "Maya has a social worker, Kit Shaw, who saw her on Friday."
WHY = "Mum is in hospital until Thursday."


@pytest.fixture
def sam(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.sam)


@pytest.fixture
def anna(desk: Desk, visiting: Visiting) -> Visitor:
    """The lead of the school that referred."""
    return visiting(desk.lead)


def ask(sam: Visitor, referral: UUID, text: str = ASKED) -> None:
    page = sam.get(f"/queue/{referral}").link("Ask or tell the school something")
    page.form("Send it to the school").fill(text=text).submit().follow()


def answer(anna: Visitor, referral: UUID) -> None:
    page = anna.get(f"/referrals/{referral}").link("Answer")
    page.form("Send this answer").fill(text=ANSWERED).submit().follow()


def events(desk: Desk, *kinds: str) -> list[str]:
    with desk.place.reading() as services:
        found = select(AuditEntry.event).where(AuditEntry.event.in_(kinds)).order_by(AuditEntry.at)
        return list(services.unit.session.scalars(found))


def test_the_hub_asks_and_the_school_answers_with_no_decision(
    desk: Desk, sam: Visitor, anna: Visitor
) -> None:
    referral = desk.acknowledged()
    ask(sam, referral)
    assert ASKED in sam.page.main
    assert "Not read there yet." in sam.page.main

    assert ASKED in anna.get(f"/referrals/{referral}").shown.main
    assert "Sam Reed" in anna.page.main
    answer(anna, referral)
    assert ANSWERED in anna.page.main

    assert "The school answered" in sam.get("/queue").shown.main
    assert "Maya" in sam.get("/queue").link("School answered 1").shown.main
    assert ANSWERED in sam.get(f"/queue/{referral}").shown.main
    assert "First read there on" in sam.page.main
    assert "School answered" not in sam.get("/queue").shown.text
    assert "Read there on" in anna.get(f"/referrals/{referral}").shown.main
    assert events(desk, "message.written", "referral.decided") == ["message.written"] * 2
    assert len(events(desk, "message.opened")) >= 4


def test_the_sender_has_a_mail_that_there_is_news(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged()
    ask(sam, referral)
    with desk.place.reading() as services:
        mails = services.unit.session.connection().exec_driver_sql("SELECT kind FROM outbox_mail")
        assert [kind for (kind,) in mails].count("referral_updated") == 2


def test_nothing_is_written_before_acknowledging_nor_answered_before_something_was_asked(
    desk: Desk, sam: Visitor, anna: Visitor
) -> None:
    referral = desk.arrive()
    assert "once this is acknowledged" in sam.get(f"/queue/{referral}/message").follow().text
    assert "nothing here to answer" in anna.get(f"/referrals/{referral}/answer").follow().text


def test_an_empty_message_is_refused(desk: Desk, sam: Visitor) -> None:
    page = sam.get(f"/queue/{desk.acknowledged()}/message")
    refused = page.form("Send it to the school").fill(text=" ").submit()
    assert refused.shown.problems == ("There is nothing written here yet.",)


def test_what_crossed_with_closing_is_not_sent_and_not_lost(desk: Desk, sam: Visitor, anna: Visitor) -> None:
    referral = desk.decided()
    ask(sam, referral)
    asking = sam.get(f"/queue/{referral}/message").form("Send it to the school").fill(text="And when?")
    answering = anna.get(f"/referrals/{referral}/answer").form("Send this answer").fill(text=ANSWERED)
    with desk.place.writing() as services:
        services.closing.close(desk.sam, referral, 4, DONE)

    assert "closed meanwhile" in asking.submit().shown.problems[0]
    kept = answering.submit()
    assert "Ring them" in kept.shown.problems[0]
    assert kept.form("Send this answer").values["text"] == [ANSWERED]


def test_a_referral_is_closed_with_a_reason_leaves_the_lists_and_stays_readable(
    desk: Desk, sam: Visitor, anna: Visitor
) -> None:
    referral = desk.decided()
    page = sam.get(f"/queue/{referral}").link("Close it: the work here is done")
    assert "Say why the work here is done" in page.form("Close this referral").submit().shown.problems[0]
    page.form("Close this referral").fill(reason=DONE).submit().follow()

    assert DONE in sam.page.main
    assert "Ask or tell the school something" not in sam.page.text
    for which in ("all", "mine", "decided"):
        assert "Maya" not in sam.get(f"/queue?list={which}").shown.main
    assert "Maya" in sam.get("/queue").link("Closed").shown.main
    sam.get(f"/queue/{referral}").form("Keep this note").fill(text="The school rang.").submit(status=303)
    shown = anna.get(f"/referrals/{referral}").shown
    assert "Closed" in shown.main
    assert DONE not in shown.main
    assert events(desk, "referral.closed") == ["referral.closed"]


def test_only_what_is_decided_and_ones_own_is_closed(desk: Desk, sam: Visitor, visiting: Visiting) -> None:
    assert "only what is decided" in sam.get(f"/queue/{desk.acknowledged()}/close").follow().text
    jo = visiting(desk.jo)
    assert "only what is decided" in jo.get(f"/queue/{desk.decided()}/close").follow().text


def test_a_meeting_still_arranged_or_an_answer_nobody_read_keeps_it_open(
    desk: Desk, sam: Visitor, anna: Visitor
) -> None:
    referral = desk.decided()
    ask(sam, referral)
    meeting = desk.meeting(referral)
    form = sam.get(f"/queue/{referral}/close").form("Close this referral").fill(reason=DONE)
    answer(anna, referral)
    unread = form.submit()
    assert unread.shown.problems == ("The school has answered since you looked. Read the answer first.",)
    assert unread.form("Close this referral").submit().shown.problems == unread.shown.problems
    sam.get(f"/queue/{referral}")
    arranged = unread.form("Close this referral").submit()
    assert "A safety-plan meeting is still arranged." in arranged.shown.problems[0]
    desk.minuted(meeting)
    arranged.form("Close this referral").submit(status=303)


def test_of_two_who_close_the_second_is_told(desk: Desk, sam: Visitor) -> None:
    referral = desk.decided()
    form = sam.get(f"/queue/{referral}/close").form("Close this referral").fill(reason=DONE)
    with desk.place.writing() as services:
        services.triage.take(desk.jo, referral, 4)
    assert "Jo Marsh took this" in form.submit(status=409).shown.problems[0]


def test_a_meeting_is_moved_and_how_it_was_arranged_stays(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting(begins=timedelta(days=1))
    page = sam.get(f"/meetings/{meeting}")
    assert "Room 2, or by video" in page.shown.main
    form = page.link("Move it").form("Move the meeting")
    form.fill({"on-day": "27", "on-month": "11", "on-year": "2026", "at": "2pm", "place": "Room 9"})
    assert form.submit().shown.problems == ("Say why the meeting is moved.",)
    form.fill(reason=WHY).submit().follow()

    for said in ("Friday 27 November 2026", "Room 9", "Moved from 24 November 2026", WHY, "Sam Reed"):
        assert said in sam.page.main
    with desk.place.opening() as services:
        read = services.meeting_reading.read(desk.sam, meeting)
    history = sam.get(f"/queue/{read.referral_id}").shown.main
    assert "Safety-plan meeting moved" in history
    assert "Now at: Room 9" in history
    assert events(desk, "meeting.moved") == ["meeting.moved"]


def test_a_meeting_is_called_off_and_shown_as_that(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting(begins=timedelta(days=1))
    form = sam.get(f"/meetings/{meeting}").link("Call it off").form("Call the meeting off")
    form.fill(reason=WHY).submit().follow()

    assert "Called off" in sam.page.main
    assert WHY in sam.page.main
    assert "Write the minutes" not in sam.page.text
    for path in ("move", "call-off"):
        assert "still to be held" in sam.get(f"/meetings/{meeting}/{path}").follow().text
    assert "has not begun" in sam.get(f"/meetings/{meeting}/minutes").follow().text
    assert events(desk, "meeting.called_off") == ["meeting.called_off"]


def test_of_two_who_change_a_meeting_the_second_is_told_and_keeps_the_words(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting(begins=timedelta(days=1))
    form = sam.get(f"/meetings/{meeting}/move").form("Move the meeting").fill(reason="The room is taken.")
    form.fill({"on-day": "27", "on-month": "11", "on-year": "2026", "at": "2pm"})
    with desk.place.writing() as services:
        services.meeting_changes.call_off(desk.jo, meeting, 1, WHY)
    lost = form.submit(status=409)
    assert "Somebody changed this meeting" in lost.shown.problems[0]
    assert lost.form("Move the meeting").values["reason"] == ["The room is taken."]


def test_a_day_nobody_can_mean_is_asked_after(desk: Desk, sam: Visitor) -> None:
    form = sam.get(f"/meetings/{desk.meeting()}/move").form("Move the meeting").fill(reason=WHY)
    form.fill({"on-day": "27", "on-month": "11", "on-year": "2062", "at": "2pm"})
    assert form.submit().shown.problems == ("That is more than a year from today. Check the year",)


def test_minutes_wait_for_the_meeting(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting(begins=timedelta(minutes=5))
    page = sam.get(f"/meetings/{meeting}")
    assert "The minutes are written once it has begun" in page.text
    assert "Write the minutes" not in page.shown.links
    assert "has not begun" in sam.get(f"/meetings/{meeting}/minutes").follow().text
    desk.place.clock.instant += timedelta(minutes=5)
    assert "Write the minutes" in sam.get(f"/meetings/{meeting}").shown.links


def test_minutes_of_a_meeting_that_was_moved_on_or_called_off_meanwhile_are_not_kept_and_not_lost(
    desk: Desk, sam: Visitor
) -> None:
    meeting = desk.meeting()
    form = sam.get(f"/meetings/{meeting}/minutes").form("Keep these minutes").fill(MINUTES)
    with desk.place.writing() as services:
        services.meeting_changes.call_off(desk.jo, meeting, 1, WHY)
    lost = form.submit(status=409)
    assert "called off meanwhile" in lost.shown.problems[0]
    assert lost.form("Keep these minutes").values["risk"] == [MINUTES["risk"]]


def test_what_pressed_when_it_was_sent_is_grey_once_it_is_decided(desk: Desk, sam: Visitor) -> None:
    referral = desk.acknowledged(desk.arrive(danger_now=Answer.YES))
    assert "In danger now" in sam.get(f"/queue/{referral}").shown.main
    form = sam.get(f"/queue/{referral}/decision").form("Keep this decision")
    form.fill(decision="assessment", rationale="The car and the gifts.").submit(status=303)
    for page in (f"/queue/{referral}", "/queue?list=decided"):
        shown = sam.get(page).shown.main
        assert "In danger now" not in shown
        assert "In danger when sent" in shown
        assert "Last with you" in shown
        assert "You have it" not in shown


def test_another_hub_and_another_school_find_nothing(desk: Desk, people: People, visiting: Visiting) -> None:
    referral, meeting = desk.acknowledged(), desk.meeting()
    hub = visiting(people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER))
    school = visiting(people.actor(people.school(), Role.SAFEGUARDING_LEAD))
    for path in (f"/queue/{referral}/message", f"/queue/{referral}/close", f"/meetings/{meeting}/move"):
        hub.get(path, status=404)
    school.get(f"/referrals/{referral}/answer", status=404)


MINUTES = {
    "child_views": "She wants him to stop.",
    "parents_views_why": "Mum could not be reached.",
    "risk": "That he takes her away.",
    "direct_worker": "Kit Shaw",
    "support_for_parents": "None yet",
    "action_against_harm": "A warning notice",
    "plan_why": "She is with her aunt.",
    "review_on-day": "20",
    "review_on-month": "1",
    "review_on-year": "2027",
}

"""Notes, meetings and minutes over HTTP: rows without a script, corrections, and what is kept as one goes."""

from uuid import UUID, uuid4

import pytest

from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Answer as Shown
from tests.support.client import Filled, Visitor
from tests.support.web import Visiting

NOTE = "Rang mum at 11:40.\n\nShe will be in after 16:00."
VIEWS = '"I want him to stop coming."'
SLOTS = {
    "child_views": VIEWS,
    "parents_views_why": "Mum could not be reached.",
    "direct_worker": "Kit Shaw, youth worker",
    "support_for_parents": "The family worker rings mum tonight.",
    "action_against_harm": "The police serve a warning notice.",
    "review_on-day": "20",
    "review_on-month": "1",
    "review_on-year": "2027",
}
PLAN = {
    "plan-0-action": "Visit the owner of the car",
    "plan-0-owner": "PC Dale",
    "plan-0-due_on-day": "26",
    "plan-0-due_on-month": "11",
    "plan-0-due_on-year": "2026",
}


@pytest.fixture
def sam(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.sam)


@pytest.fixture
def jo(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.jo)


def minutes_of(visitor: Visitor, meeting: UUID) -> Filled:
    return visitor.get(f"/meetings/{meeting}/minutes").form("Keep these minutes")


def test_a_note_is_kept_from_the_page_of_the_referral(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    sam.get(f"/queue/{referral}").form("Keep this note").fill(text=NOTE).submit().follow()

    assert "She will be in after 16:00." in sam.page.main
    assert "Note 1" in sam.page.main


def test_an_empty_note_is_refused(desk: Desk, sam: Visitor) -> None:
    refused = sam.get(f"/queue/{desk.arrive()}").form("Keep this note").fill(text=" - ").submit()

    assert refused.shown.problems == ("There is nothing in this note yet.",)
    assert refused.form("Keep this note").values["text"] == [" - "]


def test_a_correction_stands_beside_the_note_it_corrects(desk: Desk, sam: Visitor) -> None:
    referral = desk.arrive()
    sam.get(f"/queue/{referral}").form("Keep this note").fill(text=NOTE).submit()
    correcting = sam.get(f"/queue/{referral}").link("Correct note 1")
    assert "You are correcting note 1" in correcting.text
    correcting.form("Keep this correction").fill(text="It was her aunt.").submit().follow()

    for said in ("Note 2, correcting note 1", "Corrected by note 2.", "It was her aunt.", "16:00"):
        assert said in sam.page.main


def test_a_note_of_another_referral_is_not_corrected_from_here(desk: Desk, sam: Visitor) -> None:
    elsewhere = desk.arrive()
    with desk.place.writing() as services:
        note = services.notes.write(desk.sam, elsewhere, NOTE)

    sam.get(f"/queue/{desk.arrive()}/notes/{note}/correct", status=404)
    sam.get(f"/queue/{elsewhere}/notes/{uuid4()}/correct", status=404)


def test_a_meeting_is_arranged_with_the_sender_already_asked(desk: Desk, sam: Visitor) -> None:
    form = (
        sam.get(f"/queue/{desk.acknowledged()}")
        .link("Arrange a safety-plan meeting")
        .form("Arrange the meeting")
    )
    assert form.values["invitees-0-name"] == ["Anna Okafor"]
    form.fill({"on-day": "24", "on-month": "11", "on-year": "2026", "at": "2pm", "place": "Room 2"})
    form.fill({"purpose": "Agree who sees Maya.", "invitees-1-post": "School nurse"}).submit().follow()

    for said in ("Tuesday 24 November 2026, 2pm", "Room 2", "Anna Okafor", "School nurse", "Not known yet"):
        assert said in sam.page.main


def test_rows_are_added_without_a_script_and_nothing_typed_is_lost(desk: Desk, sam: Visitor) -> None:
    form = sam.get(f"/queue/{desk.acknowledged()}/meetings/new").form("Arrange the meeting")
    more = form.fill({"place": "Room 2", "invitees-1-name": "PC Dale"}).submit("Add another person")
    again = more.form("Arrange the meeting")

    assert more.shown.problems == ()
    assert "invitees-4-name" in again.form.controls
    assert again.values["place"] == ["Room 2"]
    assert again.values["invitees-1-name"] == ["PC Dale"]


def test_an_error_in_a_row_stands_beside_the_row_it_is_about(desk: Desk, sam: Visitor) -> None:
    form = sam.get(f"/queue/{desk.acknowledged()}/meetings/new").form("Arrange the meeting")
    form.fill({"on-day": "24", "on-month": "11", "on-year": "2026", "at": "2pm", "place": "Room 2"})
    refused = form.fill({"purpose": "To agree", "invitees-2-agency": "Health"}).submit()

    assert refused.shown.problems == (
        "Person 3: Give this person's name, or their job if you do not know the name.",
    )
    assert '"#invitees-2-name"' in refused.shown.html


def test_nobody_at_all_is_not_a_meeting(desk: Desk, sam: Visitor) -> None:
    form = sam.get(f"/queue/{desk.acknowledged()}/meetings/new").form("Arrange the meeting")
    form.fill({"invitees-0-name": "", "invitees-0-post": "", "invitees-0-agency": ""})

    assert "Person 1: Invite at least one person." in form.submit().shown.problems


def test_no_meeting_before_the_referral_is_acknowledged(desk: Desk, sam: Visitor) -> None:
    sent_back = sam.get(f"/queue/{desk.arrive()}/meetings/new").follow()

    assert "Acknowledge the referral first" in sent_back.text


def test_minutes_are_written_from_the_invitation_and_kept(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting()
    form = minutes_of(sam, meeting)
    assert form.values["invitees-0-name"] == ["Anna Okafor"]
    form.fill({**SLOTS, **PLAN, "invitees-0-attendance": "attended"})
    form.fill(
        {"statements-0-agency": "Police", "statements-0-kind": "fact", "statements-0-text": "It is known."}
    )
    form.submit().follow()

    for said in (VIEWS, "Not recorded. Mum could not be reached.", "PC Dale", "26 November 2026", "Held"):
        assert said in sam.page.main
    assert "The plan is reviewed on Wednesday 20 January 2027." in sam.page.main


def test_everything_the_minutes_leave_out_is_named_at_once(desk: Desk, sam: Visitor) -> None:
    refused = (
        minutes_of(sam, desk.meeting()).fill({"plan-0-action": "Visit", "statements-0-text": "x"}).submit()
    )

    for problem in (
        "Write down the child's views, in their own words if you can, or say why they are not recorded.",
        "Statement 1: Say which agency told the meeting this.",
        "Statement 1: Say whether it is a fact, a report or an opinion",
        "Action 1: Name the person who will do this.",
        "Action 1: Give the day by which it will be done",
        "Give the day on which the plan is reviewed",
    ):
        assert problem in refused.shown.problems


def test_a_plan_left_out_asks_for_the_reason(desk: Desk, sam: Visitor) -> None:
    refused = minutes_of(sam, desk.meeting()).fill(SLOTS).submit()
    assert refused.shown.problems == (
        "Add at least one thing somebody will do, or say why there is no plan.",
    )

    refused.form("Keep these minutes").fill(plan_why="Maya is safe with her aunt.").submit().follow()
    assert "There is no plan. Maya is safe with her aunt." in sam.page.main


def test_minutes_are_corrected_by_a_whole_set_and_the_first_stay_below(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting()
    desk.minuted(meeting)
    form = sam.get(f"/meetings/{meeting}").link("Correct these minutes").form("Keep these corrected minutes")
    assert form.values["child_views"] == [VIEWS]
    assert form.values["plan-0-owner"] == ["PC Dale"]
    assert (
        "Say what you are correcting, and why. The first minutes stay as well."
        in form.submit().shown.problems
    )
    form.fill({"parents_views": "She agrees.", "why_corrected": "Mum was reached at 16:00."})
    form.submit().follow()

    for said in ("Mum was reached at 16:00.", "She agrees.", "Earlier minutes, as they were kept"):
        assert said in sam.page.main


def test_of_two_who_write_the_minutes_the_second_keeps_every_word(
    desk: Desk, sam: Visitor, jo: Visitor
) -> None:
    meeting = desk.meeting()
    sams, jos = minutes_of(sam, meeting), minutes_of(jo, meeting)
    sams.fill({**SLOTS, **PLAN}).submit().follow()
    lost: Shown = jos.fill({**SLOTS, **PLAN, "risk": "Another view of it."}).submit(status=409)

    assert "Somebody wrote the minutes of this meeting before you." in lost.shown.problems[0]
    again = lost.form("Keep these corrected minutes")
    assert again.values["risk"] == ["Another view of it."]
    again.fill(why_corrected="Mine say what the risk is.").submit().follow()
    assert "Another view of it." in jo.page.main


def test_minutes_can_be_left_and_gone_on_with(desk: Desk, sam: Visitor) -> None:
    meeting = desk.meeting()
    minutes_of(sam, meeting).fill({**SLOTS, "plan-1-action": "Later"}).submit("Save and finish later")
    again = sam.get("/queue").link("You have 1 unfinished form").link("Minutes of a safety-plan meeting")

    values = again.form("Keep these minutes").values
    assert values["child_views"] == [VIEWS]
    assert values["review_on-year"] == ["2027"]
    assert ["Later"] in values.values()


def test_another_hub_finds_no_meeting(desk: Desk, people: People, visiting: Visiting) -> None:
    stranger = visiting(people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER))
    for meeting in (desk.meeting(), uuid4()):
        for page in ("", "/minutes"):
            stranger.get(f"/meetings/{meeting}{page}", status=404)

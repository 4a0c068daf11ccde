"""The school over HTTP: recording a concern, and the sad twins of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from intake.models.concern import Concern
from intake.models.outbox import OutboxMail
from intake.models.person import FormDraftRow
from intake.vocabulary import Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, School, card, make_school
from tests.support.client import Answer, Filled, Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting

SEND = "Send to the safeguarding lead"
ANSWERS = {
    "child_name": "Maya Ellison",
    "danger_now": "no",
    "missing_now": "no",
    "happened": 'Maya said: "he waits in the silver car".',
    "occurred_on": "today",
    "occurred_on-about": "just after lunch",
}


@pytest.fixture
def teacher(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.teacher)


def filled(visitor: Visitor, **said: str) -> Filled:
    return visitor.get("/concerns/new").form(SEND).fill({**ANSWERS, **said})


def recorded(visitor: Visitor, **said: str) -> Answer:
    return filled(visitor, **said).submit(SEND, status=303).follow()


def count(place: TestPlace, table: type) -> int:
    with place.reading() as services:
        return services.unit.session.scalars(select(func.count()).select_from(table)).one()


def test_a_teacher_records_a_concern_and_is_told_whom_to_ring(teacher: Visitor) -> None:
    page = recorded(teacher)
    assert page.shown.heading == "Received 10am"
    assert "Not read yet" in page.text
    assert "Anna Okafor, Teacher 0151 000 0000 Mail on its way since Mon 23 Nov 10am" in page.text
    assert "Ruth Adeyemi, Teacher 0151 000 0000 Mail goes out Mon 23 Nov 10:30am" in page.text
    assert "Halton iCART Open now 0151 907 8305" in page.text
    assert "Emergency" not in page.text
    assert 'Maya said: "he waits in the silver car".' in page.text
    assert "Monday 23 November 2026, just after lunch" in page.text
    assert "Maya" not in page.shown.title


def test_danger_and_missing_interrupt_with_999_and_the_police_and_are_still_recorded(
    teacher: Visitor,
) -> None:
    asked = teacher.get("/concerns/new")
    assert "If yes: ring 999 now." in asked.text
    assert "If yes: the police come first." in asked.text
    page = recorded(teacher, danger_now="yes", missing_now="yes").text
    assert page.index("Ring 999 now, if you have not") < page.index(
        "Tell the police that the child is missing"
    )
    assert page.index("Tell the police that the child is missing") < page.index("Tell somebody yourself")


def test_a_school_with_nobody_to_tell_is_sent_to_the_head_teacher(people: People, visiting: Visiting) -> None:
    page = recorded(visiting(people.actor(people.school(), Role.REPORTER)))
    assert "Tell the head teacher yourself" in page.text


def test_a_double_click_is_one_record_and_one_answer(teacher: Visitor, place: TestPlace) -> None:
    form = filled(teacher)
    first, second = form.submit(SEND, status=303), form.submit(SEND, status=303)
    assert first.location == second.location
    assert count(place, Concern) == 1
    assert count(place, OutboxMail) == 1


def test_words_changed_after_the_back_button_are_kept_and_asked_about(
    teacher: Visitor, place: TestPlace
) -> None:
    form = filled(teacher)
    form.submit(SEND, status=303)
    again = form.fill(happened="He was there again on Tuesday.").submit(SEND, status=200)
    assert "This was already sent, and you have changed it since." in again.text
    assert again.form(SEND).values["happened"] == ["He was there again on Tuesday."]
    assert count(place, Concern) == 1
    again.form(SEND).submit(SEND, status=303)
    assert count(place, Concern) == 2


def test_what_is_missing_is_said_and_everything_typed_stays(teacher: Visitor) -> None:
    page = teacher.get("/concerns/new").form(SEND).fill(happened="A new phone").submit(SEND, status=200)
    assert page.shown.problems == (
        "Say which child this is about. If you do not know the name, describe the child.",
        "Say whether the child is in danger now. 'Not known' is an answer.",
        "Say whether the child is missing now. 'Not known' is an answer.",
        "Say when it was. 'I do not know the day' is an answer.",
    )
    assert page.form(SEND).values["happened"] == ["A new phone"]


def test_looking_on_the_roll_keeps_what_was_typed_and_offers_the_children_found(
    teacher: Visitor, school: School, place: TestPlace
) -> None:
    file_id = school.child(card(given_name="Maya", family_name="O'Brien-Nguyễn", year_group="9"))
    school.child(card(given_name="Oliver", family_name="Stone"))
    form = filled(teacher, child_name="nguyen maya")
    found = form.submit("Look for this name on the roll", status=200)
    assert "Maya O'Brien-Nguyễn, year 9, age not known" in found.text
    assert "Oliver" not in found.text
    assert found.form(SEND).values["happened"] == [ANSWERS["happened"]]
    found.form(SEND).fill(on_roll=str(file_id)).submit(SEND, status=303)
    with place.reading() as services:
        assert services.unit.session.scalars(select(Concern.child_file_id)).one() == file_id


def test_a_name_nobody_on_the_roll_has_is_enough(teacher: Visitor, school: School) -> None:
    school.child()
    found = filled(teacher, child_name="Zebedee").submit("Look for this name on the roll", status=200)
    assert "Nobody on the roll has a name like that. What you typed is enough: go on." in found.text
    found.form(SEND).submit(SEND, status=303)


def test_looking_for_nothing_says_to_type_a_name(teacher: Visitor) -> None:
    found = teacher.get("/concerns/new").form(SEND).submit("Look for this name on the roll", status=200)
    assert found.shown.problems == ("Type a name, or part of one, and then look for it.",)


def test_the_children_found_are_still_offered_when_something_else_is_missing(
    teacher: Visitor, school: School
) -> None:
    file_id = school.child()
    found = filled(teacher, happened=" ").submit("Look for this name on the roll", status=200)
    again = found.form(SEND).fill(on_roll=str(file_id)).submit(SEND, status=200)
    assert again.form(SEND).values["on_roll"] == [str(file_id)]
    assert "Maya Ellison, year 10, age 14" in again.text


def test_a_child_of_another_school_is_not_there(teacher: Visitor, place: TestPlace, people: People) -> None:
    theirs = make_school(place, people, CARDIFF).child()
    form = filled(teacher)
    form.form.controls["on_roll"] = type(form.form.controls["child_name"])("on_roll", "radio")
    form.fill(on_roll=str(theirs)).submit(SEND, status=404)
    assert count(place, Concern) == 0


def test_saved_without_javascript_it_comes_back_and_is_let_go_when_sent(
    teacher: Visitor, place: TestPlace
) -> None:
    saved = filled(teacher).submit("Save and finish later", status=303).follow()
    assert "Saved, and not sent yet." in saved.text
    assert count(place, Concern) == 0
    again = teacher.get("/concerns/new")
    assert "This is what you had typed and not sent." in again.text
    assert again.form(SEND).values["happened"] == [ANSWERS["happened"]]
    again.form(SEND).submit(SEND, status=303)
    assert count(place, FormDraftRow) == 0


@pytest.mark.parametrize(("said", "day"), [("today", "23"), ("yesterday", "22")])
def test_today_in_a_draft_is_a_date_by_tomorrow(
    teacher: Visitor, school: School, visiting: Visiting, place: TestPlace, said: str, day: str
) -> None:
    filled(teacher, occurred_on=said).submit("Save and finish later", status=303)
    place.clock.instant += timedelta(days=1)
    values = visiting(school.teacher).get("/concerns/new").form(SEND).values
    assert values["occurred_on"] == ["another"]
    assert (values["occurred_on-on-day"], values["occurred_on-on-month"]) == ([day], ["11"])


def test_the_page_saves_a_draft_as_one_types(teacher: Visitor, place: TestPlace) -> None:
    page = teacher.get("/concerns/new")
    form = page.form(SEND).fill(ANSWERS)
    form.form.action = "/drafts/save?path=/concerns/new"
    answer = form.submit(SEND, status=200)
    assert answer.response.get_data(as_text=True) == "Draft saved 10am"
    assert teacher.get("/concerns/new").form(SEND).values["happened"] == [ANSWERS["happened"]]
    teacher.get("/concerns/new").form("Throw it away and begin again").submit(status=303)
    assert teacher.get("/concerns/new").form(SEND).values["happened"] == [""]
    assert count(place, FormDraftRow) == 0


def test_a_draft_that_comes_in_after_its_form_was_sent_is_not_kept(
    teacher: Visitor, place: TestPlace
) -> None:
    form = filled(teacher)
    form.submit(SEND, status=303)
    form.form.action = "/drafts/save?path=/concerns/new"
    assert form.submit(SEND, status=200).response.get_data(as_text=True) == ""
    assert count(place, FormDraftRow) == 0


@pytest.mark.parametrize("path", ["/queue/1", "//elsewhere.example", "/nowhere", "/concerns", "/sign-in"])
@on_either
def test_a_draft_is_kept_only_for_a_page_one_may_post(teacher: Visitor, path: str) -> None:
    form = teacher.get("/concerns/new").form(SEND)
    form.form.action = f"/drafts/save?path={path}"
    assert form.submit(SEND, status=400 if path.startswith("//") else 404).status in {400, 404}


def test_signed_out_in_the_middle_the_words_are_kept_and_given_back(
    teacher: Visitor, school: School, visiting: Visiting, place: TestPlace
) -> None:
    form = filled(teacher)
    place.clock.instant += timedelta(minutes=31)
    sent = form.submit(SEND, status=303)
    assert sent.location.startswith("/sign-in?next=")
    assert count(place, Concern) == 0
    back = visiting(school.teacher).get("/concerns/new")
    assert back.form(SEND).values["happened"] == [ANSWERS["happened"]]
    back.form(SEND).submit(SEND, status=303)
    assert count(place, Concern) == 1


def test_a_concern_of_another_school_is_not_there(
    teacher: Visitor, place: TestPlace, people: People, visiting: Visiting
) -> None:
    stranger = make_school(place, people, CARDIFF)
    address = recorded(teacher).response.request.path
    visiting(stranger.lead).get(address, status=404)
    visiting(stranger.teacher).get(address, status=404)


def test_a_colleague_who_did_not_record_it_cannot_open_it(
    teacher: Visitor, school: School, people: People, visiting: Visiting
) -> None:
    address = recorded(teacher).response.request.path
    visiting(people.actor(school.id, Role.REPORTER)).get(address, status=404)


def test_own_concerns_are_listed_by_the_name_as_typed(teacher: Visitor, school: School) -> None:
    file_id = school.child(card(given_name="Maya", family_name="Ellison-Grey"))
    school.record(child_name="Maya from 10B", child_file_id=file_id)
    page = teacher.get("/concerns")
    assert "Maya from 10B" in page.text
    assert "Ellison-Grey" not in page.text


def test_it_happened_on_the_day_the_page_was_shown(
    school: School, visiting: Visiting, place: TestPlace
) -> None:
    place.clock.instant = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
    form = filled(visiting(school.teacher))
    place.clock.instant = datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
    assert "Monday 23 November 2026" in form.submit(SEND, status=303).follow().text


def test_when_everybody_was_told_and_nobody_read_it_the_page_says_so(
    school: School, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    place.clock.instant += timedelta(minutes=91)
    page = visiting(school.teacher).get(f"/concerns/{concern_id}")
    assert "Everybody has been told and nobody has read it. Ring the council yourself now." in page.text
    assert "Refer it to the council yourself" in page.shown.links


def test_an_answer_no_page_of_ours_offers_leaves_the_name_as_typed(
    teacher: Visitor, place: TestPlace
) -> None:
    form = filled(teacher)
    form.form.controls["on_roll"] = type(form.form.controls["child_name"])("on_roll", "radio")
    form.fill(on_roll="../../etc").submit(SEND, status=303)
    with place.reading() as services:
        assert services.unit.session.scalars(select(Concern.child_file_id)).one() is None

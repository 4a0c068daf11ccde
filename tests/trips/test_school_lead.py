"""The lead's work over HTTP: the list, reading, adding signs, saying which child it is, keeping in school."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.drafts import KeptDraft
from intake.models.concern import ChildFile, Concern
from intake.vocabulary import Answer, ConcernState
from tests.factories.people import People
from tests.factories.school import CARDIFF, MAYA, School, card, make_school
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting

ADD = "Add this to the concern"


@pytest.fixture
def office(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.lead)


def stands(place: TestPlace, concern_id: UUID) -> Concern:
    with place.reading() as services:
        return services.unit.session.get_one(Concern, concern_id)


def test_the_list_is_unread_and_worst_first(office: Visitor, school: School, place: TestPlace) -> None:
    school.record(child_name="Ann First")
    place.clock.instant += timedelta(minutes=1)
    school.record(child_name="Ben Missing", missing_now=Answer.YES)
    place.clock.instant += timedelta(minutes=1)
    school.record(child_name="Cas Danger", danger_now=Answer.YES)
    school.read(school.record(child_name="Dev Read"))
    text = office.get("/concerns").shown.main
    names = ["Not read yet", "Cas Danger", "Ben Missing", "Ann First", "Read, and to be decided", "Dev Read"]
    assert sorted(names, key=text.index) == names


def test_reading_it_shows_its_recorder_when(
    office: Visitor, school: School, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    place.clock.instant += timedelta(minutes=12)
    page = office.get("/concerns").link("Maya Ellison")
    assert page.shown.heading == "Maya Ellison"
    assert "Maya" not in page.shown.title
    assert "he waits in the silver car" in page.text
    told = visiting(school.teacher).get(f"/concerns/{concern_id}").text
    assert "It has been read" in told
    assert "Read 23 November 2026 at 10:12am · Anna Okafor" in told


def test_a_file_is_begun_for_a_child_with_one_name(office: Visitor, school: School, place: TestPlace) -> None:
    concern_id = school.record(child_name="Suharto")
    page = office.get(f"/concerns/{concern_id}").link("Say which child this is")
    assert page.form("This is the child").values["given_name"] == ["Suharto"]
    page.form("This is the child").fill(which="new").submit("This is the child", status=303).follow()
    page = office.get(f"/concerns/{concern_id}")
    assert page.shown.heading == "Suharto"
    child = page.link("Suharto")
    assert "Date of birth Not known" in child.text
    assert stands(place, concern_id).reference in child.text


def test_where_nobody_is_found_the_page_says_so_and_begins_a_file(office: Visitor, school: School) -> None:
    page = office.get(f"/concerns/{school.record(child_name='Suharto')}/child")
    assert "Nobody on the roll has a name like that." in page.text
    assert page.text.count("Which child is it?") == 1
    school.child()
    form = page.form("This is the child").fill(look_for="Maya")
    found = form.submit("Look on the roll", status=200)
    assert "Nobody on the roll" not in found.text
    assert "which" not in found.form("This is the child").values


def test_a_childs_file_says_the_age_once_and_the_home_in_words(office: Visitor, school: School) -> None:
    page = office.get(f"/children/{school.child(card(given_name='Maya', age_about='14'))}")
    assert page.shown.heading == "Maya, age about 14"
    assert page.shown.main.lower().count("age ") == 1
    assert "Home Not known" in page.text
    at_home = office.get(f"/children/{school.child(card(given_name='Dev', home_postcode='wa87qf'))}")
    assert "Home WA8 7QF" in at_home.text


def test_the_page_says_which_part_of_the_place_it_is_in(office: Visitor, school: School) -> None:
    def here(path: str) -> list[tuple[str, str | None]]:
        root = office.get(path).shown.root
        marked = [link for link in root.iter("a") if link.get("aria-current")]
        return [("".join(link.itertext()).strip(), link.get("aria-current")) for link in marked]

    concern_id = school.record()
    assert here("/concerns") == [("Concerns", "page")]
    assert here("/concerns/new") == [("Record a concern", "page")]
    assert here(f"/concerns/{concern_id}") == [("Concerns", "true")]
    assert here(f"/concerns/{concern_id}/child") == [("Concerns", "true")]
    assert here(f"/referrals/new?concern={concern_id}") == [("Referrals", "true")]
    assert here("/account/password") == [("Your account", "true")]
    assert here("/who-to-ring") == []


def test_a_new_file_says_something_of_who_the_child_is(office: Visitor, school: School) -> None:
    page = office.get(f"/concerns/{school.record(child_name='a boy in a red coat')}/child")
    form = page.form("This is the child").fill(which="new", given_name="")
    assert form.submit("This is the child", status=200).shown.problems == (
        "Give a name, or say about how old the child is.",
    )


def test_a_concern_is_put_in_the_file_of_a_child_on_the_roll_with_the_earlier_ones(
    office: Visitor, school: School
) -> None:
    file_id = school.child()
    earlier = school.record(child_file_id=file_id)
    concern_id = school.record(child_name="Mya Elison")
    page = office.get(f"/concerns/{concern_id}/child")
    assert "Maya Ellison, year 10, age 14" in page.text
    page.form("This is the child").fill(which=str(file_id)).submit("This is the child", status=303)
    page = office.get(f"/concerns/{concern_id}")
    assert "Other concerns about this child" in page.text
    assert f"/concerns/{earlier}" in page.shown.links.values()


def test_another_name_is_looked_for_when_it_was_written_wrong(office: Visitor, school: School) -> None:
    school.child(card(given_name="Zofia", family_name="Łukasik"))
    page = office.get(f"/concerns/{school.record(child_name='the girl with the plait')}/child")
    assert "Zofia" not in page.text
    found = page.form("This is the child").fill(look_for="lukasik").submit("Look on the roll", status=200)
    assert "Zofia Łukasik, age not known" in found.text


def test_of_two_who_say_which_child_it_is_the_second_is_told_it_moved_on(
    office: Visitor, school: School, place: TestPlace
) -> None:
    concern_id = school.record()
    form = office.get(f"/concerns/{concern_id}/child").form("This is the child").fill(which="new")
    with place.writing() as services:
        version = services.unit.session.get_one(Concern, concern_id).version
        services.children.make(school.deputy, concern_id, MAYA, version=version)
    form.submit("This is the child", status=409)
    with place.reading() as services:
        assert len(services.unit.session.scalars(select(ChildFile)).all()) == 1


def test_kept_in_school_needs_a_reason_and_its_recorder_reads_only_what_was_written_to_them(
    office: Visitor, school: School, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    page = office.get(f"/concerns/{concern_id}").link("Keep in school, with a reason")
    refused = page.form("Keep in school").submit("Keep in school", status=200)
    assert refused.shown.problems == (
        "Say why this stays in school, so that whoever reads it later understands.",
    )
    kept = refused.form("Keep in school").fill(
        reason="Her uncle drives the car.", feedback_to_reporter="Thank you. Tell me if it happens again."
    )
    assert "Her uncle drives the car." in kept.submit("Keep in school", status=303).follow().text
    assert stands(place, concern_id).state is ConcernState.KEPT
    told = visiting(school.teacher).get(f"/concerns/{concern_id}").text
    assert "Thank you. Tell me if it happens again." in told
    assert "uncle" not in told


def test_signs_are_added_and_nothing_is_replaced(school: School, visiting: Visiting, office: Visitor) -> None:
    concern_id = school.record()
    teacher = visiting(school.teacher)
    page = teacher.get(f"/concerns/{concern_id}").link("Add signs, or what you have done")
    page.form(ADD).fill(
        {
            "signs-0-ticked": "yes",
            "signs-0-source": "saw_it",
            "signs-0-when": "twice this week",
            "signs-1-ticked": "yes",
            "signs-1-answer": "not_seen",
            "signs-2-ticked": "yes",
            "signs-2-answer": "not_known",
            "questions-0-answer": "Yes, in May",
            "harms-2-answer": "yes",
            "locations": ("park", "taxi"),
            "done_so_far": "I rang her mother.",
            "lead_told_in_person": "yes",
        }
    ).submit(ADD, status=303)
    teacher.get(f"/concerns/{concern_id}/more").form(ADD).fill(anything_else="A silver Golf").submit(
        ADD, status=303
    )
    page = office.get(f"/concerns/{concern_id}")
    for words in (
        "Harm is happening already: read what was added.",
        "Is somebody using an image of the child to threaten them? Yes",
        "Seen Often goes missing from home or school I saw or heard it myself, twice this week",
        "Not seen Family or staff do not know where the child is",
        "Not known Misses school and nobody knows where they are",
        "Has the child gone missing before? When? Yes, in May",
        "Taxi, Park",
        "I rang her mother.",
        "Lead told in person: Yes",
        "A silver Golf",
        "he waits in the silver car",
    ):
        assert words in page.text
    assert "Has changed friends" not in page.text


def test_an_addition_that_says_nothing_is_not_kept(school: School, visiting: Visiting) -> None:
    page = visiting(school.teacher).get(f"/concerns/{school.record()}/more")
    refused = page.form(ADD).submit(ADD, status=200)
    assert refused.shown.problems == (
        "There is nothing to add yet. Tick a sign or write something, or go back.",
    )


def test_an_unfinished_addition_comes_back_with_its_ticks(school: School, visiting: Visiting) -> None:
    teacher, path = visiting(school.teacher), f"/concerns/{school.record()}/more"
    form = teacher.get(path).form(ADD).fill({"signs-3-ticked": "yes", "signs-3-when": "on Friday"})
    form.submit("Save and finish later", status=303)
    values = teacher.get(path).form(ADD).values
    assert (values["signs-3-ticked"], values["signs-3-when"]) == (["yes"], ["on Friday"])
    assert "signs-4-ticked" not in values


def test_a_teacher_does_not_read_what_the_lead_added(
    school: School, visiting: Visiting, office: Visitor
) -> None:
    concern_id = school.record()
    office.get(f"/concerns/{concern_id}/more").form(ADD).fill(anything_else="Known to the police").submit(
        ADD, status=303
    )
    assert "Known to the police" in office.get(f"/concerns/{concern_id}").text
    assert "Known to the police" not in visiting(school.teacher).get(f"/concerns/{concern_id}").text


def test_the_pages_of_a_lead_are_not_there_for_other_schools_nor_open_to_teachers(
    school: School, people: People, place: TestPlace, visiting: Visiting
) -> None:
    file_id = school.child()
    concern_id = school.record(child_file_id=file_id)
    stranger = visiting(make_school(place, people, CARDIFF).lead)
    teacher = visiting(school.teacher)
    for path in (f"/concerns/{concern_id}/keep", f"/concerns/{concern_id}/child", f"/children/{file_id}"):
        stranger.get(path, status=404)
        teacher.get(path, status=403)
    stranger.get(f"/concerns/{concern_id}/more", status=404)


def test_the_list_goes_on_below_its_first_page(office: Visitor, school: School, place: TestPlace) -> None:
    for number in range(27):
        place.clock.instant += timedelta(minutes=1)
        concern_id = school.record(child_name=f"Child {number:02}")
        school.read(concern_id)
        with place.writing() as services:
            version = services.unit.session.get_one(Concern, concern_id).version
            services.concerns.keep(school.lead, concern_id, KeptDraft("Known", "", ""), version=version)
    first = office.get("/concerns")
    assert "Child 02" in first.text
    assert "Child 01" not in first.text
    older = first.link("Older →")
    assert "Child 01" in older.text
    assert "Child 02" not in older.text
    assert "Child 26" in older.link("← Newer").text

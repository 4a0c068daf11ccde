"""Half-filled forms."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from intake.errors import CannotOpen, NotFound
from intake.models.person import FormDraftRow
from intake.services.drafts import Author
from intake.vocabulary import Role
from tests.factories.people import People
from tests.support.place import TestPlace

PAGE = "/concerns/new"
WORDS = {"happened": ["She said “he pays for the taxi”.\n\tO'Brien-Nguyễn"], "sign": ["a", "b"]}


def author(place: TestPlace, people: People) -> Author:
    school = people.school()
    return Author(people.actor(school, Role.REPORTER).person_id, school, school)


def test_a_draft_comes_back_to_the_letter(place: TestPlace, people: People) -> None:
    who = author(place, people)
    for words in ({"happened": ["first"]}, WORDS):
        with place.writing() as services:
            assert services.drafts.keep(who, PAGE, words) == place.clock.now()
    with place.reading() as services:
        assert services.drafts.find(who, PAGE) == WORDS
        assert services.drafts.find(who, "/another") is None
        assert [draft.path for draft in services.drafts.unfinished(who)] == [PAGE]


def test_a_draft_opens_for_its_author_alone(place: TestPlace, people: People) -> None:
    who, other = author(place, people), author(place, people)
    with place.writing() as services:
        services.drafts.keep(who, PAGE, WORDS)
    with place.reading() as services:
        assert services.drafts.find(other, PAGE) is None
        row = services.unit.session.query(FormDraftRow).one()
        assert b"taxi" not in row.form_sealed
    with place.reading() as services, pytest.raises(CannotOpen):
        services.drafts.find(replace(who, home_id=other.home_id), PAGE)


def test_a_draft_is_let_go_when_sent(place: TestPlace, people: People) -> None:
    who = author(place, people)
    with place.writing() as services:
        services.drafts.keep(who, PAGE, WORDS)
        services.drafts.keep(who, "/old", WORDS)
    with place.writing() as services:
        services.drafts.let_go(who, PAGE)
        services.drafts.let_go(who, "/never-was")
    with place.reading() as services:
        assert [draft.path for draft in services.drafts.unfinished(who)] == ["/old"]


def test_colleagues_are_named_and_strangers_are_not_found(place: TestPlace, people: People) -> None:
    school = people.school()
    who = people.actor(school, Role.REPORTER, name="Ó'Brien-Nguyễn")
    with place.reading() as services:
        assert services.staff.name(who.person_id) == "Ó'Brien-Nguyễn"
        assert services.staff.name(None) == ""
        assert services.staff.organisation(school) == "Sampleford High (test)"
        with pytest.raises(NotFound):
            services.staff.card(school)
        with pytest.raises(NotFound):
            services.staff.organisation(who.person_id)


def test_a_page_that_saves_itself_while_its_button_is_pressed_keeps_one_draft(
    place: TestPlace, people: People
) -> None:
    who = author(place, people)

    def keep(said: str) -> None:
        with place.writing() as services:
            services.drafts.keep(who, PAGE, {"happened": [said]})

    with ThreadPoolExecutor(4) as presses:
        list(presses.map(keep, "abcdefgh"))
    with place.reading() as services:
        assert len(services.drafts.unfinished(who)) == 1
        found = services.drafts.find(who, PAGE)
    assert found is not None
    assert found["happened"][0] in "abcdefgh"

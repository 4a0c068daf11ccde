"""The roll and children's files: opened on the record, matched by a lead, nobody else's."""

from datetime import date

import pytest
from sqlalchemy import select

from intake.errors import NotFound, NotPermitted, StaleVersion
from intake.models.audit import AuditEntry
from intake.models.concern import ChildFile, Concern
from intake.policy.actor import Actor
from intake.vocabulary import Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, MAYA, School, card, make_school
from tests.support.place import TestPlace


def search(place: TestPlace, actor: Actor, typed: str) -> list[str]:
    with place.opening() as services:
        return [found.card.full_name for found in services.children.search(actor, typed, date(2026, 11, 23))]


def entries(place: TestPlace) -> list[AuditEntry]:
    with place.reading() as services:
        return list(services.unit.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def test_the_roll_is_searched_in_ones_own_school_alone(
    school: School, place: TestPlace, people: People
) -> None:
    school.child()
    make_school(place, people, CARDIFF).child(card(given_name="Maya", family_name="Elsewhere"))
    assert search(place, school.teacher, "maya") == ["Maya Ellison"]


def test_a_search_is_in_the_trail_without_the_name(school: School, place: TestPlace) -> None:
    school.child()
    search(place, school.teacher, "Ellison")
    last = entries(place)[-1]
    assert last.event == "roll.searched"
    assert '"cards":1' in last.detail
    assert "llison" not in last.detail


def test_children_are_found_in_the_order_of_their_names_and_not_without_end(
    school: School, place: TestPlace
) -> None:
    for number in reversed(range(15)):
        school.child(card(given_name="Sam", family_name=f"Child {number:02}"))
    found = search(place, school.teacher, "sam")
    assert found == [f"Sam Child {number:02}" for number in range(12)]


def test_a_duty_worker_searches_no_roll(place: TestPlace, people: People) -> None:
    with pytest.raises(NotPermitted):
        search(place, people.actor(people.hub(), Role.DUTY_WORKER), "maya")


def test_a_file_is_opened_on_the_record_with_the_concerns_in_it(school: School, place: TestPlace) -> None:
    file_id = school.child()
    concern_id = school.record(child_file_id=file_id)
    with place.opening() as services:
        opened = services.children.open(school.lead, file_id)
    assert opened.card == MAYA
    assert [concern.id for concern in opened.concerns] == [concern_id]
    assert str(concern_id) in entries(place)[-1].detail


def test_a_file_of_another_school_is_not_there(school: School, place: TestPlace, people: People) -> None:
    file_id = school.child()
    stranger = make_school(place, people, CARDIFF)
    concern_id = stranger.record()
    with pytest.raises(NotFound), place.opening() as services:
        services.children.open(stranger.lead, file_id)
    with pytest.raises(NotFound), place.writing() as services:
        services.children.match(stranger.lead, concern_id, file_id, version=1)


def test_a_teacher_opens_and_matches_no_file(school: School, place: TestPlace) -> None:
    file_id, concern_id = school.child(), school.record()
    with pytest.raises(NotPermitted), place.opening() as services:
        services.children.open(school.teacher, file_id)
    with pytest.raises(NotPermitted), place.writing() as services:
        services.children.match(school.teacher, concern_id, file_id, version=1)


def test_a_match_can_be_put_right(school: School, place: TestPlace) -> None:
    first, second = school.child(), school.child(card(given_name="Mira"))
    concern_id = school.record(child_file_id=first)
    with place.writing() as services:
        services.children.match(school.lead, concern_id, second, version=1)
    with pytest.raises(StaleVersion), place.writing() as services:
        services.children.match(school.deputy, concern_id, first, version=1)
    with place.reading() as services:
        assert services.unit.session.get_one(Concern, concern_id).child_file_id == second


def test_a_file_of_a_concern_that_moved_on_is_not_begun(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    with pytest.raises(StaleVersion), place.writing() as services:
        services.children.make(school.lead, concern_id, MAYA, version=7)
    with place.reading() as services:
        assert services.unit.session.scalars(select(ChildFile)).all() == []

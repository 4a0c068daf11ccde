"""A child's file is put right: what it said before is kept, and a withheld home stays so unseen."""

from dataclasses import replace
from uuid import UUID

import pytest

from intake.casework.documents.child import ChildCard
from intake.errors import NotFound, NotPermitted, Refused, StaleVersion
from intake.services.children import OpenFile
from intake.vocabulary import SubjectKind
from tests.factories.people import People
from tests.factories.school import CARDIFF, MAYA, School, make_school
from tests.support.place import TestPlace

STREET = MAYA.home_address


def put_right(place: TestPlace, school: School, file_id: UUID, card: ChildCard, version: int = 1) -> bool:
    with place.writing() as services:
        return services.children.put_right(school.lead, file_id, card, version=version)


def opened(place: TestPlace, school: School, file_id: UUID) -> OpenFile:
    with place.opening() as services:
        return services.children.open(school.lead, file_id)


def test_what_a_file_said_before_is_kept_in_it(school: School, place: TestPlace) -> None:
    file_id = school.child()
    assert put_right(place, school, file_id, replace(MAYA, given_name="Maja"))
    assert put_right(place, school, file_id, replace(MAYA, given_name="Maja", family_name=""), version=2)
    assert not put_right(place, school, file_id, replace(MAYA, given_name="Maja", family_name=""), version=3)
    found = opened(place, school, file_id)
    assert (found.version, found.card.full_name) == (3, "Maja")
    assert [(each.card.full_name, *each.changed) for each in found.earlier] == [
        ("Maja Ellison", "family_name"),
        ("Maya Ellison", "given_name"),
    ]
    with place.reading() as services:
        assert services.staff.name(school.lead.person_id) == found.earlier[0].put_right_by


def test_whoever_comes_second_overwrites_nothing(school: School, place: TestPlace) -> None:
    file_id = school.child()
    put_right(place, school, file_id, replace(MAYA, year_group="11"))
    with pytest.raises(StaleVersion):
        put_right(place, school, file_id, replace(MAYA, family_name="Other"))
    assert opened(place, school, file_id).card.family_name == "Ellison"


def test_a_home_withheld_later_is_in_no_earlier_card_either(school: School, place: TestPlace) -> None:
    file_id = school.child()
    put_right(place, school, file_id, replace(MAYA, address_withheld=True))
    found = opened(place, school, file_id)
    assert STREET not in repr(found)
    (before,) = found.earlier
    assert (before.withheld, *before.changed) == (False, "address_withheld")


def test_a_withheld_home_left_empty_stays_and_is_not_unveiled_unseen(
    school: School, place: TestPlace
) -> None:
    withheld = replace(MAYA, address_withheld=True)
    file_id = school.child(withheld)
    put_right(place, school, file_id, replace(withheld, home_address="", home_postcode="", known_as="May"))
    with pytest.raises(Refused) as refused:
        put_right(place, school, file_id, replace(MAYA, home_address=" ", home_postcode=""), version=2)
    assert refused.value.field == "address_withheld"
    with place.opening() as services:
        shown = services.withheld.show(school.lead, SubjectKind.CHILD_FILE, file_id, "To visit.")
    assert (shown.home_address, shown.known_as) == (STREET, "May")


def test_nobody_else_puts_a_file_right(school: School, place: TestPlace, people: People) -> None:
    file_id = school.child()
    with pytest.raises(NotPermitted), place.writing() as services:
        services.children.put_right(school.teacher, file_id, MAYA, version=1)
    with pytest.raises(NotFound):
        put_right(place, make_school(place, people, CARDIFF), file_id, MAYA)

"""Concerns in the tables: sealed, in the trail, and nobody's but the school's."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from intake.casework.documents.concern import ConcernDetail, FollowUp, HarmNoted, SignNoted
from intake.casework.drafts import KeptDraft
from intake.errors import IllegalTransition, NotFound, NotPermitted, Refused, StaleVersion
from intake.models.audit import AuditEntry
from intake.models.concern import Concern, ConcernAddition
from intake.policy.actor import Actor
from intake.vocabulary import Answer, ConcernState, Role, SignAnswer
from tests.factories.people import People
from tests.factories.school import CARDIFF, School, concern, make_school
from tests.support.place import TestPlace

DETAIL = ConcernDetail("2026-11", (), (), (), (), "Rang home.", None, "")
KEPT = KeptDraft("Known to us.", "", "")


def events(place: TestPlace) -> list[str]:
    with place.reading() as services:
        return list(services.unit.session.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)))


def stands(place: TestPlace) -> Concern:
    with place.reading() as services:
        return services.unit.session.scalars(select(Concern)).one()


def test_the_words_of_a_concern_are_sealed(school: School, place: TestPlace) -> None:
    school.record(happened="Zanzibar", child_name="Xanthippe")
    row = stands(place)
    for blob in (row.words_sealed, row.name_sealed):
        assert b"Zanzibar" not in blob
        assert b"Xanthippe" not in blob


def test_whoever_may_not_record_is_refused(place: TestPlace, people: People) -> None:
    worker = people.actor(people.hub(), Role.DUTY_WORKER)
    with pytest.raises(NotPermitted), place.writing() as services:
        services.concerns.record(worker, concern())


def test_a_lead_without_the_second_factor_still_records(
    place: TestPlace, people: People, school: School
) -> None:
    lead = people.actor(school.id, Role.SAFEGUARDING_LEAD, second_factor=False)
    with place.writing() as services:
        concern_id = services.concerns.record(lead, concern())
    with place.opening() as services:
        opened = services.concern_reading.open(lead, concern_id)
    assert not opened.can_match
    assert opened.head.read_at is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"child_name": " - "}, "child_name"),
        ({"happened": "  \n"}, "happened"),
        ({"occurred_on": date(2026, 11, 24)}, "occurred_on"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_kept(
    school: School, place: TestPlace, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        school.record(**said)
    assert refused.value.field == field
    with place.reading() as services:
        assert services.unit.session.scalars(select(Concern)).all() == []


def test_the_first_reading_by_a_lead_is_the_one_that_counts(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    with place.opening() as services:
        services.concern_reading.open(school.teacher, concern_id)
    assert stands(place).read_at is None
    school.read(concern_id)
    with place.opening() as services:
        services.concern_reading.open(school.deputy, concern_id)
    assert stands(place).read_by == school.lead.person_id
    assert events(place).count("concern.read") == 1
    assert events(place).count("concern.opened") == 3


def test_the_opening_is_in_the_trail_before_the_words_are_read(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    with place.opening() as services:
        services.concern_reading.open(school.lead, concern_id)
        assert events(place)[-1] == "concern.opened"


def test_the_names_of_a_list_are_one_entry_and_no_words_are_opened(school: School, place: TestPlace) -> None:
    ids = {school.record(child_name=f"Child {number}") for number in range(3)}
    with place.opening() as services:
        shown = services.concern_lists.for_lead(school.lead)
    assert {each.card.id for each in shown.unread} == ids
    assert events(place).count("identity_cards.listed") == 1
    assert "concern.opened" not in events(place)


def test_an_empty_list_opens_nothing(school: School, place: TestPlace) -> None:
    before = events(place)
    with place.opening() as services:
        services.concern_lists.for_lead(school.lead)
        services.concern_lists.own(school.teacher)
    assert events(place) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"signs": (SignNoted("no_such_sign", SignAnswer.SEEN, None, ""),)},
        {"harms": (HarmNoted("no_such_harm", Answer.YES),)},
        {"follow_ups": (FollowUp("no_such_question", "x"),)},
        {"locations": ("no_such_place",)},
        {"catalogue_version": "1999-01"},
    ],
)
def test_a_sign_the_catalogue_never_had_is_not_kept(
    school: School, place: TestPlace, wrong: dict[str, object]
) -> None:
    concern_id = school.record()
    with pytest.raises(NotFound), place.writing() as services:
        services.concerns.add(school.teacher, concern_id, replace(DETAIL, **wrong))  # type: ignore[arg-type]
    with place.reading() as services:
        assert services.unit.session.scalars(select(ConcernAddition)).all() == []


def test_only_who_may_read_it_adds_to_it(school: School, place: TestPlace, people: People) -> None:
    concern_id = school.record()
    stranger = make_school(place, people, CARDIFF)
    for actor in (stranger.lead, stranger.teacher, people.actor(school.id, Role.REPORTER)):
        with pytest.raises(NotFound), place.writing() as services:
            services.concerns.add(actor, concern_id, DETAIL)


def kept(place: TestPlace, actor: Actor, version: int) -> None:
    with place.writing() as services:
        services.concerns.keep(actor, stands(place).id, KEPT, version=version)


def test_a_concern_is_never_kept_unread(school: School, place: TestPlace) -> None:
    school.record()
    with pytest.raises(IllegalTransition):
        kept(place, school.lead, 1)


def test_of_two_who_decide_the_second_is_told_it_moved_on(school: School, place: TestPlace) -> None:
    school.read(school.record())
    kept(place, school.lead, 2)
    with pytest.raises(StaleVersion):
        kept(place, school.deputy, 2)
    assert stands(place).state is ConcernState.KEPT
    assert stands(place).kept_by == school.lead.person_id


def test_a_teacher_does_not_decide(school: School, place: TestPlace) -> None:
    school.read(school.record())
    with pytest.raises(NotPermitted):
        kept(place, school.teacher, 2)

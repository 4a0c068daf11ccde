"""What is let go of by itself, and what never is."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from intake.casework.drafts import RestrictDraft
from intake.models.person import FormDraftRow, OnceKey, Person
from intake.services.drafts import Author
from intake.services.housekeeping import Housekeeping
from intake.vocabulary import Role, SubjectKind
from tests.factories.people import People
from tests.factories.school import School
from tests.support.place import TestPlace


def test_old_keys_and_half_filled_searches_are_let_go_and_other_half_filled_forms_never_are(
    place: TestPlace, people: People
) -> None:
    school = people.school()
    who = people.actor(school, Role.REPORTER)
    with place.writing() as services:
        services.once.keep(who, services.once.issue(who), b"", "/concerns/1")
        author = Author(who.person_id, school, school)
        services.drafts.keep(author, "/concerns/new", {"happened": ["not sent yet"]})
        services.drafts.keep(author, "/search", {"name": ["Maya"]})
    place.clock.instant += timedelta(days=400)
    Housekeeping(place).round()
    with place.reading() as services:
        assert services.unit.session.query(OnceKey).count() == 0
        assert [row.path for row in services.unit.session.query(FormDraftRow)] == ["/concerns/new"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_school_restricted_to_people_who_have_all_gone_is_opened_again(school: School) -> None:
    place, concern_id = school.place, school.record()
    with place.writing() as services:
        draft = RestrictDraft((school.deputy.person_id, school.teacher.person_id), "Her mother leads here.")
        services.restrictions.restrict(school.lead, SubjectKind.CONCERN, concern_id, draft)

    def is_open() -> bool:
        with place.reading() as services:
            listed = services.concern_lists.for_lead(school.second_deputy)
        return [each.card.id for each in listed.unread] == [concern_id]

    for days, gone in ((0, school.lead), (20, school.deputy), (13, None), (2, None)):
        place.clock.instant += timedelta(days=days)
        Housekeeping(place).round()
        assert is_open() is (days == 2)
        if gone is not None:
            with place.writing() as services:
                services.unit.session.get_one(Person, gone.person_id).disabled_at = place.clock.now()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_the_journal_still_has_of_what_was_erased_is_cut_by_the_next_round(
    place: TestPlace, tmp_path: Path
) -> None:
    def write(statement: str) -> None:
        with place.writing() as services:
            services.unit.session.execute(text(statement), {"it": b"the silver car"})

    def is_there() -> bool:
        return any(b"the silver car" in path.read_bytes() for path in tmp_path.glob("intake.sqlite3*"))

    write("INSERT INTO throttle (bucket, failures, since_at, last_at) VALUES (:it, 1, '2026', '2026')")
    # As a unit leaves it whose own cutting waited too long for somebody who was reading.
    write("DELETE FROM throttle WHERE bucket = :it")
    assert is_there()
    Housekeeping(place).round()
    assert not is_there()

"""What is let go of by itself, and what never is."""

from datetime import timedelta

from intake.models.person import FormDraftRow, OnceKey
from intake.services.drafts import Author
from intake.services.housekeeping import Housekeeping
from intake.vocabulary import Role
from tests.factories.people import People
from tests.support.place import TestPlace


def test_old_keys_are_let_go_and_half_filled_forms_never_are(place: TestPlace, people: People) -> None:
    school = people.school()
    who = people.actor(school, Role.REPORTER)
    with place.writing() as services:
        services.once.keep(who, services.once.issue(who), b"", "/concerns/1")
        services.drafts.keep(
            Author(who.person_id, school, school), "/concerns/new", {"happened": ["not sent yet"]}
        )
    place.clock.instant += timedelta(days=400)
    Housekeeping(place).round()
    with place.reading() as services:
        assert services.unit.session.query(OnceKey).count() == 0
        assert services.unit.session.query(FormDraftRow).count() == 1

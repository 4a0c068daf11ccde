"""Once-keys: what one form made is made once, and found again by whoever it was shown to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.errors import Refused
from intake.models.person import OnceKey
from intake.services.once import Taken
from intake.vocabulary import Role
from tests.factories.people import People
from tests.support.place import TestPlace


def test_a_key_remembers_what_it_made(place: TestPlace, people: People) -> None:
    who = people.actor(people.school(), Role.REPORTER)
    with place.writing() as services:
        key = services.once.issue(who)
        assert services.once.taken(who, key, b"words") is None
        assert not services.once.used(who, key)
        services.once.keep(who, key, b"words", "/concerns/1")
    with place.reading() as services:
        assert services.once.used(who, key)
        assert services.once.taken(who, key, b"words") == Taken("/concerns/1", same=True)
        assert services.once.taken(who, key, b"other words") == Taken("/concerns/1", same=False)


def test_a_key_we_did_not_issue_to_this_person_is_refused(place: TestPlace, people: People) -> None:
    school = people.school()
    one, other = people.actor(school, Role.REPORTER), people.actor(school, Role.REPORTER)
    with place.reading() as services:
        key = services.once.issue(one)
        anothers = f"{services.once.issue(one).partition('.')[0]}.{key.partition('.')[2]}"
        for wrong in ("", "made-up", "made.up", "madé.üp", key + "0", anothers):
            with pytest.raises(Refused) as refused:
                services.once.taken(one, wrong, b"")
            assert (refused.value.field, refused.value.message) == ("once_key", "once_key.unknown")
        with pytest.raises(Refused):
            services.once.taken(other, key, b"")


def test_what_is_kept_of_a_forms_words_differs_for_equal_words(place: TestPlace, people: People) -> None:
    school = people.school()
    two = people.actor(school, Role.REPORTER), people.actor(school, Role.REPORTER)
    with place.writing() as services:
        same = services.once.issue(two[0])
        for who in two:
            for key in (same, services.once.issue(who)):
                services.once.keep(who, key, b"yes", "/concerns/1")
        services.unit.session.flush()
        kept = services.unit.session.scalars(select(OnceKey.request_hash)).all()
    assert len(set(kept)) == 4


def test_keys_are_forgotten_after_three_days(place: TestPlace, people: People) -> None:
    who = people.actor(people.school(), Role.REPORTER)
    with place.writing() as services:
        key = services.once.issue(who)
        services.once.keep(who, key, b"", "/concerns/1")
    for later, there in ((timedelta(hours=72), True), (timedelta(seconds=1), False)):
        place.clock.instant += later
        with place.writing() as services:
            services.once.forget_old()
            assert services.once.used(who, key) is there

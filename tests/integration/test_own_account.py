"""One's own account: the organisations one works in, and the sessions one may end."""

from datetime import timedelta

import pytest

from intake.errors import NotFound
from intake.queries.sign_ins import OtherSignIns
from intake.services.sessions import Found, Standing
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders
from tests.factories.people import People
from tests.support.place import TestPlace


def begin(place: TestPlace, people: People, holders: AccountHolders) -> tuple[Found, str]:
    begun = holders.sign_in(holders.make(people.school(), Role.REPORTER)).begun
    assert begun is not None
    return begun.found, begun.token


def test_nobody_works_where_they_have_no_role(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    found, token = begin(place, people, holders)
    with pytest.raises(NotFound), place.writing() as services:
        services.account.work_in(found, people.school())
    with place.reading() as services:
        again = services.sessions.find(token)
    assert again is not None
    assert again.actor == found.actor


def test_a_session_that_has_ended_is_not_ended_again(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    found, token = begin(place, people, holders)
    with place.writing() as services:
        services.account.end_session(found, found.session_id)
    with pytest.raises(NotFound), place.writing() as services:
        services.account.end_session(found, found.session_id)
    with place.reading() as services:
        again = services.sessions.find(token)
    assert again is not None
    assert again.standing is Standing.ENDED


def test_somebody_sees_when_their_account_was_last_signed_in_to_and_how_many_tries_failed_since(
    place: TestPlace, people: People, holders: AccountHolders
) -> None:
    owner, other = (holders.make(people.school(), Role.REPORTER) for _ in range(2))
    tried = [(owner, "wrong"), (owner, PASSWORD), (owner, "wrong"), (owner, "wrong"), (other, "wrong")]
    for who, password in tried:
        holders.sign_in(who, password)
        place.clock.instant += timedelta(minutes=1)
    begun = holders.sign_in(owner).begun
    assert begun is not None
    with place.reading() as services:
        told = services.account.overview(begun.found).others
    assert told == OtherSignIns(place.clock.now() - timedelta(minutes=4), failed=2)
    assert not told.or_more

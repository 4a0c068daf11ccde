"""One-time links: a first password nobody else ever knew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.errors import NotFound, Refused
from intake.models.person import OneTimeLink
from intake.policy.actor import Actor
from intake.services.one_time_links import Link
from intake.services.reception import Reception
from intake.services.sessions import Standing
from intake.services.sign_in import Begun
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.place import TestPlace

CHOSEN = "seven quiet ladders"


@pytest.fixture
def administrator(people: People) -> Actor:
    return people.actor(people.school(name="Sampleford High"), Role.ADMINISTRATOR)


@pytest.fixture
def ann(holders: AccountHolders, administrator: Actor) -> Holder:
    return holders.make(administrator.organisation_id, Role.REPORTER, email="ann.llewellyn@example.test")


def link_for(place: TestPlace, administrator: Actor, holder: Holder) -> Link:
    """Have one administrator ask for a link, and another approve it."""
    with place.writing() as services:
        request_id = services.people.ask_link(administrator, holder.person_id, "They forgot it.")
    second = People(place).actor(administrator.organisation_id, Role.ADMINISTRATOR)
    with place.writing() as services:
        link = services.second_person.approve(second, request_id)
    assert isinstance(link, Link)
    return link


def use(place: TestPlace, link: Link, password: str = CHOSEN) -> Begun:
    return Reception(place).first_password(link.token, password, device="")


def test_a_link_sets_the_password_and_signs_in(
    place: TestPlace, holders: AccountHolders, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    assert Reception(place).invited(link.token).email == "ann.llewellyn@example.test"
    begun = use(place, link)
    assert begun.found.person_id == ann.person_id
    assert not begun.found.second_factor
    assert holders.sign_in(ann, CHOSEN).begun is not None
    assert holders.sign_in(ann, PASSWORD).begun is None


def test_a_link_works_once(place: TestPlace, administrator: Actor, ann: Holder) -> None:
    link = link_for(place, administrator, ann)
    use(place, link)
    with pytest.raises(NotFound):
        use(place, link, "another quiet ladder")
    with pytest.raises(NotFound):
        Reception(place).invited(link.token)


def test_a_link_used_twice_at_the_same_moment_works_once(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)

    def try_it(number: int) -> bool:
        try:
            use(place, link, f"{CHOSEN} {number}")
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(4))) == 1


def test_a_link_works_for_three_days(place: TestPlace, administrator: Actor, ann: Holder) -> None:
    link = link_for(place, administrator, ann)
    assert link.expires_at == place.clock.now() + timedelta(hours=72)
    place.clock.instant += timedelta(hours=72)
    with pytest.raises(NotFound):
        use(place, link)
    place.clock.instant -= timedelta(seconds=1)
    use(place, link)


def test_a_newer_link_ends_the_older(place: TestPlace, administrator: Actor, ann: Holder) -> None:
    older, newer = (link_for(place, administrator, ann) for _ in range(2))
    with pytest.raises(NotFound):
        use(place, older)
    use(place, newer)


def test_a_made_up_link_is_no_link(place: TestPlace) -> None:
    for token in ("", "made-up", "é", "a" * 5_000):
        with pytest.raises(NotFound):
            Reception(place).invited(token)


def test_an_easily_guessed_password_is_refused_and_the_link_stays_good(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    for weak in ("short", "llewellyn2026", "sampleford 1"):
        with pytest.raises(Refused):
            use(place, link, weak)
    use(place, link)


def test_using_a_link_signs_out_whoever_was_signed_in_with_the_old_password(
    place: TestPlace, holders: AccountHolders, administrator: Actor, ann: Holder
) -> None:
    old = holders.sign_in(ann).begun
    assert old is not None
    use(place, link_for(place, administrator, ann))
    with place.reading() as services:
        found = services.sessions.find(old.token)
    assert found is not None
    assert found.standing is Standing.ENDED


def test_a_link_does_not_get_round_the_second_factor(
    place: TestPlace, holders: AccountHolders, administrator: Actor
) -> None:
    lead = holders.make(administrator.organisation_id, Role.SAFEGUARDING_LEAD, app=True)
    begun = use(place, link_for(place, administrator, lead))
    assert begun.found.actor is not None
    assert begun.found.actor.needs_second_factor
    with place.reading() as services:
        assert services.second_factor.standing(lead.person_id).enrolled


def test_a_link_of_a_closed_account_does_not_work(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    with place.writing() as services:
        services.people.disable(administrator, ann.person_id)
    with pytest.raises(NotFound):
        use(place, link)
    with place.writing() as services:
        services.people.enable(administrator, ann.person_id)
    with pytest.raises(NotFound):
        use(place, link)


def test_only_the_hash_of_a_link_is_kept(place: TestPlace, administrator: Actor, ann: Holder) -> None:
    link = link_for(place, administrator, ann)
    with place.reading() as services:
        kept = services.unit.session.scalars(select(OneTimeLink.token_hash)).one()
    assert link.token.encode() not in kept
    assert len(kept) == 32

"""One-time links: a first password nobody else ever knew."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from intake.errors import NotFound, Refused
from intake.models.audit import AuditEntry
from intake.models.person import OneTimeLink, Person
from intake.policy.actor import Actor
from intake.services.one_time_links import Link
from intake.services.reception import Reception, Taken
from intake.services.sessions import Standing
from intake.services.sign_in import Begun
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders, Holder
from tests.factories.people import People
from tests.support.databases import on_either
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
    return Reception(place).first_password(link.code, password, device="")


def take(place: TestPlace, code: str, *, source: str = "192.0.2.7") -> Taken:
    return Reception(place).take_code(code, source=source)


@contextmanager
def statements_of(place: TestPlace) -> Iterator[list[str]]:
    """Collect what the database is asked meanwhile."""
    said: list[str] = []

    def note(*asked: object) -> None:
        said.append(str(asked[2]))

    event.listen(place.database.engine, "before_cursor_execute", note)
    yield said
    event.remove(place.database.engine, "before_cursor_execute", note)


def test_a_link_sets_the_password_and_signs_in(
    place: TestPlace, holders: AccountHolders, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    assert Reception(place).invited(link.code).email == "ann.llewellyn@example.test"
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
        Reception(place).invited(link.code)


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


@on_either
def test_a_code_is_taken_however_it_is_typed_and_is_not_used_up(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    for typed in (link.code.upper(), link.code.replace("-", " "), f" {link.code.replace('-', '')}\n"):
        assert take(place, typed) == Taken(right=True)
        assert Reception(place).invited(typed).person_id == ann.person_id


@on_either
def test_a_code_has_more_than_a_hundred_bits_and_nothing_that_looks_like_something_else(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    letters = set[str]()
    for _ in range(20):
        code = link_for(place, administrator, ann).code
        assert [len(group) for group in code.split("-")] == [4] * 6
        letters |= set(code.replace("-", ""))
    assert len(letters) == 25
    assert 24 * math.log2(len(letters)) > 100
    assert not letters & set("0o1il5s8buv")


def test_a_code_nobody_has_one_used_one_too_old_and_one_of_a_closed_account_are_one_answer(
    place: TestPlace, administrator: Actor, ann: Holder, holders: AccountHolders
) -> None:
    late, shut = (holders.make(administrator.organisation_id, Role.REPORTER) for _ in range(2))
    too_old = link_for(place, administrator, late)
    place.clock.instant += timedelta(hours=72)
    used, newer, closed = (link_for(place, administrator, who) for who in (ann, late, shut))
    use(place, used)
    with place.writing() as services:
        services.unit.session.get_one(Person, shut.person_id).disabled_at = place.clock.now()
    tries = {"7k3m-9qtx-2fgh-4wpd-c6rn-y3aj", used.code, too_old.code, closed.code}
    # The first refusal of all begins a chain of the trail.
    take(place, "made up")
    asked = list[list[str]]()
    for code in tries:
        with statements_of(place) as said:
            assert take(place, code) == Taken()
        asked.append(said)
    assert len(asked) == 4
    assert asked == [asked[0]] * 4
    assert asked[0]
    with place.reading() as services:
        entries = select(AuditEntry.detail).where(AuditEntry.event == "sign_in.failed")
        kept = services.unit.session.scalars(entries).all()
    assert ['"no_link"' in detail for detail in kept] == [True] * 5
    assert take(place, newer.code).right


@on_either
def test_whoever_guesses_codes_is_slowed_where_they_are_and_nobody_elsewhere(
    place: TestPlace, administrator: Actor, ann: Holder
) -> None:
    link = link_for(place, administrator, ann)
    for count in range(30):
        assert take(place, f"guess {count}") == Taken()
    assert take(place, link.code) == Taken(wait_seconds=5)
    assert take(place, link.code, source="198.51.100.7").right
    place.clock.instant += timedelta(seconds=5)
    assert take(place, link.code).right


def test_only_the_hash_of_a_link_is_kept(place: TestPlace, administrator: Actor, ann: Holder) -> None:
    link = link_for(place, administrator, ann)
    with place.reading() as services:
        kept = services.unit.session.scalars(select(OneTimeLink.token_hash)).one()
    assert link.code.encode() not in kept
    assert len(kept) == 32

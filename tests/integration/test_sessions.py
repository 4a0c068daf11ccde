"""Sign-in sessions: begun, found, run out, ended."""

import base64
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.models.organisation import Organisation
from intake.models.person import Membership, Person, SignInSession
from intake.services.sessions import Found, Standing
from intake.vocabulary import OrganisationKind, Role, SessionEnd
from tests.factories.people import People
from tests.support.place import TestPlace


def begin(place: TestPlace, people: People, *roles: Role, second_factor: bool = False) -> str:
    school = people.school()
    who = people.actor(school, *roles)
    with place.writing() as services:
        return services.sessions.begin(
            who.person_id, organisation_id=school, given=place.given(proved=second_factor)
        )


def find(place: TestPlace, token: str) -> Found | None:
    with place.reading() as services:
        return services.sessions.find(token)


def test_a_session_is_found_by_its_token_with_the_roles_held_now(place: TestPlace, people: People) -> None:
    found = find(place, begin(place, people, Role.REPORTER, Role.SAFEGUARDING_LEAD, second_factor=True))
    assert found is not None
    assert found.standing is Standing.LIVE
    assert found.actor is not None
    assert found.actor.roles == {Role.REPORTER, Role.SAFEGUARDING_LEAD}
    assert found.actor.organisation_kind is OrganisationKind.SCHOOL
    assert found.actor.second_factor


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_token_has_256_bits_and_only_its_hash_is_kept(place: TestPlace, people: People) -> None:
    tokens = {begin(place, people, Role.REPORTER) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}
    with place.reading() as services:
        kept = set(services.unit.session.scalars(select(SignInSession.token_hash)))
    assert {hashlib.sha256(token.encode()).digest() for token in tokens} <= kept
    assert not {token.encode() for token in tokens} & kept


def test_a_made_up_token_finds_nothing(place: TestPlace, people: People) -> None:
    begin(place, people, Role.REPORTER)
    assert find(place, "made-up") is None


def test_a_session_runs_out_when_unused(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER)
    place.clock.instant += timedelta(minutes=30)
    found = find(place, token)
    assert found is not None
    assert found.standing is Standing.LIVE
    place.clock.instant += timedelta(seconds=1)
    found = find(place, token)
    assert found is not None
    assert found.standing is Standing.RAN_OUT


def test_a_session_in_use_still_runs_out_in_the_end(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER)
    uses = 0
    while (found := find(place, token)) is not None and found.standing is Standing.LIVE:
        with place.writing() as services:
            services.sessions.touch(found.session_id)
        place.clock.instant += timedelta(minutes=29)
        uses += 1
    assert found is not None
    assert found.standing is Standing.RAN_OUT
    assert uses == 25


def test_a_session_is_stale_a_minute_after_it_was_last_used(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER)
    for stale in (False, True):
        found = find(place, token)
        assert found is not None
        assert found.stale is stale
        place.clock.instant += timedelta(minutes=1)


def test_an_ended_session_is_ended_and_not_merely_run_out(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER)
    found = find(place, token)
    assert found is not None
    with place.writing() as services:
        services.sessions.end(found.session_id, SessionEnd.SIGNED_OUT)
    place.clock.instant += timedelta(days=2)
    found = find(place, token)
    assert found is not None
    assert found.standing is Standing.ENDED


def test_all_but_one_of_a_persons_sessions_can_be_ended(place: TestPlace, people: People) -> None:
    kept = begin(place, people, Role.REPORTER)
    found = find(place, kept)
    assert found is not None
    with place.writing() as services:
        other = services.sessions.begin(found.person_id, organisation_id=found.home_organisation_id)
    with place.writing() as services:
        services.sessions.end_all(found.person_id, SessionEnd.PASSWORD_CHANGED, but=found.session_id)
    standings = [session.standing for token in (kept, other) if (session := find(place, token)) is not None]
    assert standings == [Standing.LIVE, Standing.ENDED]


def test_a_disabled_persons_session_is_ended(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER)
    found = find(place, token)
    assert found is not None
    with place.writing() as services:
        services.unit.session.get_one(Person, found.person_id).disabled_at = place.clock.now()
    found = find(place, token)
    assert found is not None
    assert found.standing is Standing.ENDED


def test_a_role_whose_time_is_over_counts_no_more(place: TestPlace, people: People) -> None:
    token = begin(place, people, Role.REPORTER, Role.SAFEGUARDING_LEAD)
    with place.writing() as services:
        for row in services.unit.session.query(Membership).filter_by(role=Role.SAFEGUARDING_LEAD):
            row.to_at = place.clock.now()
    found = find(place, token)
    assert found is not None
    assert found.actor is not None
    assert found.actor.roles == {Role.REPORTER}


def test_until_an_organisation_is_chosen_nobody_acts(place: TestPlace, people: People) -> None:
    school = people.school()
    who = people.actor(school, Role.REPORTER)
    with place.writing() as services:
        token = services.sessions.begin(who.person_id, organisation_id=None)
    found = find(place, token)
    assert found is not None
    assert found.actor is None
    with place.writing() as services:
        services.sessions.work_in(found.session_id, school)
    found = find(place, token)
    assert found is not None
    assert found.actor is not None
    with place.reading() as services:
        assert services.unit.session.get_one(Organisation, found.actor.organisation_id).id == school

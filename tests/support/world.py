"""Two towns with a school and a hub each, everybody who works there, and one of everything they write."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select

from intake.casework.documents.searching import SearchTerms
from intake.casework.drafts import (
    CallDraft,
    ColourDraft,
    ConcernDraft,
    MeetingDraft,
    MinuteDraft,
    ReferralDraft,
    RoleDraft,
)
from intake.clock import SetClock
from intake.db import Database
from intake.models.concern import Exclusion
from intake.models.person import Membership, Person
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.services.drafts import Author
from intake.services.shipped_directory import load_shipped
from intake.services.workplace import Services, Tools
from intake.vocabulary import Answer, Colour, ParentsTold, Role
from tests.factories.directory import Changes
from tests.factories.hub_work import INVITED, MINUTED
from tests.factories.people import People
from tests.factories.referrals import CHILD
from tests.support.place import MONDAY_AT_TEN, TestPlace, make_place
from tests.support.postgres import PostgresServer
from tests.support.web import make_app
from tests.support.world_astray import go_astray

#: Everybody who tries every door, by one letter each: where they work and as what.
SCHOOL_CAST: Mapping[str, Role] = {
    "r": Role.REPORTER,  # recorded the concern and sent the referral
    "o": Role.REPORTER,  # another one, who wrote nothing
    "l": Role.SAFEGUARDING_LEAD,
    "d": Role.DEPUTY_LEAD,
    "x": Role.SAFEGUARDING_LEAD,  # named in the concern
    "u": Role.SAFEGUARDING_LEAD,  # has not given a second factor
    "a": Role.AUDITOR,
    "p": Role.ADMINISTRATOR,
    "e": Role.SAFEGUARDING_LEAD,  # until yesterday
    "c": Role.SAFEGUARDING_LEAD,  # whose account is closed
}
HUB_CAST: Mapping[str, Role] = {
    "w": Role.DUTY_WORKER,
    "m": Role.DUTY_MANAGER,
    "y": Role.DUTY_WORKER,  # named in the concern
    "v": Role.DUTY_WORKER,  # has not given a second factor
    "h": Role.AUDITOR,
    "q": Role.ADMINISTRATOR,
}
UNPROVEN = frozenset("uv")
ENDED, CLOSED, NOBODY = "e", "c", "z"
CAST = (*SCHOOL_CAST, *HUB_CAST, NOBODY)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in an organisation on whom its administrator may act, and the role they have there."""

    person_id: UUID
    membership_id: UUID


@dataclass(frozen=True, slots=True)
class Case:
    """What was written about one child in a town."""

    concern_id: UUID
    child_file_id: UUID
    referral_id: UUID
    reference: str
    note_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, slots=True)
class Town:
    """One school and its hub."""

    school_id: UUID
    hub_id: UUID
    actors: Mapping[str, Actor]
    colleagues: Mapping[UUID, Colleague]
    case: Case
    #: What the lead, and a duty worker, searched for.
    searches: Mapping[UUID, UUID]
    #: What another administrator than the one who tries doors asked a second person for.
    requests: Mapping[UUID, UUID]
    #: A change to the directory, which belongs to no town: elsewhere there is none.
    proposal_id: UUID = field(default_factory=uuid4)
    #: A referral another town passed on to here, one that was passed on there, one that went astray.
    offer_id: UUID = field(default_factory=uuid4)
    passing_id: UUID = field(default_factory=uuid4)
    breach_id: UUID = field(default_factory=uuid4)
    #: A referral the other town's hub leads, and the hub here has a copy of.
    copy_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class World:
    """Two towns that have nothing to do with each other."""

    here: Town
    elsewhere: Town


def build_world(place: TestPlace) -> World:
    """Fill an empty workplace, through its services."""
    load_shipped(place)
    here, elsewhere = (
        _town(place, "E06000006", "halton-icart"),
        _town(place, "W06000015", "cardiff-mash"),
    )
    # Proposed by an administrator elsewhere, so that every administrator here may decide on it.
    proposal_id = Changes(place, elsewhere.actors["p"], here.actors["p"]).propose_check()
    both = (here.actors["y"], elsewhere.actors["y"])
    gone = go_astray(place, here.actors, "W06000015", _two_more(place, here, "E06000006"), both)
    come = go_astray(place, elsewhere.actors, "E06000006", _two_more(place, elsewhere, "W06000015"), both)
    here = replace(
        here,
        copy_id=_copied(place, here, "E06000006", "W06000015", both),
        proposal_id=proposal_id,
        offer_id=come.passing_id,
        passing_id=gone.passing_id,
        breach_id=gone.breach_id,
    )
    elsewhere = replace(
        elsewhere,
        copy_id=_copied(place, elsewhere, "W06000015", "E06000006", both),
        offer_id=gone.passing_id,
        passing_id=come.passing_id,
        breach_id=come.breach_id,
    )
    return World(here=here, elsewhere=elsewhere)


def _two_more(place: TestPlace, town: Town, authority: str) -> tuple[UUID, UUID]:
    """Have a town's lead write down and send two more referrals."""
    return _sent(place, town, authority), _sent(place, town, authority)


def _copied(place: TestPlace, town: Town, authority: str, found: str, named: tuple[Actor, ...]) -> UUID:
    """Have a town's lead refer a child who cannot wait and is elsewhere: the hub at home has a copy."""
    referral_id = _sent(place, town, authority, found_authority=found, protection_now=Answer.YES)
    with place.writing() as services:
        for actor in named:
            services.unit.session.add(
                Exclusion(case_id=referral_id, person_id=actor.person_id, since_at=place.clock.now())
            )
    return referral_id


def _sent(place: TestPlace, town: Town, authority: str, **said: Any) -> UUID:  # noqa: ANN401 - any answer
    lead, named = town.actors["l"], (town.actors["x"].person_id,)
    with place.writing() as services:
        concern_id = services.concerns.record(lead, _CONCERN)
    with place.writing() as services:
        return services.referrals.submit(lead, replace(_referral(concern_id, authority, named), **said))


def _town(place: TestPlace, authority: str, slug: str) -> Town:
    people = People(place)
    school_id = people.school(authority, f"School of {slug} (test)")
    hub_id = people.hub(slug, authority, f"Desk of {slug} (test)")
    actors = {
        letter: people.actor(where, role, second_factor=letter not in UNPROVEN)
        for where, cast in ((school_id, SCHOOL_CAST), (hub_id, HUB_CAST))
        for letter, role in cast.items()
    }
    colleagues = {
        where: _colleague(place, people.actor(where, role))
        for where, role in ((school_id, Role.REPORTER), (hub_id, Role.DUTY_WORKER))
    }
    case = _case(place, actors, authority)
    with place.writing() as services:
        services.unit.session.add(
            Exclusion(case_id=case.referral_id, person_id=actors["y"].person_id, since_at=place.clock.now())
        )
        _membership(services, actors[ENDED]).to_at = place.clock.now()
        closed = services.unit.session.get_one(Person, actors[CLOSED].person_id)
        closed.disabled_at = place.clock.now()
    searches = {actors[letter].organisation_id: _search(place, actors[letter]) for letter in "lw"}
    requests = {
        where: _asked(place, people.actor(where, Role.ADMINISTRATOR), each)
        for where, each in colleagues.items()
    }
    return Town(school_id, hub_id, actors, colleagues, case, searches, requests)


def _colleague(place: TestPlace, actor: Actor) -> Colleague:
    with place.reading() as services:
        return Colleague(actor.person_id, _membership(services, actor).id)


def _search(place: TestPlace, actor: Actor) -> UUID:
    author = Author(actor.person_id, actor.organisation_id, actor.organisation_id)
    with place.writing() as services:
        return services.searching.keep(actor, author, SearchTerms("Maya", "", ""))


def _asked(place: TestPlace, administrator: Actor, colleague: Colleague) -> UUID:
    with place.writing() as services:
        services.people.give(
            administrator, colleague.person_id, RoleDraft(Role.AUDITOR), "They check our trail."
        )
        (waiting,) = services.second_person.about(administrator, colleague.person_id)
        return waiting.card.id


def _membership(services: Services, actor: Actor) -> Membership:
    return services.unit.session.scalars(
        select(Membership).where(Membership.person_id == actor.person_id)
    ).one()


def _case(place: TestPlace, actors: Mapping[str, Actor], authority: str) -> Case:
    reporter, lead, worker = actors["r"], actors["l"], actors["w"]
    with place.writing() as services:
        concern_id = services.concerns.record(reporter, _CONCERN)
    with place.writing() as services:
        version = services.concern_reading.open(lead, concern_id).head.version
        child_file_id = services.children.make(lead, concern_id, CHILD, version=version)
    with place.writing() as services:
        named = (actors["x"].person_id,)
        referral_id = services.referrals.submit(reporter, _referral(concern_id, authority, named))
    with place.writing() as services:
        services.referral_calls.record(
            reporter, referral_id, CallDraft("A duty worker", "", "Wait for her.", place.clock.now())
        )
    with place.opening() as services:
        services.hub_reading.read(worker, referral_id)
    with place.writing() as services:
        services.triage.take(worker, referral_id, 1)
        services.triage.acknowledge(worker, referral_id, 2)
        services.triage.colour(worker, referral_id, 3, ColourDraft(Colour.AMBER, "A car waits for her."))
        services.messages.write(worker, referral_id, "Which gate does he wait at?")
        services.messages.answer(lead, referral_id, "The one on Mill Lane.")
        note_id = services.notes.write(worker, referral_id, "Rang the school.")
        starts_at = place.clock.now() - timedelta(hours=1)
        meeting_id = services.meetings.arrange(worker, referral_id, MeetingDraft(starts_at, INVITED))
        reference = services.unit.session.get_one(Referral, referral_id).reference
    with place.writing() as services:
        services.meetings.minute(worker, meeting_id, MinuteDraft(MINUTED, None))
    return Case(concern_id, child_file_id, referral_id, reference, note_id, meeting_id)


_CONCERN = ConcernDraft(
    child_name="Maya Ellison",
    child_file_id=None,
    danger_now=Answer.NO,
    missing_now=Answer.NO,
    happened="He waits in the silver car.",
    occurred_on=None,
    occurred_about="",
)


def _referral(concern_id: UUID, authority: str, named: tuple[UUID, ...]) -> ReferralDraft:
    return ReferralDraft(
        concern_ids=(concern_id,),
        child=CHILD,
        home_authority=authority,
        no_fixed_address=False,
        found_authority=None,
        danger_now=Answer.NO,
        missing_now=Answer.NO,
        where_now="In school",
        why_now="",
        child_wishes="",
        parents_told=ParentsTold.NOT_YET,
        not_told_reasons=(),
        not_told_words="",
        parents_view="",
        safe_contact="",
        sender_phone="0151 000 0101",
        named_staff_ids=named,
    )


@dataclass(frozen=True, slots=True)
class Made:
    """A world in a database of its own, only ever copied."""

    world: World
    tools: Tools
    database: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A copy of the world that a test has to itself, and the application upon it."""

    world: World
    place: TestPlace
    app: Flask


def _write_without_waiting(connection: sqlite3.Connection, _record: object) -> None:
    """Not wait for the disk: what is tried on a stage is not asked to outlive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")


def _made(url: str, name: str) -> Made:
    place = make_place(Database(url))
    world = build_world(place)
    place.database.close()
    return Made(world, place.tools, name)


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The world in a file."""
    path = tmp_path_factory.mktemp("world") / "intake.sqlite3"
    shutil.copy(sqlite_template, path)
    return _made(f"sqlite:///{path}", str(path))


@pytest.fixture(scope="session")
def postgresql_world(postgres_server: PostgresServer, postgres_template: str) -> Made:
    """The world on a server."""
    name = postgres_server.new_database(postgres_template)
    return _made(postgres_server.url(name), name)


@pytest.fixture
def kind() -> str:
    """Which database the world stands in; a test that asks about both names them."""
    return "sqlite"


@pytest.fixture
def stage(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A fresh copy of the world."""
    made: Made = request.getfixturevalue(f"{kind}_world")
    if kind == "sqlite":
        url = f"sqlite:///{shutil.copy(made.database, tmp_path / 'intake.sqlite3')}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.new_database(made.database)
        request.addfinalizer(lambda: server.drop_database(name))  # noqa: PT021 - only here is the name known
        url = server.url(name)
    database = Database(url)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _write_without_waiting)
    place = TestPlace(database, replace(made.tools, clock=SetClock(MONDAY_AT_TEN)))
    yield Stage(made.world, place, make_app(place))
    database.close()

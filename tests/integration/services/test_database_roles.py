"""What a tier's database role may do with the keys of the other tier's organisations."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Delete, Update, delete, update

from intake.db import Database
from intake.ids import new_id
from intake.models.key_grant import KeyGrant
from intake.services import database_roles as roles
from intake.vocabulary import Compartment
from tests.factories.people import People
from tests.support.postgres import PostgresServer
from tests.support.split import Split, split_upon

_PART = Compartment.REFERRAL


@pytest.fixture(name="split")
def _split(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Split]:
    name = postgres_server.new_database(postgres_template)
    url = postgres_server.url(name)
    with closing(Database(url)) as owner, owner.writing() as unit:
        roles.apply(unit.session)
    with split_upon(lambda tier: Database(url.replace("postgres@", f"{roles.ROLES[tier]}@"))) as split:
        yield split
    postgres_server.drop_database(name)


def test_a_schools_role_gives_hubs_keys_and_touches_none_that_stands(split: Split) -> None:
    school, hub = People(split.school).school(), People(split.hub).hub(slug="next-mash")
    standing, ended = new_id(), new_id()
    with split.hub.writing() as services:
        services.holders.make_missing()
    with split.school.writing() as services:
        for case in (standing, ended):
            services.keys.begin(case, (_PART,), holders=(school, hub))
    with split.hub.writing() as services:
        services.keys.end(ended, _PART, organisation_id=hub)

    spoilt, gone = update(KeyGrant).values(wrapped=b"spoilt"), delete(KeyGrant)
    for statement, where, rows in (
        (spoilt, KeyGrant.organisation_id == hub, 0),
        (update(KeyGrant).values(ended_at=split.hub.clock.now()), KeyGrant.organisation_id == hub, 0),
        (gone, (KeyGrant.organisation_id == hub) & (KeyGrant.case_id == standing), 0),
        (gone, (KeyGrant.organisation_id == hub) & (KeyGrant.case_id == ended), 1),
        (spoilt, KeyGrant.organisation_id == school, 2),
        (gone, KeyGrant.organisation_id == school, 2),
    ):
        assert _touched(split.school.database, statement.where(where)) == rows, str(statement.where(where))

    with split.school.writing() as services:
        services.keys.share(ended, _PART, by=school, with_organisation=hub)
    with split.hub.reading() as services:
        assert [services.keys.held(case, hub) for case in (standing, ended)] == [(_PART,), (_PART,)]


def _touched(database: Database, statement: Update | Delete) -> int:
    """Return how many rows a statement changes, and undo it."""
    with database.engine.connect() as connection:
        rows = connection.execute(statement).rowcount
        connection.rollback()
    return rows

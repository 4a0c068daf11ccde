"""What is filled in by the thousand is what the program itself would have written."""

import gc

import pytest
from sqlalchemy import func, inspect, select

from intake.audit.trail import Trail
from intake.bench.bulk import bulk_writing
from intake.bench.seeding import FEWEST, NOTES, Seeded, seed
from intake.casework.sealed_form import any_from_bytes
from intake.crypto.envelope import key_generation, open_sealed
from intake.crypto.inventory import SEALED_COLUMNS
from intake.db import Database
from intake.errors import NotConfigured
from intake.ids import new_id
from intake.models import METADATA
from intake.policy.actor import Actor
from intake.services.holders import held_grants, open_held
from intake.vocabulary import OrganisationKind, QueueList, Role
from tests.migrations.schema_facts import schema_facts
from tests.support.place import TestPlace


@pytest.fixture
def seeded(place: TestPlace) -> Seeded:
    """A workplace with a few hundred invented referrals."""
    return seed(place, FEWEST)


def worker(seeded: Seeded) -> Actor:
    hub = seeded.roster.hubs[0]
    return Actor(
        person_id=hub.people[0],
        organisation_id=hub.id,
        organisation_kind=OrganisationKind.HUB,
        roles=frozenset({Role.DUTY_WORKER}),
        session_id=new_id(),
        second_factor=True,
    )


def test_every_chain_is_whole(place: TestPlace, seeded: Seeded) -> None:
    with place.reading() as services:
        checked = tuple(Trail(services.unit.session, place.tools.key_ring).check_everything())
    assert all(each.whole for each in checked)
    assert sum(each.entries for each in checked) > 5 * FEWEST


def test_every_sealed_document_opens_where_it_stands(place: TestPlace, seeded: Seeded) -> None:
    opened = 0
    with place.reading() as services:
        session = services.unit.session
        grants = {
            (grant.case_id, grant.compartment, grant.generation): (grant, kept)
            for grant, kept in held_grants(session)
        }
        for column in SEALED_COLUMNS:
            if column.through is not None:
                continue
            for row in session.execute(select(METADATA.tables[column.table])).mappings():
                blob = row[column.column]
                if blob is None:
                    continue
                version = row[column.version] if column.version else 1
                case_id = row[column.case]
                binding = column.place(row_id=row[column.row], case_id=case_id, version=version)
                held = grants[case_id, column.compartment, key_generation(blob)]
                key = open_held(place.tools.key_ring, *held)
                assert any_from_bytes(open_sealed(blob, key=key, binding=binding)) is not None
                opened += 1
    assert opened > 5 * FEWEST


def test_a_duty_worker_sees_a_full_page_and_opens_fifty_notes(place: TestPlace, seeded: Seeded) -> None:
    with place.opening() as services:
        page = services.queue.show(worker(seeded), QueueList.ALL)
    assert len(page.cards) == 50
    assert all(card.child.full_name for card in page.cards)
    with place.opening() as services:
        read = services.hub_reading.read(worker(seeded), seeded.thick[0])
    assert len(read.history) > NOTES
    assert read.trace is not None


def test_there_are_as_many_as_were_asked_for(place: TestPlace, seeded: Seeded) -> None:
    with place.reading() as services:
        for table, many in (("referral", FEWEST), ("referral_sent", FEWEST), ("routing_record", FEWEST)):
            found = services.unit.session.scalar(select(func.count()).select_from(METADATA.tables[table]))
            assert found == many
    assert seeded.rows > 20 * FEWEST
    assert len(seeded.thick) >= 10


def test_fewer_than_a_full_page_are_refused(place: TestPlace) -> None:
    with pytest.raises(NotConfigured, match="full page"):
        seed(place, FEWEST - 1)


def test_every_index_stands_again_when_the_rows_are_written(database: Database) -> None:
    with database.engine.connect() as connection:
        before = schema_facts(connection)
    with bulk_writing(database) as bulk:
        left = {index["name"] for index in inspect(bulk.connection).get_indexes("referral")}
        assert "ix_referral_queue" not in left
    with database.engine.connect() as connection:
        assert schema_facts(connection) == before


def test_the_collector_of_garbage_is_at_work_again_after_a_failure(database: Database) -> None:
    with pytest.raises(RuntimeError, match="half way"), bulk_writing(database):
        raise RuntimeError("half way")
    with database.engine.connect() as connection:
        assert "ix_referral_queue" in {index["name"] for index in inspect(connection).get_indexes("referral")}
    assert gc.isenabled()

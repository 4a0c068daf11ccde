"""A case worked on from end to end and closed, and what is kept of it, for whoever erases it."""

from uuid import UUID

from sqlalchemy import select

from intake.models import METADATA
from intake.models.key_grant import KeyGrant
from intake.models.referral import Referral
from intake.services.workplace import Services
from intake.vocabulary import Compartment
from tests.factories.hub_work import ASSESS, Desk
from tests.support.place import TestPlace


def closed(desk: Desk, referral_id: UUID) -> UUID:
    """Have a referral worked on from end to end, with a note and a meeting, and closed."""
    desk.acknowledged(referral_id)
    desk.minuted(desk.meeting(referral_id))
    with desk.place.writing() as services:
        services.notes.write(desk.sam, referral_id, "Rang the school.")
    with desk.place.writing() as services:
        services.decisions.decide(desk.sam, referral_id, version(services, referral_id), ASSESS)
    with desk.place.writing() as services:
        services.closing.close(desk.sam, referral_id, version(services, referral_id), "She is safe.")
    return referral_id


def version(services: Services, referral_id: UUID) -> int:
    return services.unit.session.get_one(Referral, referral_id).version


def held(place: TestPlace, referral_id: UUID, holder: UUID) -> dict[Compartment, bytes]:
    """Return the keys an organisation has to a referral, as they are wrapped for it."""
    with place.reading() as services:
        found = select(KeyGrant.compartment, KeyGrant.wrapped).where(
            KeyGrant.case_id == referral_id, KeyGrant.organisation_id == holder
        )
        return {row.compartment: row.wrapped for row in services.unit.session.execute(found)}


def documents(place: TestPlace, referral_id: UUID) -> dict[str, bytes]:
    """Return what is sealed of a referral, by table and column."""
    columns = [
        (table, column)
        for table in METADATA.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed") and "referral_id" in table.columns
    ]
    with place.reading() as services:
        return {
            f"{table.name}.{column.name}": row[0]
            for table, column in columns
            for row in services.unit.session.execute(
                select(column).where(table.c.referral_id == referral_id, column.is_not(None))
            )
        }

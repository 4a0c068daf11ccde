"""Destroying an organisation's keys to a case, and emptying what nobody can open any more."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased

from intake.crypto.inventory import SEALED_COLUMNS, SealedColumn
from intake.db import Unit
from intake.models import METADATA
from intake.models.key_grant import KeyGrant
from intake.models.person import FormDraftRow
from intake.queries.erasures import meetings_about
from intake.services.identifiers import Identifiers
from intake.services.key_locks import lock_keys
from intake.services.keys import UNRECORDED
from intake.services.sealed_rows import refusals_lifted, sealed_rows
from intake.vocabulary import Compartment, OrganisationKind


@dataclass(frozen=True, slots=True)
class Shredded:
    """What was destroyed: the pin of each key, in order, and how many documents were emptied."""

    pins: tuple[bytes, ...]
    documents: int


class Shredding:
    """Shreds what one organisation holds; what another one holds stays as it is."""

    def __init__(self, unit: Unit, identifiers: Identifiers, *, empties: bool) -> None:
        """`empties` where this process may change what is only added to, and sees every table."""
        self._unit = unit
        self._identifiers = identifiers
        self._empties = empties
        self._session = unit.session

    def shred(
        self, holder: UUID, kind: OrganisationKind, case_ids: Collection[UUID], things: Collection[UUID]
    ) -> Shredded:
        """Destroy the keys of one organisation to these things; empty what nobody is left to open.

        With them go the half-filled forms and the index tokens about the cases.
        """
        pins = self._destroy_keys(holder, things)
        documents = self._empty(things) if self._empties else 0
        named = set(things)
        if kind is OrganisationKind.HUB:
            named.update(meetings_about(self._session, case_ids))
            self._identifiers.forget(holder, case_ids)
        self._let_go_of_drafts(holder, named)
        self._unit.clear_remains()
        return Shredded(pins, documents)

    def _destroy_keys(self, organisation_id: UUID, things: Collection[UUID]) -> tuple[bytes, ...]:
        lock_keys(self._session, *things)
        ours = (KeyGrant.case_id.in_(things), KeyGrant.organisation_id == organisation_id)
        pins = set(self._session.scalars(select(KeyGrant.commitment).where(*ours)))
        self._session.execute(delete(KeyGrant).where(*ours))
        # A grant that ended opens nothing here any more, but its key is still in it: it goes with the last
        # one that stands.
        standing = aliased(KeyGrant)
        somebodys = select(standing.id).where(
            standing.case_id == KeyGrant.case_id,
            standing.compartment == KeyGrant.compartment,
            standing.ended_at.is_(None),
        )
        nobodys = (KeyGrant.case_id.in_(things), KeyGrant.ended_at.is_not(None), ~somebodys.exists())
        left = self._session.execute(select(KeyGrant.id, KeyGrant.commitment).where(*nobodys)).all()
        self._session.execute(delete(KeyGrant).where(KeyGrant.id.in_([row.id for row in left])))
        return tuple(sorted(pins.union(row.commitment for row in left)))

    def _empty(self, things: Collection[UUID]) -> int:
        held = select(KeyGrant.case_id, KeyGrant.compartment).where(KeyGrant.case_id.in_(things)).distinct()
        kept = {(case_id, part) for case_id, part in self._session.execute(held)}
        return sum(
            self._empty_column(sealed, things, kept)
            for sealed in SEALED_COLUMNS
            if sealed.compartment not in UNRECORDED
        )

    def _empty_column(
        self, sealed: SealedColumn, things: Collection[UUID], kept: set[tuple[UUID, Compartment]]
    ) -> int:
        rows = self._session.execute(sealed_rows(sealed, *things))
        gone = [row_id for row_id, case_id, *_ in rows if (case_id, sealed.compartment) not in kept]
        if gone:
            table = METADATA.tables[sealed.table]
            nothing = None if table.c[sealed.column].nullable else b""
            empty = update(table).where(table.c[sealed.row].in_(gone)).values({sealed.column: nothing})
            with refusals_lifted(self._session, sealed.table):
                self._session.execute(empty)
        return len(gone)

    def _let_go_of_drafts(self, organisation_id: UUID, named: Collection[UUID]) -> None:
        here = FormDraftRow.organisation_id == organisation_id
        at_its_pages = or_(*(FormDraftRow.path.contains(str(each)) for each in named))
        self._session.execute(delete(FormDraftRow).where(here, at_its_pages))

"""Trying a key ring on everything in a database: what whoever took a process over would try first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import key_generation, open_sealed
from intake.crypto.inventory import SEALED_COLUMNS
from intake.crypto.key_ring import KeyRing
from intake.errors import CannotOpen
from intake.services.holders import held_grants, open_held
from intake.services.sealed_rows import sealed_rows
from intake.vocabulary import Compartment

_Part = tuple[UUID, Compartment, int]


@dataclass(frozen=True, slots=True)
class Pried:
    """A sealed document, and the organisations by whose grants this ring opened it: none where it did not."""

    column: str
    compartment: Compartment
    case_id: UUID
    opened_by: frozenset[UUID]


def pry(session: Session, ring: KeyRing) -> list[Pried]:
    """Try every grant there is, whoever holds it, on every document of every sealed column."""
    keys = _keys(session, ring)
    return [
        Pried(
            f"{sealed.table}.{sealed.column}",
            sealed.compartment,
            case_id,
            frozenset(
                holder
                for holder, key in keys[case_id, sealed.compartment, key_generation(blob)]
                if open_sealed(
                    blob, key=key, binding=sealed.place(row_id=row_id, case_id=case_id, version=version)
                )
            ),
        )
        for sealed in SEALED_COLUMNS
        for row_id, case_id, version, blob in session.execute(sealed_rows(sealed))
    ]


def _keys(session: Session, ring: KeyRing) -> dict[_Part, list[tuple[UUID, DataKey]]]:
    found: dict[_Part, list[tuple[UUID, DataKey]]] = defaultdict(list)
    for holder, key in _opened(session, ring):
        found[key.case_id, key.compartment, key.generation].append((holder, key))
    return found


def _opened(session: Session, ring: KeyRing) -> Iterator[tuple[UUID, DataKey]]:
    for grant, kept in held_grants(session):
        try:
            yield grant.organisation_id, open_held(ring, grant, kept)
        except CannotOpen:
            continue

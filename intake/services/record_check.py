"""Comparing the records with what the trail says of them: by digests, and without opening a word."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.attested import Attested, Sealing
from intake.crypto.inventory import SEALED_COLUMNS, SealedColumn
from intake.models import METADATA
from intake.models.erasure import ErasedCase
from intake.models.referral import Referral
from intake.services.keys import UNRECORDED
from intake.services.sealed_rows import all_rows
from intake.vocabulary import RecordFault, Tier

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class RecordWrong:
    """A record that is not as the trail says: where it stands, or stood."""

    table: str
    column: str
    row_id: UUID
    kind: RecordFault


@dataclass(slots=True)
class RecordsChecked:
    """What the comparing found.

    `documents` are as they were sealed, `referrals` where their last entry leaves them, `emptied` were so by
    an erasure; of `not_covered` no entry that is proved here tells.
    """

    documents: int = 0
    referrals: int = 0
    emptied: int = 0
    not_covered: int = 0
    #: How many more are empty than all erasures say they emptied.
    emptied_unsaid: int = 0
    faults: list[RecordWrong] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults and not self.emptied_unsaid


@dataclass(frozen=True, slots=True)
class _Clear:
    """A clear column that an entry tells the value of."""

    table: str
    column: str


_STATE = _Clear("referral", "state")


class _Row(NamedTuple):
    """A row of a sealed column, with or without a document in it."""

    id: UUID
    case_id: UUID
    version: int
    blob: bytes | None


class RecordCheck:
    """Goes over every row that is there for this tier, once, holding one digest of each document."""

    def __init__(self, session: Session, attested: Attested, tier: Tier, *, whole: bool) -> None:
        """`whole` where every chain is: otherwise nothing is called put in: its entry may be unproved."""
        self._session = session
        self._attested = attested
        self._tier = tier
        # Of what a hub wrote, the schools' tier sees the rows and not the entries.
        self._sees_all_entries = whole and tier is not Tier.SCHOOL
        self._found = RecordsChecked()
        erased = select(ErasedCase.erasure_id, ErasedCase.case_id)
        self._erased = {case_id for number, case_id in session.execute(erased) if number in attested.erasures}

    def run(self) -> RecordsChecked:
        """Compare every document, and the state of every referral."""
        for sealed in SEALED_COLUMNS:
            if sealed.compartment not in UNRECORDED:
                self._compare(sealed)
        if self._tier is not Tier.SCHOOL:
            self._compare_states()
        if not self._tier.is_split:
            self._found.emptied_unsaid = max(0, self._found.emptied - self._attested.emptied)
        return self._found

    def _compare(self, sealed: SealedColumn) -> None:
        expected = self._attested.sealings.get(f"{sealed.table}.{sealed.column}", {})
        if self._tier.is_split and METADATA.tables[sealed.table].info["tier"] not in {
            "shared",
            self._tier.value,
        }:
            self._found.not_covered += len(expected)
            return
        seen = 0
        rows = self._session.execute(all_rows(sealed), execution_options={"yield_per": _AT_ONCE})
        for row in map(_Row._make, rows):
            sealing = expected.get(str(row.id))
            if sealing is not None:
                seen += 1
                self._judge(sealed, sealing, row)
            elif row.blob:
                self._not_told_of(sealed, row.id)
        if seen < len(expected):
            self._name_gone(sealed)

    def _judge(self, sealed: SealedColumn, last: Sealing, row: _Row) -> None:
        if not row.blob and row.case_id in self._erased:
            self._found.emptied += 1
        elif not row.blob:
            self._wrong(sealed, row.id, RecordFault.GONE)
        elif last.is_of(row.version, hashlib.sha256(row.blob).digest()):
            self._found.documents += 1
        elif self._tier is Tier.SCHOOL and METADATA.tables[sealed.table].info["tier"] == "shared":
            # The hubs' operator may have given the case new keys, which only the hubs' chains tell.
            self._found.not_covered += 1
        else:
            self._wrong(sealed, row.id, RecordFault.CHANGED)

    def _name_gone(self, sealed: SealedColumn) -> None:
        there = {str(row_id) for row_id in self._session.scalars(all_rows(sealed))}
        for row_id, sealing in self._attested.sealings[f"{sealed.table}.{sealed.column}"].items():
            if row_id in there:
                continue
            if sealing.ours:
                self._wrong(sealed, UUID(row_id), RecordFault.GONE)
            else:
                self._found.not_covered += 1

    def _compare_states(self) -> None:
        standings, there = self._attested.standings, set[str]()
        for referral_id, state in self._session.execute(select(Referral.id, Referral.state)):
            there.add(str(referral_id))
            standing = standings.get(str(referral_id))
            if standing is None:
                self._not_told_of(_STATE, referral_id)
            elif state in standing.states | standing.tied:
                self._found.referrals += 1
            else:
                self._wrong(_STATE, referral_id, RecordFault.CHANGED)
        for each in standings.keys() - there:
            self._wrong(_STATE, UUID(each), RecordFault.GONE)

    def _not_told_of(self, sealed: SealedColumn | _Clear, row_id: UUID) -> None:
        if self._sees_all_entries:
            self._wrong(sealed, row_id, RecordFault.NEVER_RECORDED)
        else:
            self._found.not_covered += 1

    def _wrong(self, sealed: SealedColumn | _Clear, row_id: UUID, kind: RecordFault) -> None:
        self._found.faults.append(RecordWrong(sealed.table, sealed.column, row_id, kind))

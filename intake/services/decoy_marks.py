"""Whether a case is a decoy: asked of keyed hashes, so that no row of the database says which is one."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from intake.casework.looked import Decoy
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused
from intake.queries.decoys import marks_of
from intake.vocabulary import RequestState

_STANDS: Final = datetime.max.replace(tzinfo=UTC)


class DecoyMarks:
    """Tells decoys from other cases, with a key of the ring that the database has not got."""

    def __init__(self, unit: Unit, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._key_ring = key_ring

    def macs(self, organisation_id: UUID, case_ids: Iterable[UUID]) -> dict[bytes, UUID]:
        """Return cases by what stands for each in a mark on it."""
        key = self._key_ring.derive("decoy", organisation_id.bytes)
        return {hmac.digest(key, each.bytes, hashlib.sha256): each for each in case_ids}

    def among(self, organisation_id: UUID, case_ids: Iterable[UUID]) -> Iterator[Decoy]:
        """Yield from when until when which of these cases were decoys of a service, and who marked them."""
        marks = marks_of(self._session, organisation_id)
        cases = self.macs(organisation_id, case_ids) if marks else {}
        for mark, asked in marks:
            if mark.case_mac not in cases or asked.state is not RequestState.APPROVED:
                continue
            if asked.decided_at is not None and asked.decided_by is not None:
                by = frozenset((asked.asked_by, asked.decided_by))
                yield Decoy(cases[mark.case_mac], asked.decided_at, mark.ended_at or _STANDS, by)

    def standing(self, organisation_id: UUID, case_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return which of these cases are decoys of a service now."""
        return frozenset(
            each.case_id for each in self.among(organisation_id, case_ids) if each.until == _STANDS
        )

    def refuse(self, organisation_id: UUID, case_id: UUID) -> None:
        """Raise `Refused` where a case is a decoy: nobody acts on a child who does not exist."""
        if self.standing(organisation_id, (case_id,)):
            raise Refused("", "decoy.no_such_child")

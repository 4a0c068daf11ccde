"""Proofs for somebody who has the public key and nothing else: docs/verifier/README.md describes the file."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.log_rows import EntryGone, LogRows
from intake.audit.note import Checkpoint, LogKey
from intake.audit.tree import Frontier, consistency_path, inclusion_path
from intake.errors import NotContinued, NotFound
from intake.models import METADATA

FORMAT = "pass-it-on proof/1"
_CHECKPOINTS = METADATA.tables["audit_checkpoint"]
_ENTRIES = METADATA.tables["audit_entry"]
_DISAGREES = "The trail is not what was signed, so nothing is proved. Look: intake audit verify"


class Proofs:
    """Makes proofs under the newest checkpoint, and only where the trail still agrees with it."""

    def __init__(self, session: Session, key: LogKey) -> None:
        self._session = session
        self._key = key

    def about(self, reference: str) -> list[tuple[UUID, int]]:
        """Return every entry that bears a reference, in any chain."""
        chains = select(METADATA.tables["audit_head"].c.organisation_id).scalar_subquery()
        found = select(_ENTRIES.c.organisation_id, _ENTRIES.c.seq).where(
            _ENTRIES.c.organisation_id.in_(chains), _ENTRIES.c.reference == reference
        )
        rows = self._session.execute(found.order_by(_ENTRIES.c.organisation_id, _ENTRIES.c.seq))
        return [(organisation_id, seq) for organisation_id, seq in rows]

    def prove(self, entries: Sequence[tuple[UUID, int]], since: int | None = None) -> dict[str, object]:
        """Return the proof that these entries are in the log; `since` adds that it only grew from then on.

        Raises `NotFound` for what no checkpoint covers, `NotContinued` if the trail is not as it was signed.
        """
        newest = self._signed(None)
        if since == newest.size:
            raise NotFound(
                f"The checkpoint of {since} entries is the newest: there is none later to compare."
            )
        rows = LogRows(self._session)
        try:
            leaves = [*rows.leaves(newest.size)]
        except EntryGone as gone:
            raise NotContinued(_DISAGREES) from gone
        _require_agreement(newest, leaves)
        proof: dict[str, object] = {"format": FORMAT, "checkpoint": newest.note}
        proof["entries"] = [self._entry(rows, leaves, *entry) for entry in entries]
        if since is not None:
            earlier = self._signed(since)
            before = _require_agreement(earlier, leaves[:since])
            path = [each.hex() for each in consistency_path(before, leaves[since:])]
            proof["earlier"] = {"checkpoint": earlier.note, "path": path}
        return proof

    def _entry(
        self, rows: LogRows, leaves: Sequence[bytes], organisation_id: UUID, seq: int
    ) -> dict[str, object]:
        index = rows.index(organisation_id, seq)
        if index is None or index >= len(leaves):
            raise NotFound(f"No checkpoint covers entry {seq} of chain {organisation_id}.")
        mac = self._session.scalars(
            select(_ENTRIES.c.mac).where(_ENTRIES.c.organisation_id == organisation_id, _ENTRIES.c.seq == seq)
        ).one()
        path = [each.hex() for each in inclusion_path(leaves, index)]
        return {"chain": str(organisation_id), "seq": seq, "mac": mac.hex(), "index": index, "path": path}

    def _signed(self, size: int | None) -> Checkpoint:
        notes = select(_CHECKPOINTS.c.signed).order_by(_CHECKPOINTS.c.size.desc()).limit(1)
        if size is not None:
            notes = notes.where(_CHECKPOINTS.c.size == size)
        note = self._session.scalar(notes)
        if note is None:
            which = "yet" if size is None else f"of {size} entries"
            raise NotFound(f"There is no checkpoint {which}.")
        signed = self._key.open(note)
        if signed is None:
            raise NotContinued(_DISAGREES)
        return signed


def _require_agreement(signed: Checkpoint, leaves: Sequence[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    if (signed.size, signed.root) != (frontier.size, frontier.root):
        raise NotContinued(_DISAGREES)
    return frontier

"""Whether every chain ends where its head says: what can be asked often, between checks from end to end."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from intake.audit.chain import chain_key, head_at
from intake.audit.crossings import Side
from intake.crypto.key_ring import KeyRing
from intake.models import METADATA
from intake.vocabulary import Tier

_ENTRIES = METADATA.tables["audit_entry"]
_HEADS = METADATA.tables["audit_head"]


@dataclass(frozen=True, slots=True)
class Ends:
    """How many chains there are, and how many of them do not end as their heads say."""

    chains: int
    broken: int


def look_at_ends(session: Session, key_ring: KeyRing, tier: Tier = Tier.COMBINED) -> Ends:
    """Look at the last entry and the sealed head of every chain here; a fault further back is not seen."""
    last = and_(_ENTRIES.c.organisation_id == _HEADS.c.organisation_id, _ENTRIES.c.seq == _HEADS.c.seq)
    rows = session.execute(
        select(_HEADS.c.organisation_id, _HEADS.c.seq, _HEADS.c.mac, _HEADS.c.seal, _ENTRIES.c.mac)
        .select_from(_HEADS)
        .outerjoin(_ENTRIES, last)
    ).all()
    here = Side(session, tier).chains(row[0] for row in rows)
    rows = [row for row in rows if row[0] in here]
    broken = 0
    for organisation_id, seq, mac, seal, entry_mac in rows:
        meant = head_at(chain_key(key_ring, organisation_id), organisation_id, seq, mac)
        broken += meant.seal != seal or (seq > 0 and entry_mac != mac)
    return Ends(len(rows), broken)

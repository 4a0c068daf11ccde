"""What the trail says of the records: what was sealed last, what was erased, and where referrals stand."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from intake.audit.chain import Written
from intake.audit.event import instant_text
from intake.audit.events.erasing import CaseErased
from intake.audit.events.passing import BreachFound, ReferralAccepted, ReferralHandedOver
from intake.audit.events.referrals import (
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDecided,
    ReferralReceived,
    ReferralSent,
    ReferralSubmitted,
)
from intake.audit.recorded import SEALED
from intake.vocabulary import ReferralState

_SEALING = f'"{SEALED}":'
_S = ReferralState
#: Where a referral may stand after the last of these that happened to it. What is not here moves nothing, or
#: nothing that its name tells: a first call alone turns what was not sent into what was told outside.
_MOVES: dict[str, frozenset[ReferralState]] = {
    ReferralSubmitted.NAME: frozenset({_S.NOT_SENT_BY_US, _S.TOLD_OUTSIDE}),
    ReferralSent.NAME: frozenset({_S.RECEIVED}),
    ReferralReceived.NAME: frozenset({_S.RECEIVED}),
    ReferralAcknowledged.NAME: frozenset({_S.ACKNOWLEDGED}),
    ReferralAccepted.NAME: frozenset({_S.ACKNOWLEDGED}),
    # Asking for more is a decision too, after which triage goes on; which it was is sealed.
    ReferralDecided.NAME: frozenset({_S.DECIDED, _S.ACKNOWLEDGED}),
    ReferralClosed.NAME: frozenset({_S.CLOSED}),
    ReferralHandedOver.NAME: frozenset({_S.PASSED_ON}),
    # What came of a wrong place depends on where it went next, and whether it was over.
    BreachFound.NAME: frozenset(ReferralState),
}


class Sealing(NamedTuple):
    """The last that was sealed at a place, by which chain; `ours` where a chain that is checked here says so.

    `tied` are the digests by which another chain says it was sealed at the same instant.
    """

    version: int
    at: str
    chain: str
    digest: bytes
    ours: bool
    tied: frozenset[bytes] = frozenset()

    def is_of(self, version: int, digest: bytes) -> bool:
        """Whether a document with this version and digest is the one."""
        return version == self.version and (digest == self.digest or digest in self.tied)


class Standing(NamedTuple):
    """Since when a referral stands in one of these states, by which chain.

    `tied` are those in which another chain leaves it at the same instant.
    """

    at: str
    chain: str
    states: frozenset[ReferralState]
    tied: frozenset[ReferralState] = frozenset()


class Attested:
    """Takes in entries, chain by chain in order of number, and keeps what the last ones say."""

    def __init__(self) -> None:
        #: By `table.column`, then by the id of the row.
        self.sealings: defaultdict[str, dict[str, Sealing]] = defaultdict(dict)
        self.standings: dict[str, Standing] = {}
        self.erasures: set[UUID] = set()
        #: How many documents those erasures emptied.
        self.emptied = 0
        self._chain = ""
        self._now = ""

    def take(self, entry: Written, *, ours: bool = True) -> None:
        """Take in the next entry of a chain."""
        if entry.chain != self._chain:
            self._chain, self._now = entry.chain, ""
        # Within a chain the number tells what is later, even where a clock was put back.
        self._now = max(self._now, entry.at)
        if _SEALING in entry.detail:
            self._seal(json.loads(entry.detail)[SEALED], entry.chain, self._now, ours=ours)
        if (states := _MOVES.get(entry.event)) is not None and entry.subject is not None:
            self._stand(entry.subject, Standing(self._now, entry.chain, states))
        if entry.event == CaseErased.NAME:
            said = json.loads(entry.detail)
            self.erasures.add(UUID(said["erasure_id"]))
            self.emptied += said["documents_emptied"]

    def take_crossing(self, detail: str, at: datetime) -> None:
        """Take in what is on its way into a chain that is checked elsewhere."""
        if _SEALING in detail:
            self._seal(json.loads(detail)[SEALED], "", instant_text(at), ours=False)

    def _seal(self, sealed: Iterable[tuple[Any, ...]], chain: str, at: str, *, ours: bool) -> None:
        for place, row_id, version, digest in sealed:
            here, new = self.sealings[place], Sealing(version, at, chain, bytes.fromhex(digest), ours)
            old = here.get(row_id)
            here[row_id] = new if old is None else _later(old, new)

    def _stand(self, referral_id: str, new: Standing) -> None:
        old = self.standings.get(referral_id)
        if old is not None and old.at == new.at:
            new = new._replace(tied=old.tied if old.chain == new.chain else old.tied | old.states)
        if old is None or old.at <= new.at:
            self.standings[referral_id] = new


def _later(old: Sealing, new: Sealing) -> Sealing:
    """Return what counts of two sealings: of two chains at one instant, either may be the last."""
    ours = old.ours or new.ours
    if (old.version, old.at) > (new.version, new.at):
        return old._replace(ours=ours)
    if (old.version, old.at) == (new.version, new.at):
        return new._replace(ours=ours, tied=old.tied if old.chain == new.chain else old.tied | {old.digest})
    return new._replace(ours=ours)

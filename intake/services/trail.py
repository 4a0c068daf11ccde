"""Reading the trail, following one referral through it, and proving it unaltered; each look is recorded."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from intake.audit.chain import Entry, chain_key, entry_mac
from intake.audit.check import Checked
from intake.audit.event import Event, Subject
from intake.audit.events import passing
from intake.audit.events.keeping import AuditVerified, AuditViewed
from intake.audit.events.referrals import ReferralReceived, ReferralSent
from intake.audit.log import JOINT, AuditLog
from intake.audit.trail import Trail
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import NotFound
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries.trail import (
    TrailEntry,
    TrailFilter,
    TrailPage,
    entries_about,
    entry_at,
    organisation_names,
    people_of,
    trail_of,
    trail_page,
)
from intake.services.staff import Staff
from intake.vocabulary import SubjectKind, Tier


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry with names in place of ids; `said` holds the event's own ids, codes, numbers and times."""

    seq: int
    at: datetime
    who: str
    event: str
    subject_kind: SubjectKind
    reference: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrailShown:
    """A page of the trail as it is shown."""

    happened: tuple[Happened, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class JointShown:
    """Where two organisations' trails meet: one sent, the other received; None where it is not found.

    `event` is what the first one did.
    """

    event: str
    sent_by: str
    sent_seq: int
    sent_at: datetime | None
    received_by: str
    received_seq: int | None
    received_at: datetime | None
    agrees: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything this organisation's trail says of one reference, oldest first, and its joints."""

    reference: str
    happened: tuple[Happened, ...]
    joints: tuple[JointShown, ...]


#: Which entry answers to which, and in whose chain: the field of the first that names the organisation.
_ANSWERED_BY: Final = {
    ReferralSent.NAME: ((ReferralReceived.NAME, "hub_id"),),
    passing.ReferralPassedOn.NAME: ((passing.ReferralOffered.NAME, "to_id"),),
    passing.ReferralAccepted.NAME: (
        (passing.ReferralLeft.NAME, "from_id"),
        (passing.GrantEnded.NAME, "from_id"),
    ),
    passing.ReferralDeclined.NAME: ((passing.ReferralCameBack.NAME, "from_id"),),
    passing.ReferralKept.NAME: ((passing.OfferWithdrawn.NAME, "to_id"),),
    passing.BreachFound.NAME: ((passing.GrantEnded.NAME, "had_id"),),
}


class TrailReading:
    """Shows an organisation its own trail, and nobody else's."""

    def __init__(self, unit: Unit, key_ring: KeyRing, audit: AuditLog, staff: Staff) -> None:
        self._unit = unit
        self._session = unit.session
        self._key_ring = key_ring
        self._audit = audit
        self._staff = staff

    def show(self, actor: Actor, wanted: TrailFilter, below: int | None = None) -> TrailShown:
        """Return a page of the trail, newest first. Raises `NotPermitted`."""
        _require(actor, Permission.AUDIT_VIEW)
        page: TrailPage = trail_page(self._session, actor, wanted, below)
        self._record_look(actor, page.entries)
        return TrailShown(tuple(self._told(page.entries)), page.older)

    def people(self, actor: Actor) -> dict[UUID, str]:
        """Return the organisation's people by name, to choose whose entries to see. Raises `NotPermitted`."""
        _require(actor, Permission.AUDIT_VIEW)
        cards = self._staff.cards(people_of(self._session, actor.organisation_id))
        return dict(sorted(((each, card.name) for each, card in cards.items()), key=lambda pair: pair[1]))

    def follow(self, actor: Actor, reference: str) -> Followed:
        """Return what happened to one reference. Raises `NotPermitted`, `NotFound` where nothing did here."""
        _require(actor, Permission.AUDIT_VIEW)
        entries = trail_of(self._session, actor, reference)
        if not entries:
            raise NotFound
        self._record_look(actor, entries)
        joints = tuple(joint for entry in entries for joint in self._joints(entry))
        return Followed(reference, tuple(self._told(entries)), joints)

    def check(self, actor: Actor) -> Checked:
        """Check the organisation's chain from end to end. Raises `NotPermitted`.

        It may take seconds, so it is done in a unit that only reads, and recorded in another.
        """
        _require(actor, Permission.AUDIT_VERIFY)
        return Trail(self._session, self._key_ring, self._audit.side.tier).check(actor.organisation_id)

    def record_check(self, actor: Actor, checked: Checked) -> None:
        """Record that the chain was checked, and what was found."""
        _require(actor, Permission.AUDIT_VERIFY)
        self._record(AuditVerified(entries=checked.entries, whole=checked.whole), actor)

    def name_of(self, organisation_id: UUID) -> str:
        """Return the name of the organisation in whose chain a fault was found."""
        return organisation_names(self._session, frozenset({organisation_id})).get(organisation_id, "")

    def _record_look(self, actor: Actor, entries: tuple[TrailEntry, ...]) -> None:
        numbers = [entry.seq for entry in entries] or [0]
        event = AuditViewed(entries=len(entries), newest_seq=max(numbers), oldest_seq=min(numbers))
        self._record(event, actor)
        self._unit.commit_record()

    def _record(self, event: Event, actor: Actor) -> None:
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)

    def _told(self, entries: Iterable[TrailEntry]) -> Iterator[Happened]:
        entries = tuple(entries)
        cards = self._staff.cards({entry.actor_id for entry in entries if entry.actor_id is not None})
        for entry in entries:
            yield Happened(
                seq=entry.seq,
                at=entry.at,
                who=cards[entry.actor_id].name if entry.actor_id else "",
                event=entry.event,
                subject_kind=SubjectKind(entry.subject_kind),
                reference=entry.reference or "",
                said=entry.said(),
            )

    def _joints(self, entry: TrailEntry) -> Iterator[JointShown]:
        said = entry.said()
        if JOINT in said and self._reads(UUID(said[JOINT]["chain"])):
            chain, seq = UUID(said[JOINT]["chain"]), said[JOINT]["seq"]
            yield self._joint(entry_at(self._session, chain, seq), chain, seq, entry, entry.organisation_id)
        for event, where in _ANSWERED_BY.get(entry.event, ()):
            if entry.subject_id is not None and where in said:
                there = UUID(said[where])
                answers = entries_about(self._session, there, entry.subject_id, event)
                answer = next((other for other in answers if _answers(other, entry)), None)
                yield self._joint(entry, entry.organisation_id, entry.seq, answer, there)

    def _reads(self, chain: UUID) -> bool:
        """Whether a chain can be read here: the schools' tier reads nothing that a hub did."""
        return self._audit.side.tier is not Tier.SCHOOL or self._audit.side.is_ours(chain)

    def _joint(
        self,
        sent: TrailEntry | None,
        sender_id: UUID,
        sent_seq: int,
        received: TrailEntry | None,
        receiver_id: UUID,
    ) -> JointShown:
        names = organisation_names(self._session, frozenset({sender_id, receiver_id}))
        agrees = sent is not None and received is not None and _answers(received, sent)
        return JointShown(
            event="" if sent is None else sent.event,
            sent_by=names.get(sender_id, ""),
            sent_seq=sent_seq,
            sent_at=None if sent is None else sent.at,
            received_by=names.get(receiver_id, ""),
            received_seq=None if received is None else received.seq,
            received_at=None if received is None else received.at,
            agrees=agrees and self._is_genuine(sent) and self._is_genuine(received),
        )

    def _is_genuine(self, entry: TrailEntry | None) -> bool:
        if entry is None:
            return False
        if not self._audit.side.is_ours(entry.organisation_id):
            # Its key is in the other tier, which checks it there; that the two say the same is seen here.
            return True
        key = chain_key(self._key_ring, entry.organisation_id)
        return hmac.compare_digest(entry.mac, entry_mac(key, Entry(**asdict(entry))))


def _require(actor: Actor, permission: Permission) -> None:
    require(actor, permission, Facts(organisation_id=actor.organisation_id))


def _answers(received: TrailEntry, sent: TrailEntry) -> bool:
    said = received.said().get(JOINT)
    return bool(said) and said == {
        "chain": str(sent.organisation_id),
        "seq": sent.seq,
        "mac": sent.mac.hex(),
    }

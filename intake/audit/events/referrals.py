"""Events of a referral: sent by the school, received, triaged and answered by the hub."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event
from intake.vocabulary import Answer, Colour, Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSubmitted(Event):
    """The school built a referral from these concerns and sent it off."""

    NAME: ClassVar[str] = "referral.submitted"
    concern_ids: tuple[UUID, ...]
    danger_now: Answer
    missing_now: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRouted(Event):
    """It was decided where a referral goes; the trace is kept in the routing record."""

    NAME: ClassVar[str] = "referral.routed"
    routing_record_id: UUID
    directory_version: Code
    authority: Code | None = None
    service: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSent(Event):
    """In the school's chain: the referral and its keys were given to the hub."""

    NAME: ClassVar[str] = "referral.sent"
    hub_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReceived(Event):
    """In the hub's chain, joined to the school's entry: the referral arrived."""

    NAME: ClassVar[str] = "referral.received"
    school_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCopied(Event):
    """In the school's chain: a hub that does not lead was given a copy and its keys, for information."""

    NAME: ClassVar[str] = "referral.copied"
    hub_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReceived(Event):
    """In that hub's chain, joined to the school's entry: the receipt of a copy for information."""

    NAME: ClassVar[str] = "referral.received_for_information"
    school_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralMovedOn(Event):
    """In the school's chain, where hubs are another tier, joined to the hub's entry: a referral has news."""

    NAME: ClassVar[str] = "referral.moved_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralsListed(Event):
    """A list of referrals was shown, by reference, state and times."""

    NAME: ClassVar[str] = "referrals.listed"
    referral_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOpened(Event):
    """Parts of a referral were opened."""

    NAME: ClassVar[str] = "referral.opened"
    compartments: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True)
class ReferralTaken(Event):
    """A duty worker took a referral from the queue."""

    NAME: ClassVar[str] = "referral.taken"


@dataclass(frozen=True, slots=True)
class ReferralHandedBack(Event):
    """A referral was put back in the queue."""

    NAME: ClassVar[str] = "referral.handed_back"


@dataclass(frozen=True, slots=True)
class ReferralAcknowledged(Event):
    """A duty worker told the sender that a person has it."""

    NAME: ClassVar[str] = "referral.acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralColoured(Event):
    """A referral was given its triage colour; the reason is sealed."""

    NAME: ClassVar[str] = "referral.coloured"
    colour_id: UUID
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDecided(Event):
    """A decision was recorded; what it was, and why, is sealed."""

    NAME: ClassVar[str] = "referral.decided"
    decision_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReleased(Event):
    """The hub let the school read something of its decision."""

    NAME: ClassVar[str] = "referral.released"
    release_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOpened(Event):
    """The school read what the hub released."""

    NAME: ClassVar[str] = "release.opened"
    release_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWritten(Event):
    """The hub wrote to the school outside a decision, or the school answered it."""

    NAME: ClassVar[str] = "message.written"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesOpened(Event):
    """Words between the hub and the school were opened."""

    NAME: ClassVar[str] = "message.opened"
    message_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ReferralClosed(Event):
    """A referral was closed."""

    NAME: ClassVar[str] = "referral.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecorded(Event):
    """A telephone call about a referral was recorded."""

    NAME: ClassVar[str] = "call.recorded"
    call_id: UUID

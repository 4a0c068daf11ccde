"""Events of a referral that is passed on, or was sent to the wrong place, joined from trail to trail."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event
from intake.vocabulary import BreachAct, Compartment, PassingWhy


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPassedOn(Event):
    """A service passed a referral on, to one here or somebody outside; it keeps it until they have it."""

    NAME: ClassVar[str] = "referral.passed_on"
    passing_id: UUID
    why: PassingWhy
    to_id: UUID | None = None
    service: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOffered(Event):
    """In the next service's chain, joined to the first one's entry: it may read the referral, and answers."""

    NAME: ClassVar[str] = "referral.offered"
    passing_id: UUID
    from_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAccepted(Event):
    """The next service accepted a referral: from now on it has it."""

    NAME: ClassVar[str] = "referral.accepted"
    passing_id: UUID
    from_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLeft(Event):
    """In the first service's and the school's chains, joined to the accepting entry: it is elsewhere now."""

    NAME: ClassVar[str] = "referral.left"
    passing_id: UUID
    to_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDeclined(Event):
    """The next service declined a referral; why is sealed."""

    NAME: ClassVar[str] = "referral.declined"
    passing_id: UUID
    from_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCameBack(Event):
    """In the first service's chain, joined to the declining entry: it still has the referral."""

    NAME: ClassVar[str] = "referral.came_back"
    passing_id: UUID
    to_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralKept(Event):
    """The first service keeps a referral after all; who was asked need not answer any more."""

    NAME: ClassVar[str] = "referral.kept"
    passing_id: UUID
    to_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(Event):
    """In the next service's chain, joined to the first one's entry: nobody waits for its answer any more."""

    NAME: ClassVar[str] = "offer.withdrawn"
    passing_id: UUID
    from_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralHandedOver(Event):
    """A service handed a referral over by telephone to somebody who does not receive here."""

    NAME: ClassVar[str] = "referral.handed_over"
    passing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOpened(Event):
    """A service that was offered a referral opened it, to answer."""

    NAME: ClassVar[str] = "offer.opened"
    passing_id: UUID
    compartments: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEnded(Event):
    """An organisation holds no key to these parts of a referral any more."""

    NAME: ClassVar[str] = "grant.ended"
    holder_id: UUID
    compartments: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachFound(Event):
    """A referral was found to have been sent to the wrong place; `had_id` is who had it."""

    NAME: ClassVar[str] = "breach.found"
    breach_id: UUID
    had_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachTold(Event):
    """In the other organisation's chain, joined to the entry of whoever found it: there is a breach."""

    NAME: ClassVar[str] = "breach.told"
    breach_id: UUID
    by_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachOpened(Event):
    """What was written down about a breach was read, with who had opened what."""

    NAME: ClassVar[str] = "breach.opened"
    breach_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAddedTo(Event):
    """Something was done, told or decided about a breach; the words are sealed."""

    NAME: ClassVar[str] = "breach.added_to"
    breach_id: UUID
    entry_id: UUID
    act: BreachAct

"""Which entries say that somebody saw something of a child's record: of which cases, and which parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from intake.audit.events.casework import MeetingOpened, NotesOpened
from intake.audit.events.concerns import ChildFileOpened, ConcernOpened, IdentityCardsListed, RollSearched
from intake.audit.events.erasing import HoldOpened
from intake.audit.events.keeping import (
    AuditViewed,
    DecoysShown,
    LookersShown,
    LookingCompared,
    LookingReported,
    PackMade,
)
from intake.audit.events.passing import BreachOpened, OfferOpened
from intake.audit.events.referrals import MessagesOpened, ReferralOpened, ReferralsListed, ReleaseOpened
from intake.audit.events.restrictions import GlassFound, GlassReasonOpened, RestrictionOpened
from intake.audit.events.searching import SearchRun, SearchShown
from intake.audit.events.second_person import SecondPersonOpened
from intake.audit.events.shift_codes import ShiftCodeReasonOpened
from intake.audit.events.withheld import AddressReasonsOpened, AddressWasShown
from intake.vocabulary import Compartment, SubjectKind

_A, _B, _C, _D = Compartment.REFERRAL, Compartment.HUB, Compartment.RESTRICTED, Compartment.IDENTITY

#: What shows children's names and nothing else of their records: its cases stand in `case_ids`.
LISTS: Final = frozenset({IdentityCardsListed.NAME, SearchShown.NAME, GlassFound.NAME})

#: Which parts each reading opens; None where the entry says it itself.
_PARTS: Final[Mapping[str, frozenset[Compartment] | None]] = MappingProxyType(
    {
        **dict.fromkeys(LISTS, frozenset({_D})),
        ReferralOpened.NAME: None,
        OfferOpened.NAME: None,
        NotesOpened.NAME: frozenset({_B}),
        MeetingOpened.NAME: frozenset({_B}),
        ReleaseOpened.NAME: frozenset({Compartment.RELEASE}),
        MessagesOpened.NAME: frozenset({Compartment.RELEASE}),
        BreachOpened.NAME: frozenset({Compartment.BREACH}),
        ConcernOpened.NAME: frozenset({Compartment.SCHOOL}),
        ChildFileOpened.NAME: frozenset({_D}),
        RestrictionOpened.NAME: frozenset({_C}),
        SecondPersonOpened.NAME: frozenset({Compartment.REQUEST}),
        HoldOpened.NAME: frozenset({Compartment.REQUEST}),
        AddressReasonsOpened.NAME: frozenset({Compartment.REQUEST}),
        AddressWasShown.NAME: frozenset({_D}),
    }
)
#: Every entry by which somebody saw something of a child's record.
SEEING: Final = frozenset(_PARTS)
#: Readings by which nobody saw any: cards that were only compared, references, the trail itself.
SEEING_NOTHING: Final = frozenset(
    {
        *(RollSearched.NAME, SearchRun.NAME, ReferralsListed.NAME, GlassReasonOpened.NAME),
        *(
            ShiftCodeReasonOpened.NAME,
            AuditViewed.NAME,
            DecoysShown.NAME,
            LookersShown.NAME,
            LookingCompared.NAME,
            LookingReported.NAME,
            PackMade.NAME,
        ),
    }
)
#: Everything that only looks.
READINGS: Final = SEEING | SEEING_NOTHING
_OF_A_CHILD: Final = frozenset({SubjectKind.CONCERN, SubjectKind.CHILD_FILE, SubjectKind.REFERRAL})


@dataclass(frozen=True, slots=True)
class Seen:
    """Of which cases something was seen, and which parts; `listed` where it was a name on a list."""

    case_ids: tuple[UUID, ...]
    parts: frozenset[Compartment]
    listed: bool


def seen_by(event: str, kind: str, subject_id: UUID | None, said: Mapping[str, Any]) -> Seen | None:
    """Return what an entry says was seen of children's records; None where it says nothing of the kind."""
    if event not in _PARTS:
        return None
    parts = _PARTS[event]
    if event in LISTS:
        return Seen(tuple(map(UUID, said["case_ids"])), parts or frozenset(), listed=True)
    if subject_id is None or kind not in _OF_A_CHILD:
        return None
    opened = frozenset(map(Compartment, said["compartments"])) if parts is None else parts
    return Seen((subject_id,), opened, listed=False)

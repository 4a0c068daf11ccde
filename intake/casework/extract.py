"""What goes into an extract of a case: lists by audience, field by field; what is not listed does not go."""

import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import (
    ConcernDetail,
    ConcernWords,
    FollowUp,
    HarmNoted,
    KeptReason,
    SignNoted,
)
from intake.casework.documents.meeting import (
    AgencyStatement,
    Invitation,
    Invitee,
    Minute,
    NotRecorded,
    PlanRow,
)
from intake.casework.documents.referral import (
    CallMade,
    CaseNote,
    ClosingReason,
    ColourReason,
    DecisionReason,
    Message,
    NamedStaff,
    ReferralAsSent,
    ReferredConcern,
    Release,
)
from intake.casework.timeline import Step, Timeline
from intake.errors import Refused
from intake.vocabulary import Audience, Decision, HeldBack


@dataclass(frozen=True, slots=True)
class ExtractAsked:
    """Whom an extract is for, and what goes in that is held back otherwise."""

    audience: Audience
    put_in: frozenset[HeldBack] = frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """Say precisely what is asked for, without a word."""
        return (self.audience, *(each for each in HeldBack if each in self.put_in))

    @property
    def left_out(self) -> tuple[HeldBack, ...]:
        """What is held back from it, whether or not there is any: that there is would say something."""
        return tuple(each for each in HeldBack if each not in self.put_in)


def extract_of(codes: Sequence[str]) -> ExtractAsked:
    """Return what was asked for by its codes."""
    audience, *put_in = codes
    return ExtractAsked(Audience(audience), frozenset(map(HeldBack, put_in)))


@dataclass(frozen=True, slots=True)
class ExtractDraft:
    """What is asked for, why, and for each thing that is held back otherwise why it must go in."""

    audience: Audience
    why: str
    put_in: Mapping[HeldBack, str]

    @property
    def asked(self) -> ExtractAsked:
        """What is asked for, without the reasons."""
        return ExtractAsked(self.audience, frozenset(self.put_in))

    def require_reasons(self) -> None:
        """Raise `Refused` where something that is held back is to go in and nobody says why."""
        for held, reason in self.put_in.items():
            if not reason.strip():
                raise Refused(f"why_{held}", "extract.reason_missing")


@dataclass(frozen=True, slots=True)
class Listed:
    """To whom a field goes; and as what it is held back from them, unless that was put in with a reason."""

    to: frozenset[Audience]
    held: HeldBack | None = None

    def goes(self, asked: ExtractAsked) -> bool:
        """Whether the field goes into this extract."""
        return asked.audience in self.to and (self.held is None or self.held in asked.put_in)


_EVERYBODY: Final = frozenset(Audience)
_WORK: Final = frozenset({Audience.COURT, Audience.SERVICE, Audience.SCHOOL})

_ALL = Listed(_EVERYBODY)
_WORKERS = Listed(_WORK)
_OTHERS = Listed(_EVERYBODY, HeldBack.OTHERS)
_OTHERS_FOR_WORKERS = Listed(_WORK, HeldBack.OTHERS)
_POLICE = Listed(_EVERYBODY, HeldBack.POLICE)
_ADDRESS = Listed(_EVERYBODY, HeldBack.ADDRESS)
_NOBODY = Listed(frozenset())

#: Every kind of document of which something may go, in a service and in a school, with each of its fields;
#: a test keeps it whole. Who told, who is named and what a worker noted of others is other people's; what
#: agencies say, places and what is done against whoever does harm are the police's; whatever leads to where
#: the child is, as the service that has a referral does, is an address.
FIELDS: Final[Mapping[type, Mapping[str, Listed]]] = MappingProxyType(
    {
        ChildCard: {
            "given_name": _ALL,
            "family_name": _ALL,
            "known_as": _ALL,
            "born_on": _ALL,
            "age_about": _ALL,
            "home_address": _ADDRESS,
            "home_postcode": _ADDRESS,
            "year_group": _ALL,
            "nhs_number": Listed(frozenset({Audience.FAMILY, Audience.SERVICE})),
            "upn": Listed(frozenset({Audience.FAMILY, Audience.SCHOOL})),
            "identifiers": _NOBODY,
            "address_withheld": _ADDRESS,
        },
        ReferralAsSent: {
            "concerns": _ALL,
            "where_now": _ADDRESS,
            "why_now": _WORKERS,
            "child_wishes": _ALL,
            "parents_told": _WORKERS,
            "not_told_reasons": Listed(_WORK, HeldBack.POLICE),
            "not_told_words": _OTHERS_FOR_WORKERS,
            "parents_view": _OTHERS,
            "safe_contact": _ADDRESS,
            "sender_name": _OTHERS,
            "sender_post": _OTHERS,
            "sender_phone": _OTHERS,
            "school_name": _OTHERS,
            "named_staff": _OTHERS,
        },
        ReferredConcern: {
            "reference": _ALL,
            "recorded_at": _ALL,
            "danger_now": _ALL,
            "missing_now": _ALL,
            "words": _ALL,
            "details": _ALL,
        },
        ConcernWords: {
            "child_name": _ALL,
            "happened": _ALL,
            "occurred_on": _ALL,
            "occurred_about": _ALL,
            "recorder_name": _OTHERS,
            "recorder_post": _OTHERS,
        },
        ConcernDetail: {
            "catalogue_version": _ALL,
            "signs": _ALL,
            "harms": _ALL,
            "follow_ups": _OTHERS,
            "locations": _POLICE,
            "done_so_far": _WORKERS,
            "lead_told_in_person": _WORKERS,
            "anything_else": _WORKERS,
        },
        SignNoted: {"code": _ALL, "answer": _ALL, "source": _OTHERS, "when": _ALL},
        HarmNoted: {"code": _ALL, "answer": _ALL},
        FollowUp: {"question": _OTHERS, "answer": _OTHERS},
        KeptReason: {
            "reason": _WORKERS,
            "doing_instead": _ALL,
            "feedback_to_reporter": _OTHERS_FOR_WORKERS,
        },
        Timeline: {"steps": _ALL},
        Step: {"at": _ALL, "taken": _ALL, "reference": _ALL, "service": _ADDRESS, "by": _OTHERS},
        NamedStaff: {"person_id": _NOBODY, "name": _OTHERS},
        CallMade: dict.fromkeys(("spoke_to", "number", "said", "answered"), _OTHERS_FOR_WORKERS),
        ColourReason: {"reason": _WORKERS},
        DecisionReason: {
            "decision": _WORKERS,
            "rationale": _WORKERS,
            "would_change_it": _WORKERS,
            "now_with": _OTHERS_FOR_WORKERS,
        },
        Release: {"to_school": _ALL, "advice": _WORKERS, "decided_by": _OTHERS},
        Message: {"text": _WORKERS, "written_by": _OTHERS_FOR_WORKERS},
        ClosingReason: {"reason": _WORKERS},
        CaseNote: {"text": _OTHERS_FOR_WORKERS, "written_by": _OTHERS_FOR_WORKERS},
        Invitation: {"place": _NOBODY, "purpose": _WORKERS, "invitees": _OTHERS_FOR_WORKERS},
        Invitee: dict.fromkeys(("name", "post", "agency", "attendance", "apologies"), _OTHERS_FOR_WORKERS),
        Minute: {
            "invitees": _OTHERS_FOR_WORKERS,
            "child_views": _ALL,
            "parents_views": _OTHERS,
            "statements": _POLICE,
            "risk": _WORKERS,
            "plan": _ALL,
            "direct_worker": _OTHERS,
            "support_for_parents": _OTHERS,
            "action_against_harm": _POLICE,
            "dissent": _OTHERS_FOR_WORKERS,
            "review_on": _ALL,
            "written_by": _OTHERS,
            "why_corrected": _WORKERS,
            "not_recorded": _WORKERS,
        },
        AgencyStatement: dict.fromkeys(("agency", "kind", "text"), _POLICE),
        PlanRow: {"action": _ALL, "owner": _OTHERS, "due_on": _ALL, "otherwise": _WORKERS},
        NotRecorded: {"slot": _WORKERS, "why": _WORKERS},
    }
)

#: Decisions whose words are about somebody else than the child, whatever the field.
_OF_OTHERS: Final[Mapping[Decision, HeldBack]] = MappingProxyType(
    {Decision.POLICE_ONLY: HeldBack.POLICE, Decision.ALLEGATION_AGAINST_STAFF: HeldBack.OTHERS}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What goes of one document: by field what it says, in the document's order; nothing empty is in it."""

    kind: type
    said: tuple[tuple[str, Any], ...]


def may_go(kind: type, asked: ExtractAsked) -> bool:
    """Whether anything of documents of this kind goes: what does not is not even opened."""
    return kind in FIELDS and any(listed.goes(asked) for listed in FIELDS[kind].values())


def passage(document: Any, asked: ExtractAsked) -> Passage:  # noqa: ANN401 - any document of a case
    """Return what goes of a document; of a kind that is not listed, nothing."""
    kind = type(document)
    held = _OF_OTHERS.get(document.decision) if kind is DecisionReason else None
    if kind not in FIELDS or (held is not None and held not in asked.put_in):
        return Passage(kind, ())
    return Passage(kind, tuple(_said(document, asked)))


def _said(document: Any, asked: ExtractAsked) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as above
    for field in dataclasses.fields(document):
        listed = FIELDS[type(document)].get(field.name, _NOBODY)
        value = _value(getattr(document, field.name), asked) if listed.goes(asked) else None
        if value is not None:
            yield field.name, value


def _value(value: Any, asked: ExtractAsked) -> Any:  # noqa: ANN401 - whatever a field holds
    """Return a field's value, documents within it as what goes of them; None where nothing is said."""
    if dataclasses.is_dataclass(value):
        inside = passage(value, asked)
        return inside if inside.said else None
    if isinstance(value, tuple):
        return tuple(each for item in value if (each := _value(item, asked)) is not None) or None
    return None if isinstance(value, str) and not value.strip() else value


def squeezed(text: str) -> str:
    """Return the characters of a text without the spaces between them.

    Printed, stored and copied, a text has its lines broken anew each time: that changes nothing of it.
    """
    return "".join(unicodedata.normalize("NFC", text).split())

"""A referral as its pages in the hub show it: codes put into words, signs under their headings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from flask_babel import gettext as _

from intake.calendars.local_time import to_local
from intake.casework.documents.referral import ReferredConcern
from intake.routing.record import decision_from_json
from intake.services.history import (
    Acknowledged,
    CallTold,
    Closed,
    ColourGiven,
    DecisionMade,
    FirstOpened,
    GlassBroken,
    Happening,
    MeetingChanged,
    MeetingSet,
    NoteKept,
    Received,
    SchoolToldOf,
    Written,
)
from intake.services.hub_reading import ReadReferral
from intake.services.workplace import Services
from intake.views.desk import opening
from intake.views.session import current_actor
from intake.vocabulary import Answer, SignAnswer
from intake.words.child import child_age, child_name
from intake.words.concern_detail import DetailTold, detail_told
from intake.words.harms import HARMS
from intake.words.home import home_council
from intake.words.receiving import what_arrived, what_was_considered

_PARTS: Final[Mapping[type[Happening], str]] = {
    Received: "received",
    FirstOpened: "first_opened",
    Acknowledged: "acknowledged",
    ColourGiven: "colour",
    DecisionMade: "decision",
    SchoolToldOf: "release",
    Written: "message",
    NoteKept: "note",
    CallTold: "call",
    MeetingSet: "meeting",
    MeetingChanged: "meeting_change",
    Closed: "closed",
    GlassBroken: "glass",
}


@dataclass(frozen=True, slots=True)
class ConcernShown:
    """One concern as it was sent, with what was added to it."""

    concern: ReferredConcern
    details: tuple[DetailTold, ...]


@dataclass(frozen=True, slots=True)
class EventShown:
    """One happening, and which part of the page shows it."""

    part: str
    happening: Happening


@dataclass(frozen=True, slots=True)
class HubPage:
    """Everything the page of a referral shows."""

    read: ReadReferral
    name: str
    age: str
    authority: str
    council: str
    harms_now: tuple[str, ...]
    not_known_now: str
    concerns: tuple[ConcernShown, ...]
    sentences: tuple[str, ...]
    considered: tuple[str, ...]
    history: tuple[EventShown, ...]


def opened_page(referral_id: UUID, *, stamped: bool = False) -> HubPage:
    """Open a referral, on the record, and put it into the words of its page.

    Only its own page, which shows all of it, is `stamped` as the reading that the other side is told of.
    """
    with opening() as services:
        read = services.hub_reading.read(current_actor(), referral_id, stamped=stamped)
        return hub_page(read, services)


def hub_page(read: ReadReferral, services: Services) -> HubPage:
    """Put an opened referral into the words of its page."""
    today = to_local(services.tools.clock.now()).date()
    code = read.header.authority_code
    decision = decision_from_json(json.loads(read.trace.decision_json)) if read.trace else None
    return HubPage(
        read=read,
        name=child_name(read.child),
        age=child_age(read.child, today),
        authority="" if code is None else services.directory.named(code).name,
        council=home_council(decision) if decision else "",
        harms_now=_harms_now(read),
        not_known_now=_not_known_now(read),
        concerns=tuple(_concern(concern) for concern in read.sent.concerns),
        sentences=what_arrived(decision) if decision else (),
        considered=what_was_considered(decision) if decision else (),
        history=tuple(EventShown(_PARTS[type(each)], each) for each in read.history),
    )


def _harms_now(read: ReadReferral) -> tuple[str, ...]:
    """Return what is happening to the child already, each once and worst first."""
    said = []
    if read.header.danger_now is Answer.YES:
        said.append(str(_("The child is in danger now")))
    if read.header.missing_now is Answer.YES:
        said.append(str(_("The child is missing now")))
    for concern in read.sent.concerns:
        for detail in concern.details:
            said += [str(HARMS[harm.code]) for harm in detail.harms if harm.answer is Answer.YES]
    return tuple(dict.fromkeys(said))


def _not_known_now(read: ReadReferral) -> str:
    """Return what the sender could not say of danger and missing, as something to find out."""
    unknown = (read.header.danger_now is Answer.NOT_KNOWN, read.header.missing_now is Answer.NOT_KNOWN)
    said = {
        (True, True): _("The sender does not know whether the child is in danger, or missing. Ring and ask."),
        (True, False): _("The sender does not know whether the child is in danger. Ring and ask."),
        (False, True): _("The sender does not know whether the child is missing. Ring and ask."),
    }
    return str(said.get(unknown, ""))


def _concern(concern: ReferredConcern) -> ConcernShown:
    return ConcernShown(concern, tuple(_seen_first(detail_told(detail)) for detail in concern.details))


def _seen_first(told: DetailTold) -> DetailTold:
    """Put the headings under which something was seen before those where nothing was."""
    seen = {group: any(sign.answer is SignAnswer.SEEN for sign in group.signs) for group in told.groups}
    return replace(told, groups=tuple(sorted(told.groups, key=lambda group: not seen[group])))

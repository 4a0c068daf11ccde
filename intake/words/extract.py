"""An extract as whoever gets it reads it: what goes of each document, as headings and lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from babel.dates import format_date
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import to_local
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, KeptReason
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
from intake.casework.extract import Passage
from intake.casework.signs import FollowUpQuestion, Harm, Sign, catalogue
from intake.casework.timeline import Timeline
from intake.vocabulary import Colour
from intake.words.spoken_times import time_of_day
from intake.words.vocabulary import label

_HEADINGS: Final[Mapping[type, LazyString]] = MappingProxyType(
    {
        ChildCard: _l("The child"),
        Timeline: _l("What was done, and when"),
        ReferredConcern: _l("A concern, as it was written down"),
        ConcernDetail: _l("More about a concern"),
        KeptReason: _l("Why a concern was kept in school"),
        ReferralAsSent: _l("The referral as it was sent"),
        CallMade: _l("A telephone call"),
        ColourReason: _l("How soon: the triage colour"),
        DecisionReason: _l("A decision"),
        Release: _l("What the sender was told"),
        Message: _l("A message between the service and the sender"),
        ClosingReason: _l("It was closed"),
        CaseNote: _l("A note"),
        Invitation: _l("A safety-plan meeting was arranged"),
        Minute: _l("Minutes of a safety-plan meeting"),
    }
)
#: What each line says, by the kind of document and its field.
LABELS: Final[Mapping[type, Mapping[str, LazyString]]] = MappingProxyType(
    {
        ChildCard: {
            "given_name": _l("Given name"),
            "family_name": _l("Family name"),
            "known_as": _l("Known as"),
            "born_on": _l("Born"),
            "age_about": _l("Age, about"),
            "home_address": _l("Address"),
            "home_postcode": _l("Postcode"),
            "year_group": _l("Year group"),
            "nhs_number": _l("NHS number"),
            "upn": _l("UPN"),
            "address_withheld": _l("Withheld, because somebody must not find out"),
        },
        ReferralAsSent: {
            "where_now": _l("Where the child is"),
            "why_now": _l("Why it was sent"),
            "child_wishes": _l("What the child wishes"),
            "parents_told": _l("Parents told of it"),
            "not_told_reasons": _l("Why they were not told"),
            "not_told_words": _l("More on why they were not told"),
            "parents_view": _l("The parents' view"),
            "safe_contact": _l("Safe contact"),
            "sender_name": _l("Sent by"),
            "sender_post": _l("Their post"),
            "sender_phone": _l("Their number"),
            "school_name": _l("School"),
        },
        ReferredConcern: {
            "reference": _l("Concern"),
            "recorded_at": _l("Written down"),
            "danger_now": _l("In danger then"),
            "missing_now": _l("Missing then"),
        },
        ConcernWords: {
            "child_name": _l("The child, as written"),
            "happened": _l("What was seen or heard"),
            "occurred_on": _l("Day"),
            "occurred_about": _l("Time"),
            "recorder_name": _l("Written down by"),
            "recorder_post": _l("Their post"),
        },
        ConcernDetail: {
            "catalogue_version": _l("Edition of the signs and questions"),
            "done_so_far": _l("Done so far"),
            "lead_told_in_person": _l("Safeguarding lead told in person"),
            "anything_else": _l("Anything else"),
        },
        KeptReason: {
            "reason": _l("Why"),
            "doing_instead": _l("Done instead"),
            "feedback_to_reporter": _l("Written to whoever told"),
        },
        NamedStaff: {"name": _l("Named member of staff")},
        CallMade: {
            "spoke_to": _l("To"),
            "number": _l("On"),
            "said": _l("What was said"),
            "answered": _l("Answered"),
        },
        ColourReason: {"reason": _l("Why")},
        DecisionReason: {
            "decision": _l("Decision"),
            "rationale": _l("Why"),
            "would_change_it": _l("What would change it"),
            "now_with": _l("Who has the case now"),
        },
        Release: {
            "to_school": _l("What was written"),
            "advice": _l("Advice"),
            "decided_by": _l("Decided by"),
        },
        Message: {"text": _l("What was written"), "written_by": _l("By")},
        ClosingReason: {"reason": _l("Why")},
        CaseNote: {"text": _l("Note"), "written_by": _l("By")},
        Invitation: {"purpose": _l("What for")},
        Invitee: {
            "name": _l("Invited"),
            "post": _l("Post"),
            "agency": _l("Agency"),
            "attendance": _l("Came"),
            "apologies": _l("Apologies"),
        },
        Minute: {
            "child_views": _l("The child's views"),
            "parents_views": _l("The parents' views"),
            "risk": _l("Risk"),
            "direct_worker": _l("Direct worker"),
            "support_for_parents": _l("Support for parents"),
            "action_against_harm": _l("Action against harm"),
            "dissent": _l("Dissent"),
            "review_on": _l("Reviewed on"),
            "written_by": _l("Written by"),
            "why_corrected": _l("Corrected, because"),
        },
        AgencyStatement: {"agency": _l("Agency"), "kind": _l("How far it is known"), "text": _l("Said")},
        PlanRow: {
            "action": _l("To do"),
            "owner": _l("By whom"),
            "due_on": _l("By when"),
            "otherwise": _l("Otherwise"),
        },
        NotRecorded: {"slot": _l("Left empty"), "why": _l("Why")},
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """What it is, and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What goes of one document."""

    heading: str
    when: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Every word of it, as it stands on the page from top to bottom."""
        return "\n".join((self.heading, self.when, *(f"{line.label}\n{line.text}" for line in self.lines)))


def section(passage: Passage, at: datetime, colour: Colour | None, reference: str = "") -> Section:
    """Put what goes of one document into words, with the reference of what it is of where one is given."""
    of = (Line(str(_("Reference")), reference),) if reference else ()
    chosen = () if colour is None else (Line(str(_("Colour")), str(label(colour))),)
    when = "" if passage.kind is Timeline else _said(at)
    return Section(str(_HEADINGS[passage.kind]), when, (*of, *chosen, *_lines(passage)))


def text_of(sections: Iterable[Section]) -> str:
    """Return the whole text of an extract."""
    return "\n".join(each.text for each in sections)


def _lines(passage: Passage) -> Iterator[Line]:
    if passage.kind is Timeline:
        yield from (_step(dict(each.said)) for __, steps in passage.said for each in steps)
        return
    if passage.kind is ConcernDetail:
        yield from _noted(dict(passage.said))
    for field, value in passage.said:
        inside = value if isinstance(value, tuple) else (value,)
        if field in LABELS[passage.kind]:
            yield Line(str(LABELS[passage.kind][field]), ", ".join(map(_said, inside)))
        elif passage.kind is not ConcernDetail:
            for each in inside:
                yield from _lines(each)


def _noted(said: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the harms, signs and answers of a concern, each under its own words in the catalogue."""
    signs = catalogue(said["catalogue_version"])
    named: dict[str, Callable[[str], Harm | Sign | FollowUpQuestion]] = {
        "harms": signs.harm,
        "signs": signs.sign,
        "follow_ups": signs.question,
    }
    for field, words in named.items():
        for each in said.get(field, ()):
            (__, code), *answers = each.said
            yield Line(words(code).label, ", ".join(_said(answer) for __, answer in answers))
    if "locations" in said:
        yield Line(str(_("Places")), ", ".join(signs.location(code).label for code in said["locations"]))


def _step(said: Mapping[str, Any]) -> Line:
    """Return one thing that was done, under when it was."""
    done = [f"{label(said['taken'])}: {said['reference']}"]
    if "service" in said:
        done.append(said["service"])
    if "by" in said:
        done.append(str(_("by %(name)s", name=said["by"])))
    return Line(_said(said["at"]), ", ".join(done))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, datetime):
        wall = to_local(value)
        return str(_("%(time)s on %(day)s", time=time_of_day(wall.time()), day=_day(wall.date())))
    if isinstance(value, date):
        return _day(value)
    return str(label(value)) if isinstance(value, StrEnum) else str(value)


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=get_locale() or "en_GB")

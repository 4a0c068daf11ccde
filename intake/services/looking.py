"""The report of which looks are worth asking about, gathered from the trail of one organisation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.keeping import LookingReported
from intake.audit.events.people import AccessDenied
from intake.audit.events.referrals import ReferralClosed
from intake.audit.events.restrictions import TieDeclared
from intake.audit.events.searching import SearchRun, SearchShown
from intake.audit.looks import LISTS, READINGS, SEEING, seen_by
from intake.casework.looked import Act, Answer, Look, Refusal, Search, Tie
from intake.casework.looking import CAME_BACK_WITHIN, Finding, Looking, to_compare, worth_asking
from intake.clock import Clock
from intake.db import Unit
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries.looks import (
    Period,
    acts_about,
    closed_to,
    entries_of,
    managers_of,
    references_of,
    ties_to,
)
from intake.queries.rota import rota_of
from intake.queries.trail import TrailEntry
from intake.routing.directory import Directory
from intake.services.decoy_marks import DecoyMarks
from intake.services.opening import Opening
from intake.services.own_names import Compared, OwnNames
from intake.services.staff import Staff
from intake.vocabulary import AskWhy, OpenState, SubjectKind

_KINDS: Final = (SEEING - LISTS) | {SearchRun.NAME, SearchShown.NAME, AccessDenied.NAME}
#: Neither is work on a case: to be refused, and to say that one has a tie to it.
_NO_TASK: Final = READINGS | {AccessDenied.NAME, TieDeclared.NAME}


@dataclass(frozen=True, slots=True)
class Asking:
    """One reason to ask: whom, when, of which record (empty where it is of many), and of how many things."""

    why: AskWhy
    who: str
    at: datetime
    references: tuple[str, ...]
    many: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What is worth asking about of a time, in how many readings; whether the service's hours are known."""

    organisation: str
    period: Period
    readings: int
    asking: tuple[Asking, ...]
    hours_known: bool
    compared: Compared
    rota_kept: bool

    @property
    def of_homes(self) -> bool:
        """Whether somebody is asked because of where they live, which says where a child does."""
        return any(each.why is AskWhy.OWN_POSTCODE for each in self.asking)

    @property
    def of_decoys(self) -> bool:
        """Whether it says of a case that it is a decoy, which finds nobody any more once it is known."""
        return any(each.why is AskWhy.DECOY for each in self.asking)

    @property
    def last_day(self) -> datetime:
        """An instant of the last day it goes through."""
        return self.period.ends - timedelta(microseconds=1)


@dataclass(slots=True)
class _Gathered:
    """What the entries of a time say, sorted by what it is."""

    looks: list[Look] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def take(self, entry: TrailEntry, closed: frozenset[UUID]) -> None:
        """Sort in one entry, but for cases that are closed to the reader."""
        said, person_id = entry.said(), entry.actor_id
        if person_id is None:
            return
        if entry.event == SearchRun.NAME:
            self.searches.append(Search(entry.at, person_id, said["terms_mac"]))
        elif entry.event == SearchShown.NAME:
            shown = frozenset(map(UUID, said["case_ids"])) - closed
            about = entry.subject_id if entry.subject_kind == SubjectKind.REFERRAL else None
            self.answers.append(Answer(entry.at, person_id, shown, about))
        elif entry.event == AccessDenied.NAME:
            asked = _asked_for(said)
            if asked and asked not in set(map(str, closed)):
                self.refusals.append(Refusal(entry.at, person_id, asked))
        elif seen := seen_by(entry.event, entry.subject_kind, entry.subject_id, said):
            self.looks += [Look(entry.at, person_id, each) for each in seen.case_ids if each not in closed]


class LookingReports:
    """Reports which looks are worth asking about; each report is in the trail before it is given."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        opening: Opening,
        staff: Staff,
        *,
        in_force: Callable[[], Directory],
        decoys: DecoyMarks,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._opening = opening
        self._own_names = OwnNames(unit, opening, staff)
        self._staff = staff
        self._in_force = in_force
        self._decoys = decoys

    def report(self, actor: Actor, period: Period) -> Reported:
        """Report on the actor's organisation, without the cases closed to them. Raises `NotPermitted`."""
        require(actor, Permission.AUDIT_VIEW, Facts(organisation_id=actor.organisation_id))
        return self._report(actor.organisation_id, period, actor, closed_to(self._session, actor))

    def report_whole(self, organisation_id: UUID, period: Period) -> Reported:
        """Report on an organisation with every case: for whoever is at the machine itself."""
        return self._report(organisation_id, period, None, frozenset())

    def _report(
        self, organisation_id: UUID, period: Period, actor: Actor | None, closed: frozenset[UUID]
    ) -> Reported:
        staffed = self._hours(organisation_id, period.begins)
        found = self._gather(organisation_id, period, closed, staffed)
        pairs = to_compare(found, period.begins, period.ends)
        compared = self._own_names.compare(organisation_id, actor, period, pairs)
        findings = worth_asking(replace(found, own=compared.own), period.begins, period.ends)
        event = LookingReported(begins_at=period.begins, ends_at=period.ends, findings=len(findings))
        subject = Subject(SubjectKind.ORGANISATION, organisation_id)
        self._opening.record_of(event, actor, organisation_id=organisation_id, subject=subject)
        return Reported(
            organisation=self._staff.organisation(organisation_id),
            period=period,
            readings=sum(period.begins <= look.at for look in found.looks),
            asking=self._told(organisation_id, findings),
            hours_known=staffed is not None,
            compared=compared,
            rota_kept=found.rota.is_kept,
        )

    def _gather(
        self,
        organisation_id: UUID,
        period: Period,
        closed: frozenset[UUID],
        staffed: Callable[[datetime], OpenState] | None,
    ) -> Looking:
        gathered = _Gathered()
        since = Period(period.begins - CAME_BACK_WITHIN, period.ends)
        for entry in entries_of(self._session, organisation_id, since, _KINDS):
            gathered.take(entry, closed)
        looked = {look.case_id for look in gathered.looks} | {
            case_id for answer in gathered.answers for case_id in answer.case_ids
        }
        ties = ties_to(self._session, organisation_id, looked | set(_ids(gathered.refusals)))
        return Looking(
            looks=gathered.looks,
            acts=tuple(_acts(acts_about(self._session, organisation_id, looked, _NO_TASK))),
            searches=gathered.searches,
            answers=gathered.answers,
            ties=tuple(Tie(row.since_at, row.person_id, row.case_id) for row in ties),
            refusals=gathered.refusals,
            decoys=tuple(self._decoys.among(organisation_id, looked)),
            managers=managers_of(self._session, organisation_id, period),
            until=self._clock.now(),
            staffed=staffed or _not_known,
            rota=rota_of(self._session, organisation_id, period),
        )

    def _hours(self, organisation_id: UUID, at: datetime) -> Callable[[datetime], OpenState] | None:
        """Return when the service is staffed; None for a school, and a service nobody has told us of."""
        slug = self._session.get_one(Organisation, organisation_id).service_slug
        service = self._in_force().services.get(slug or "")
        if service is None or service.hours.state_at(at) is OpenState.UNKNOWN:
            return None
        return service.hours.state_at

    def _told(self, organisation_id: UUID, findings: Iterable[Finding]) -> tuple[Asking, ...]:
        findings = tuple(findings)
        cards = self._staff.cards({finding.person_id for finding in findings})
        case_ids = {each.case_id for each in findings if each.case_id}
        known = references_of(self._session, organisation_id, case_ids)
        return tuple(
            Asking(
                why=finding.why,
                who=cards[finding.person_id].name,
                at=finding.at,
                references=() if finding.case_id is None else known.get(finding.case_id, ()),
                many=finding.many,
            )
            for finding in findings
        )


def _acts(entries: Iterable[TrailEntry]) -> Iterator[Act]:
    for entry in entries:
        if entry.actor_id is not None and entry.subject_id is not None:
            closes = entry.event == ReferralClosed.NAME
            yield Act(entry.at, entry.actor_id, entry.subject_id, closes)


def _asked_for(said: Mapping[str, Any]) -> str:
    """Return what somebody was refused that is not theirs; empty where their role never opens it."""
    return str(said.get("asked_id") or said.get("asked_reference", "")) if said["not_theirs"] else ""


def _ids(refusals: Iterable[Refusal]) -> Iterable[UUID]:
    for refusal in refusals:
        try:
            yield UUID(refusal.asked)
        except ValueError:
            continue


def _not_known(_at: datetime) -> OpenState:
    return OpenState.UNKNOWN

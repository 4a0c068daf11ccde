"""The breach pack: who saw what of children's records between two times, from the trail alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.keeping import PackMade
from intake.audit.log import BEHIND_GLASS, AuditLog, Recorded
from intake.audit.looks import SEEING, Seen, seen_by
from intake.casework.pack_asked import PackAsked, pack_of
from intake.db import Unit
from intake.errors import Refused
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries.looks import Period, closed_to, entries_of, references_of
from intake.services.approvals import Approvals
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import Compartment, RequestKind, SubjectKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which organisation, of which time, and of everybody or of one person."""

    organisation_id: UUID
    period: Period
    person_id: UUID | None = None


@dataclass(slots=True)
class _Tally:
    """What one person saw, or what was seen of one case: how often, which parts, and between when."""

    first: datetime
    last: datetime
    opened: int = 0
    parts: set[Compartment] = field(default_factory=set)
    others: set[UUID] = field(default_factory=set)
    listed: set[UUID] = field(default_factory=set)
    glass: bool = False

    def add(self, other: UUID, at: datetime, seen: Seen, *, glass: bool) -> None:
        """Count one seeing: of a case by this person, or of this case by a person."""
        self.last = at
        self.glass |= glass
        if seen.listed:
            self.listed.add(other)
        else:
            self.opened += 1
            self.others.add(other)
            self.parts.update(seen.parts)


@dataclass(slots=True)
class _Counted:
    """What was seen by each person, of each record that was opened, and which names stood on lists."""

    people: dict[UUID, _Tally] = field(default_factory=dict)
    opened: dict[UUID, _Tally] = field(default_factory=dict)
    listed: set[UUID] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)

    @property
    def cases(self) -> set[UUID]:
        """Every record of which anything was seen."""
        return self.listed | self.opened.keys()


@dataclass(frozen=True, slots=True)
class Saw:
    """One person: how often they opened something of how many records, and how many names they saw."""

    name: str
    opened: int
    records: int
    names: int
    parts: frozenset[Compartment]
    glass: bool
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SeenOf:
    """One record: who opened something of it, how often, and which parts.

    A child's file goes by the references of its concerns, and has none where it holds none.
    """

    references: tuple[str, ...]
    by: tuple[str, ...]
    opened: int
    parts: frozenset[Compartment]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Pack:
    """Who saw what; `number` is the entry of the trail that says that this pack was made."""

    organisation: str
    number: int
    period: Period
    about: str
    readings: int
    first_seq: int | None
    last_seq: int | None
    people: tuple[Saw, ...]
    opened: tuple[SeenOf, ...]
    only_listed: tuple[str, ...]
    listed_without_reference: int

    @property
    def records(self) -> int:
        """Of how many records anything was seen, if only a name."""
        return len(self.opened) + len(self.only_listed) + self.listed_without_reference


class Packs:
    """Makes breach packs; each is in the trail before it is given."""

    def __init__(
        self, unit: Unit, audit: AuditLog, staff: Staff, *, requests: Requests, approvals: Approvals
    ) -> None:
        self._requests = requests
        self._approvals = approvals
        self._unit = unit
        self._session = unit.session
        self._audit = audit
        self._staff = staff

    def ask(self, actor: Actor, asked: PackAsked, why: str) -> UUID:
        """Ask that a pack of the actor's organisation is made. Raises `NotPermitted`, `Refused` on `why`."""
        require(actor, Permission.AUDIT_VIEW, Facts(organisation_id=actor.organisation_id))
        return self._requests.ask_here(actor, RequestKind.PACK, asked.codes, why)

    def make(self, actor: Actor, request_id: UUID) -> Pack:
        """Make the pack the actor asked for and another approved, without the cases closed to the actor.

        That it was approved is used up in the commit of the entry that it was made. Raises `NotPermitted`,
        `NotFound`, and `Refused` where it was not approved, is too old, is for the machine, or was made.
        """
        require(actor, Permission.AUDIT_VIEW, Facts(organisation_id=actor.organisation_id))
        asked = pack_of(self._approvals.use_own(actor, RequestKind.PACK, request_id).codes)
        if asked.whole:
            raise Refused("", "pack.at_machine")
        wanted = Wanted(actor.organisation_id, Period(asked.begins, asked.ends), asked.person_id)
        return self._make(wanted, actor, closed_to(self._session, actor))

    def make_whole(self, wanted: Wanted) -> Pack:
        """Make the pack of an organisation with every case: at the machine, once two people there allowed it.

        Raises `Refused` where they have not.
        """
        period = wanted.period
        codes = PackAsked(period.begins, period.ends, wanted.person_id, whole=True).codes
        self._approvals.use_at_machine(RequestKind.PACK, codes, {wanted.organisation_id})
        return self._make(wanted, None, frozenset())

    def _make(self, wanted: Wanted, actor: Actor | None, closed: frozenset[UUID]) -> Pack:
        seen = self._count(wanted, closed)
        recorded = self._record(wanted, actor, len(seen.numbers), len(seen.cases))
        names = {each: card.name for each, card in self._staff.cards(seen.people).items()}
        known = references_of(self._session, wanted.organisation_id, seen.cases)
        only_listed = seen.listed - seen.opened.keys()
        people = sorted(_people(seen.people, names), key=lambda saw: (-saw.records, -saw.names, saw.name))
        opened = sorted(_opened(seen.opened, known, names), key=lambda each: (each.first, each.references))
        return Pack(
            organisation=self._staff.organisation(wanted.organisation_id),
            number=recorded.place.seq,
            period=wanted.period,
            about="" if wanted.person_id is None else self._staff.name(wanted.person_id),
            readings=len(seen.numbers),
            first_seq=min(seen.numbers, default=None),
            last_seq=max(seen.numbers, default=None),
            people=tuple(people),
            opened=tuple(opened),
            only_listed=tuple(sorted(", ".join(known[each]) for each in only_listed if each in known)),
            listed_without_reference=sum(each not in known for each in only_listed),
        )

    def _count(self, wanted: Wanted, closed: frozenset[UUID]) -> _Counted:
        counted = _Counted()
        of, period = wanted.organisation_id, wanted.period
        for entry in entries_of(self._session, of, period, SEEING, wanted.person_id):
            said = entry.said()
            seen = seen_by(entry.event, entry.subject_kind, entry.subject_id, said)
            shown = () if seen is None else [each for each in seen.case_ids if each not in closed]
            if seen is None or entry.actor_id is None or not shown:
                continue
            counted.numbers.append(entry.seq)
            who, at, glass = entry.actor_id, entry.at, BEHIND_GLASS in said
            for case_id in shown:
                counted.people.setdefault(who, _Tally(at, at)).add(case_id, at, seen, glass=glass)
                if seen.listed:
                    counted.listed.add(case_id)
                else:
                    counted.opened.setdefault(case_id, _Tally(at, at)).add(who, at, seen, glass=glass)
        return counted

    def _record(self, wanted: Wanted, actor: Actor | None, readings: int, cases: int) -> Recorded:
        period = wanted.period
        event = PackMade(
            begins_at=period.begins,
            ends_at=period.ends,
            readings=readings,
            cases=cases,
            person_id=wanted.person_id,
        )
        subject = Subject(SubjectKind.ORGANISATION, wanted.organisation_id)
        recorded = self._audit.record(
            event, actor=actor, organisation_id=wanted.organisation_id, subject=subject
        )
        self._unit.commit_record()
        return recorded


def _people(people: Mapping[UUID, _Tally], names: Mapping[UUID, str]) -> Iterator[Saw]:
    for person_id, tally in people.items():
        yield Saw(
            name=names[person_id],
            opened=tally.opened,
            records=len(tally.others),
            names=len(tally.listed),
            parts=frozenset(tally.parts),
            glass=tally.glass,
            first=tally.first,
            last=tally.last,
        )


def _opened(
    cases: Mapping[UUID, _Tally], known: Mapping[UUID, tuple[str, ...]], names: Mapping[UUID, str]
) -> Iterator[SeenOf]:
    for case_id, tally in cases.items():
        yield SeenOf(
            references=known.get(case_id, ()),
            by=tuple(sorted(names[each] for each in tally.others)),
            opened=tally.opened,
            parts=frozenset(tally.parts),
            first=tally.first,
            last=tally.last,
        )

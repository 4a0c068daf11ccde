"""Who looked at this child: every opening in the organisation's trail, and on whose lists the name stood."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Subject
from intake.audit.events.keeping import LookersShown
from intake.audit.events.withheld import AddressReasonsOpened, AddressWasShown
from intake.audit.log import AuditLog
from intake.audit.looks import LISTS, SEEING, seen_by
from intake.casework.documents.withheld import AddressReason
from intake.crypto.inventory import ADDRESS_REASON
from intake.db import Unit
from intake.models.withheld import AddressShown
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.looks import cases_of_child, closed_to, entries_naming, references_of
from intake.queries.trail import TrailEntry
from intake.services.concern_rows import file_for
from intake.services.hub_case import about, hub_referral
from intake.services.opening import Opened, Opening
from intake.services.staff import Staff
from intake.services.trail import Happened
from intake.vocabulary import SubjectKind

#: So many of the newest are shown one by one; the trail itself has the rest.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class OnLists:
    """Whoever saw the child's name on lists and search answers: on how many, and between when."""

    name: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Lookers:
    """Everybody who looked: each opening newest first, then names seen on lists."""

    references: tuple[str, ...]
    people: int
    openings: int
    opened: tuple[Happened, ...]
    on_lists: tuple[OnLists, ...]
    #: Why somebody had a withheld address shown, by the number of the entry.
    reasons: Mapping[int, str]


class LookersAt:
    """Tells who may ask who looked at a child; that they asked is in the trail."""

    def __init__(self, unit: Unit, audit: AuditLog, staff: Staff, opening: Opening) -> None:
        self._session = unit.session
        self._audit = audit
        self._staff = staff
        self._opening = opening

    def of_child(self, actor: Actor, child_file_id: UUID) -> Lookers:
        """Return who looked at a child's file and what is in it. Raises `NotPermitted`, `NotFound`."""
        row = file_for(self._session, actor, Permission.CHILD_LOOKERS, child_file_id)
        case_ids = cases_of_child(self._session, row.id) - closed_to(self._session, actor)
        return self._lookers(actor, Subject(SubjectKind.CHILD_FILE, row.id), case_ids)

    def of_referral(self, actor: Actor, referral_id: UUID) -> Lookers:
        """Return who looked at a referral in the service. Raises `NotPermitted`, `NotFound`."""
        referral = hub_referral(self._session, actor, Permission.REFERRAL_LOOKERS, referral_id)
        return self._lookers(actor, about(referral), frozenset({referral.id}))

    def _lookers(self, actor: Actor, subject: Subject, case_ids: frozenset[UUID]) -> Lookers:
        opened: list[TrailEntry] = []
        listed: list[TrailEntry] = []
        for entry in entries_naming(self._session, actor.organisation_id, case_ids, SEEING, LISTS):
            seen = seen_by(entry.event, entry.subject_kind, entry.subject_id, entry.said())
            if seen is not None and entry.actor_id is not None:
                (listed if seen.listed else opened).append(entry)
        event = LookersShown(readings=len(opened) + len(listed))
        shown = self._addresses_shown(opened)
        if shown:
            read = AddressReasonsOpened(address_shown_ids=tuple(row.id for row in shown.values()))
            self._audit.record(read, actor=actor, organisation_id=actor.organisation_id, subject=subject)
        way_in = self._opening.record(event, actor=actor, subject=subject)
        cards = self._staff.cards({entry.actor_id for entry in (*opened, *listed) if entry.actor_id})
        names = {person_id: card.name for person_id, card in cards.items()}
        known = references_of(self._session, actor.organisation_id, case_ids)
        return Lookers(
            references=tuple(sorted({one for references in known.values() for one in references})),
            people=len({entry.actor_id for entry in opened}),
            openings=len(opened),
            opened=tuple(_told(opened[: -MOST - 1 : -1], names)),
            on_lists=tuple(sorted(_on_lists(listed, names), key=lambda each: (-each.times, each.name))),
            reasons={seq: _reason(way_in, row) for seq, row in shown.items()},
        )

    def _addresses_shown(self, opened: Iterable[TrailEntry]) -> dict[int, AddressShown]:
        """Return, by the number of its entry, what was kept of each showing of a withheld address."""
        ids = {
            UUID(entry.said()["address_shown_id"]): entry.seq
            for entry in opened
            if entry.event == AddressWasShown.NAME
        }
        rows = self._session.scalars(select(AddressShown).where(AddressShown.id.in_(ids)))
        return {ids[row.id]: row for row in rows if row.reason_sealed}


def _reason(opened: Opened, row: AddressShown) -> str:
    place = ADDRESS_REASON.place(row_id=row.id, case_id=row.id)
    return opened.unseal(AddressReason, row.reason_sealed, place).reason


def _told(entries: Iterable[TrailEntry], names: dict[UUID, str]) -> Iterator[Happened]:
    for entry in entries:
        if entry.actor_id is not None:
            yield Happened(
                seq=entry.seq,
                at=entry.at,
                who=names[entry.actor_id],
                event=entry.event,
                subject_kind=SubjectKind(entry.subject_kind),
                reference=entry.reference or "",
                said=entry.said(),
            )


def _on_lists(entries: Iterable[TrailEntry], names: dict[UUID, str]) -> Iterator[OnLists]:
    times: dict[UUID, list[datetime]] = {}
    for entry in entries:
        if entry.actor_id is not None:
            times.setdefault(entry.actor_id, []).append(entry.at)
    for person_id, seen in times.items():
        yield OnLists(names[person_id], len(seen), seen[0], seen[-1])

"""The queue with the children's names: one entry in the trail lists the rows before any card is opened."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.concerns import IdentityCardsListed
from intake.casework.documents.child import ChildCard
from intake.casework.documents.person import StaffCard
from intake.clock import Clock
from intake.crypto.inventory import REFERRAL_CARD, STAFF_CARD
from intake.db import Unit
from intake.policy.actor import Actor
from intake.queries.queue import Counted, Place, QueueRow, find_by_reference, queue_counts, queue_page
from intake.services.crossings import Crossings
from intake.services.opening import Opened, Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment, QueueList, SubjectKind


@dataclass(frozen=True, slots=True)
class QueueCard:
    """One referral of the queue with the child's card and the name of whoever has it; no other words."""

    row: QueueRow
    child: ChildCard
    taken_by: str


@dataclass(frozen=True, slots=True)
class ShownQueue:
    """A page of the queue as it is shown."""

    which: QueueList
    cards: tuple[QueueCard, ...]
    counts: Mapping[QueueList, Counted]
    unfinished: int
    offered: int
    next: Place | None


class Queue:
    """Shows a service its referrals."""

    def __init__(
        self, unit: Unit, clock: Clock, opening: Opening, staff: Staff, *, crossings: Crossings
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._opening = opening
        self._staff = staff
        self._crossings = crossings

    def show(self, actor: Actor, which: QueueList, after: Place | None = None) -> ShownQueue:
        """Return a page of fifty referrals with the children's names. Raises `NotPermitted`."""
        self._crossings.take_in()
        now = self._clock.now()
        page = queue_page(self._session, actor, which, after, now=now)
        counts = queue_counts(self._session, actor, now=now)
        cards: tuple[QueueCard, ...] = ()
        if page.rows:
            opened = self._record(actor, page.rows)
            # Two kinds of card in one fetch of keys: the children's, and the colleagues' who have them.
            opened.load(
                (*(row.id for row in page.rows), actor.organisation_id),
                (Compartment.IDENTITY, Compartment.PEOPLE),
            )
            cards = tuple(_open(page.rows, opened, self._guests(actor, page.rows)))
        return ShownQueue(which, cards, counts.of, counts.unfinished, counts.offered, page.next)

    def find(self, actor: Actor, reference: str) -> UUID | None:
        """Return which of the service's referrals a reference names, or None. Raises `NotPermitted`."""
        return find_by_reference(self._session, actor, reference)

    def _guests(self, actor: Actor, rows: tuple[QueueRow, ...]) -> dict[UUID, str]:
        """Return the names of workers whose card another organisation holds the key of."""
        workers = (row.taken_by for row in rows)
        guests = {one.row_id for one in workers if one is not None and one.case_id != actor.organisation_id}
        return {person_id: card.name for person_id, card in self._staff.cards(guests).items()}

    def _record(self, actor: Actor, rows: tuple[QueueRow, ...]) -> Opened:
        event = IdentityCardsListed(case_ids=tuple(row.id for row in rows))
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        return self._opening.record(event, actor=actor, subject=subject)


def _open(rows: tuple[QueueRow, ...], opened: Opened, known: dict[UUID, str]) -> Iterator[QueueCard]:
    for row in rows:
        child = opened.unseal(ChildCard, row.child, REFERRAL_CARD.place(row_id=row.id, case_id=row.id))
        worker = row.taken_by
        if worker is not None and worker.row_id not in known:
            place = STAFF_CARD.place(row_id=worker.row_id, case_id=worker.case_id, version=worker.version)
            known[worker.row_id] = opened.unseal(StaffCard, worker.blob, place).name
        yield QueueCard(row, child, known[worker.row_id] if worker else "")

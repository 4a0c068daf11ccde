"""What a referral is built from: the concerns as they stand, the child's card, the people of the school."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Subject
from intake.audit.events.concerns import ChildFileOpened, ConcernOpened
from intake.audit.log import AuditLog
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords
from intake.casework.documents.person import StaffCard
from intake.casework.documents.referral import NamedStaff, ReferredConcern
from intake.casework.drafts import ReferralDraft
from intake.casework.objections import says_something
from intake.casework.withheld_home import has_marks
from intake.clock import Clock
from intake.crypto.inventory import CONCERN_DETAIL, CONCERN_WORDS
from intake.db import Unit
from intake.errors import NotFound
from intake.models.concern import ChildFile, Concern, ConcernAddition
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import may
from intake.queries import school
from intake.queries.concerns import ConcernCard, about_child
from intake.services.concern_reading import whole_card
from intake.services.concern_rows import concern_for, facts_of, subject_of
from intake.services.opening import Opened, Opening
from intake.services.staff import Staff
from intake.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Offered:
    """What a new referral offers for choosing: other concerns about the child, and colleagues."""

    others: tuple[ConcernCard, ...]
    colleagues: tuple[tuple[UUID, StaffCard], ...]
    sender: StaffCard


@dataclass(frozen=True, slots=True)
class Starting:
    """What a new referral begins with: the concern in full, and the child's card where there is a file."""

    concern: ReferredConcern
    child: ChildCard | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a referral says beside the sender's own answers."""

    concerns: tuple[ReferredConcern, ...]
    sender: StaffCard
    school_name: str
    named: tuple[NamedStaff, ...]
    child: ChildCard


class ReferralBuilding:
    """Opens what a referral is made of, on the record."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, opening: Opening, *, staff: Staff) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff

    def offer(self, actor: Actor, concern_id: UUID) -> Offered:
        """Return what may be chosen in a referral begun from a concern; opens nothing. Raises `NotFound`."""
        concern = concern_for(self._session, actor, Permission.REFERRAL_SUBMIT, concern_id)
        file_id = concern.child_file_id if self._leads(actor, concern) else None
        people = school.staff(self._session, actor.organisation_id, self._clock.now())
        cards = self._staff.cards({*people, actor.person_id})
        by_name = sorted(cards.items(), key=lambda colleague: colleague[1].name.casefold())
        return Offered(
            others=about_child(self._session, actor, file_id, but=concern.id) if file_id else (),
            colleagues=tuple(colleague for colleague in by_name if colleague[0] != actor.person_id),
            sender=cards[actor.person_id],
        )

    def start(self, actor: Actor, concern_id: UUID) -> Starting:
        """Read a concern in order to refer it. Raises `NotFound`."""
        concern = concern_for(self._session, actor, Permission.REFERRAL_SUBMIT, concern_id)
        child_file = self._file_of(actor, concern)
        opened, (read,) = self._open(actor, (concern,))
        if child_file is None:
            return Starting(read, None)
        card = whole_card(opened, child_file)
        home = card.withheld_home
        return Starting(read if home is None else home.shown(read), card.masked())

    def _leads(self, actor: Actor, concern: Concern) -> bool:
        return may(actor, Permission.CHILD_MATCH, facts_of(self._session, concern))

    def _file_of(self, actor: Actor, concern: Concern) -> ChildFile | None:
        """Return the child's file where the actor may read it, and note that it is about to be opened."""
        if concern.child_file_id is None or not self._leads(actor, concern):
            return None
        self._audit.record(
            ChildFileOpened(),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=Subject(SubjectKind.CHILD_FILE, concern.child_file_id),
        )
        return self._session.get_one(ChildFile, concern.child_file_id)

    def gather(self, actor: Actor, draft: ReferralDraft) -> Gathered:
        """Read the concerns that go into a referral, oldest first.

        Raises `NotFound` unless each of them may be sent and everybody named is a colleague.
        """
        concerns = [
            concern_for(self._session, actor, Permission.REFERRAL_SUBMIT, concern_id)
            for concern_id in dict.fromkeys(draft.concern_ids)
        ]
        named = self._named(actor, draft)
        sender = self._staff.card(actor.person_id)
        school_name = self._staff.organisation(actor.organisation_id)
        child_file = self._withheld_in(actor, concerns[0], draft.child)
        opened, gathered = self._open(actor, sorted(concerns, key=lambda concern: concern.recorded_at))
        child = draft.child if child_file is None else _with_home(draft.child, whole_card(opened, child_file))
        return Gathered(gathered, sender, school_name, named, child)

    def _withheld_in(self, actor: Actor, concern: Concern, card: ChildCard) -> ChildFile | None:
        """Return the child's file where the sender left it to that to say the home they never saw."""
        left = card.address_withheld and not says_something(card.home_address)
        return self._file_of(actor, concern) if left or has_marks(card) else None

    def _named(self, actor: Actor, draft: ReferralDraft) -> tuple[NamedStaff, ...]:
        named = dict.fromkeys(draft.named_staff_ids)
        if not named:
            return ()
        here = school.staff(self._session, actor.organisation_id, self._clock.now())
        if not named.keys() <= set(here):
            raise NotFound
        cards = self._staff.cards(named)
        return tuple(NamedStaff(person_id, cards[person_id].name) for person_id in named)

    def _open(self, actor: Actor, concerns: Sequence[Concern]) -> tuple[Opened, tuple[ReferredConcern, ...]]:
        rows = self._session.scalars(
            select(ConcernAddition)
            .where(ConcernAddition.concern_id.in_([concern.id for concern in concerns]))
            .order_by(ConcernAddition.added_at, ConcernAddition.id)
        ).all()
        additions = {
            concern.id: tuple(row for row in rows if row.concern_id == concern.id) for concern in concerns
        }
        *first, last = concerns
        for concern in first:
            self._audit.record(
                ConcernOpened(addition_ids=tuple(row.id for row in additions[concern.id])),
                actor=actor,
                organisation_id=actor.organisation_id,
                subject=subject_of(concern),
            )
        event = ConcernOpened(addition_ids=tuple(row.id for row in additions[last.id]))
        opened = self._opening.record(event, actor=actor, subject=subject_of(last))
        opened.load(concern.id for concern in concerns)
        return opened, tuple(_referred(opened, concern, additions[concern.id]) for concern in concerns)


def _with_home(card: ChildCard, on_file: ChildCard) -> ChildCard:
    """Return a card with the home that is withheld in the child's file, wherever it was left to that."""
    home = on_file.withheld_home
    if home is None:
        return card
    card = home.edited(card)
    if says_something(card.home_address) or not card.address_withheld:
        return card
    return replace(
        card, home_address=on_file.home_address, home_postcode=card.home_postcode or on_file.home_postcode
    )


def _referred(opened: Opened, concern: Concern, additions: Sequence[ConcernAddition]) -> ReferredConcern:
    place = CONCERN_WORDS.place(row_id=concern.id, case_id=concern.id)
    return ReferredConcern(
        reference=concern.reference,
        recorded_at=concern.recorded_at,
        danger_now=concern.danger_now,
        missing_now=concern.missing_now,
        words=opened.unseal(ConcernWords, concern.words_sealed, place),
        details=tuple(
            opened.unseal(
                ConcernDetail,
                row.detail_sealed,
                CONCERN_DETAIL.place(row_id=row.id, case_id=concern.id),
            )
            for row in additions
        ),
    )

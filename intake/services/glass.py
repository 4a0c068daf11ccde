"""Breaking the glass: past a restriction for an hour, on the record first, and reviewed."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.events.restrictions import (
    GlassBroken,
    GlassEnded,
    GlassFound,
    GlassReasonOpened,
    GlassReviewed,
)
from intake.audit.log import AuditLog
from intake.casework.documents.child import ChildCard
from intake.casework.documents.restriction import GlassReason, GlassReview
from intake.casework.drafts import GlassDraft, GlassReviewDraft
from intake.casework.spelling import one_slip, parts
from intake.clock import Clock
from intake.crypto import inventory
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.person import Person
from intake.models.referral import Referral
from intake.models.restriction import BrokenGlass, GlassCase
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role
from intake.policy.table import DUTY, MANAGERS
from intake.queries import glass as queries
from intake.queries.glass import GlassRow, Hidden
from intake.queries.restrictions import colleagues
from intake.services.case_facts import facts_about
from intake.services.keys import CaseKeys
from intake.services.opening import Opened, Opening
from intake.services.outbox import Outbox
from intake.services.staff import Staff
from intake.vocabulary import Compartment, GlassFinding, MailKind, SubjectKind

LASTS = timedelta(minutes=60)
#: With a slip in it, a name of so few letters is any name.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Broken:
    """Glass the actor broke and that is still open: what was found behind it, by id and reference."""

    until_at: datetime
    found: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class ToReview:
    """A breaking of glass on the list; nobody reviews their own, nor any while in by a code for one shift."""

    id: UUID
    by: str
    began_at: datetime
    until_at: datetime
    reviewed_at: datetime | None
    finding: GlassFinding | None
    may_review: bool


@dataclass(frozen=True, slots=True)
class UnderReview:
    """One breaking of glass with its reason, what was found, and what a colleague found about it."""

    id: UUID
    by: str
    began_at: datetime
    until_at: datetime
    reason: GlassReason
    #: Of what was found, what is open to the reader; how much else was found.
    references: tuple[str, ...]
    kept_from_reader: int
    finding: GlassFinding | None
    review: GlassReview | None
    reviewed_at: datetime | None


class BreakingGlass:
    """Lets duty people past restrictions, and has colleagues review that they did."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        staff: Staff,
        outbox: Outbox,
        key_ring: KeyRing,
        public_url: str,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._staff = staff
        self._outbox = outbox
        self._key_ring = key_ring
        self._public_url = public_url

    def open_now(self, actor: Actor) -> Broken | None:
        """Return the glass the actor broke and what is behind it, None where it is whole."""
        require_role(actor, Permission.GLASS_BREAK)
        if actor.glass is None:
            return None
        return Broken(actor.glass.until_at, queries.found_by(self._session, actor.glass.id))

    def break_glass(self, actor: Actor, draft: GlassDraft) -> None:
        """Open to the actor, for an hour, the restricted referrals that what they typed speaks of.

        That it was done, and why, is committed before a card is looked at, whether or not there is one. The
        second of two presses at once finds it broken, and breaks nothing more.
        """
        require_role(actor, Permission.GLASS_BREAK)
        if actor.glass is not None:
            raise Refused("", "glass.broken_already")
        self._session.get_one(Person, actor.person_id, with_for_update=True)
        if queries.open_of(self._session, actor, self._clock.now()):
            return
        hidden = queries.hidden(self._session, actor)
        row, opened = self._begin(actor, draft, len(hidden))
        opened.load((each.id for each in hidden), (Compartment.IDENTITY,))
        found = tuple(each for each in hidden if _speaks_of(draft.looked_for, each, opened))
        self._session.add_all(GlassCase(broken_glass_id=row.id, case_id=each.id) for each in found)
        self._session.flush()
        case_ids = tuple(each.id for each in found)
        self._record(GlassFound(glass_id=row.id, case_ids=case_ids), actor)
        for each in found:
            self._tell(self._session.get_one(Referral, each.id))

    def end(self, actor: Actor) -> None:
        """Close whatever glass is open before the hour is over; nothing where it is closed."""
        require_role(actor, Permission.GLASS_BREAK)
        now = self._clock.now()
        for row in queries.open_of(self._session, actor, now):
            row.until_at = now
            self._record(GlassEnded(glass_id=row.id), actor)

    def to_review(self, actor: Actor) -> tuple[ToReview, ...]:
        """Return every breaking of glass in the service, those to be reviewed first."""
        rows = queries.to_review(self._session, actor)
        names = self._staff.cards({row.person_id for row in rows})
        return tuple(
            ToReview(
                id=row.id,
                by=names[row.person_id].name,
                began_at=row.began_at,
                until_at=row.until_at,
                reviewed_at=row.reviewed_at,
                finding=row.finding,
                may_review=may(actor, Permission.GLASS_REVIEW, _facts(row, actor.organisation_id)),
            )
            for row in rows
        )

    def under_review(self, actor: Actor, glass_id: UUID) -> UnderReview:
        """Return one breaking of glass with its words.

        Raises `NotFound`, for one's own as well, and where what was found names the reader.
        """
        row = self._find(actor, glass_id)
        opened = self._opening.record(GlassReasonOpened(glass_id=row.id), actor=actor, subject=_here(actor))
        why = inventory.GLASS_REASON.place(row_id=row.id, case_id=row.id)
        found = inventory.GLASS_REVIEW.place(row_id=row.id, case_id=row.id)
        sealed = row.finding_sealed
        found_there = queries.found_by(self._session, row.id)
        open_here = queries.found_by(self._session, row.id, open_to=actor)
        return UnderReview(
            id=row.id,
            by=self._staff.name(row.person_id),
            began_at=row.began_at,
            until_at=row.until_at,
            reason=opened.unseal(GlassReason, row.reason_sealed, why),
            references=tuple(reference for _id, reference in open_here),
            kept_from_reader=len(found_there) - len(open_here),
            finding=row.finding,
            review=None if sealed is None else opened.unseal(GlassReview, sealed, found),
            reviewed_at=row.reviewed_at,
        )

    def review(self, actor: Actor, glass_id: UUID, draft: GlassReviewDraft) -> None:
        """Write down what was found: the review is closed. Raises `NotFound`, and `Refused` where it was."""
        row = self._find(actor, glass_id)
        if row.reviewed_at is not None:
            raise Refused("", "glass.reviewed_already")
        words = GlassReview(draft.words, self._staff.name(actor.person_id))
        place = inventory.GLASS_REVIEW.place(row_id=row.id, case_id=row.id)
        row.finding_sealed = self._keys.seal(words, place, holders=(row.organisation_id,))
        row.finding, row.reviewed_by, row.reviewed_at = draft.finding, actor.person_id, self._clock.now()
        self._record(GlassReviewed(glass_id=row.id, finding=draft.finding), actor)

    def _begin(self, actor: Actor, draft: GlassDraft, cards: int) -> tuple[BrokenGlass, Opened]:
        now, glass_id = self._clock.now(), new_id()
        words = GlassReason(draft.looked_for, draft.reason, self._staff.name(actor.person_id))
        place = inventory.GLASS_REASON.place(row_id=glass_id, case_id=glass_id)
        row = BrokenGlass(
            id=glass_id,
            organisation_id=actor.organisation_id,
            person_id=actor.person_id,
            began_at=now,
            until_at=now + LASTS,
            reason_sealed=self._keys.seal(words, place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
        key = self._key_ring.derive("glass-terms", actor.organisation_id.bytes)
        terms = hmac.digest(key, draft.looked_for.encode(), "sha256")[:16]
        event = GlassBroken(glass_id=glass_id, until_at=row.until_at, terms_mac=terms, cards=cards)
        return row, self._opening.record(event, actor=actor, subject=_here(actor))

    def _tell(self, referral: Referral) -> None:
        """Have a mail without words go to whoever has the referral, or to whoever stands in for them."""
        for person_id in self._led_by(referral):
            self._outbox.put(
                MailKind.GLASS_BROKEN,
                organisation_id=referral.hub_id or referral.school_id,
                person_id=person_id,
                reference=referral.reference,
                link=f"{self._public_url}/sign-in",
            )

    def _led_by(self, referral: Referral) -> tuple[UUID, ...]:
        """Return whoever has it and still works here; else the others it is restricted to; else managers."""
        if referral.hub_id is None:
            return ()
        hub_id, now = referral.hub_id, self._clock.now()
        facts = facts_about(self._session, referral.id, Facts(), seen_from=hub_id)
        here, managers = (
            frozenset(colleagues(self._session, hub_id, roles, now)) - facts.named
            for roles in (DUTY, MANAGERS)
        )
        if referral.taken_by in here:
            return (referral.taken_by,)
        return tuple(sorted((facts.only or frozenset()) & here or managers))

    def _find(self, actor: Actor, glass_id: UUID) -> BrokenGlass:
        row = self._session.get(BrokenGlass, glass_id)
        if row is None:
            require(actor, Permission.GLASS_REVIEW, Facts())
            raise NotFound
        if queries.speaks_of(self._session, actor, glass_id):
            raise NotFound
        facts = _facts(row, row.organisation_id)
        facts = facts_about(self._session, row.id, facts, seen_from=row.organisation_id)
        require(actor, Permission.GLASS_REVIEW, facts)
        return row

    def _record(self, event: Event, actor: Actor) -> None:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=_here(actor))


def _facts(row: BrokenGlass | GlassRow, hub_id: UUID) -> Facts:
    return Facts(hub_id=hub_id, recorded_by=row.person_id)


def _here(actor: Actor) -> Subject:
    """The entry is about the service: one about a case would tell its readers that there is one."""
    return Subject(SubjectKind.ORGANISATION, actor.organisation_id)


def _speaks_of(typed: str, hidden: Hidden, opened: Opened) -> bool:
    place = inventory.REFERRAL_CARD.place(row_id=hidden.id, case_id=hidden.id)
    card = opened.unseal(ChildCard, hidden.card_sealed, place)
    return typed.strip().upper() == hidden.reference or _is_named(typed, card)


def _is_named(typed: str, card: ChildCard) -> bool:
    """Tell whether every part of what was typed is, but for a slip, a part of the child's names."""
    wanted, names = tuple(parts(typed)), frozenset(parts(f"{card.full_name} {card.known_as}"))
    return bool(wanted) and all(any(_alike(part, name) for name in names) for part in wanted)


def _alike(part: str, name: str) -> bool:
    return part == name or (len(part) > _SHORT and one_slip(part, name))

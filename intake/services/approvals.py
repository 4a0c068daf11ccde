"""What two people allow to be done afterwards: once, within a day, and used up in the commit of the act."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Event, Subject
from intake.audit.events.second_person import SecondPersonNobody, SecondPersonUsed
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.models.organisation import Organisation
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Membership, Person
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.policy.permits import require_role, roles_that_may
from intake.policy.second_person import TWO_PEOPLE
from intake.queries.second_person import RequestCard, card_of
from intake.vocabulary import RequestKind, RequestState, SubjectKind

#: How long what was approved may be done: it is no standing leave.
USED_WITHIN: Final = timedelta(days=1)

_ASKED = SecondPersonRequest
_NOT_ALLOWED = (
    "Two people must allow this first ({act}). One of them asks for it in the program, in so many words, and "
    "another approves it on the page 'Second person'. It is then good for a day, once."
)


class Approvals:
    """Allows, and uses up, what is done after its approval and not with it."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit

    def allow(self, actor: Actor, card: RequestCard) -> None:
        """Have what was approved be good for a day from now: the act of kinds that are done afterwards."""
        del actor
        row = self._session.get_one(SecondPersonRequest, card.id)
        row.expires_at = self._clock.now() + USED_WITHIN
        self._session.flush()

    def use_own(self, actor: Actor, kind: RequestKind, request_id: UUID) -> RequestCard:
        """Use up what the actor asked for and another approved, and return what it was.

        Raises `NotFound` for what is not the actor's own, `Refused` where it was not approved in time or was
        used before.
        """
        require_role(actor, TWO_PEOPLE[kind].ask)
        row = self._session.get(SecondPersonRequest, request_id)
        mine = (actor.organisation_id, actor.person_id, kind)
        if row is None or (row.organisation_id, row.asked_by, row.kind) != mine:
            raise NotFound
        if not self._used_up(actor, _ASKED.id == request_id):
            raise Refused("", "second_person.not_usable")
        return card_of(row, self._clock.now())

    def use_at_machine(
        self, kind: RequestKind, codes: tuple[str, ...], organisations: Collection[UUID]
    ) -> bool:
        """Use up what two people of one of these organisations allowed to be done at the machine.

        Raises `Refused` where nobody has; False where none of them has two people who could be asked: then it
        is done all the same, and said so in the trail.
        """
        said = " ".join(codes)
        wanted = (_ASKED.kind == kind, _ASKED.codes == said, _ASKED.organisation_id.in_(organisations))
        if self._used_up(None, *wanted):
            return True
        if self._could_be_asked(kind, organisations):
            raise Refused("approval", _NOT_ALLOWED.format(act=" ".join((kind, *codes))))
        self._at_installation(SecondPersonNobody(request_kind=kind))
        return False

    def organisations(self) -> frozenset[UUID]:
        """Return every organisation whose trail is kept here: any of them may allow what concerns all."""
        return frozenset(self._audit.side.ours(set(self._session.scalars(select(Organisation.id)))))

    def _used_up(self, actor: Actor | None, *wanted: ColumnElement[bool]) -> bool:
        """Mark the oldest usable one as used: of two who do it at once, one finds it used."""
        now = self._clock.now()
        usable = (_ASKED.state == RequestState.APPROVED, _ASKED.used_at.is_(None), _ASKED.expires_at > now)
        found = select(_ASKED).where(*wanted, *usable).order_by(_ASKED.decided_at, _ASKED.id).limit(1)
        row = self._session.scalars(found).first()
        if row is None:
            return False
        take = update(_ASKED).where(_ASKED.id == row.id, _ASKED.used_at.is_(None)).values(used_at=now)
        taken = self._session.execute(take.returning(_ASKED.id)).first() is not None
        if taken:
            event = SecondPersonUsed(request_id=row.id, request_kind=row.kind)
            here = row.organisation_id
            subject = Subject(SubjectKind.ORGANISATION, here)
            self._audit.record(event, actor=actor, organisation_id=here, subject=subject)
            if row.kind is RequestKind.KEYS:
                self._at_installation(event)
        return taken

    def _at_installation(self, event: Event) -> None:
        self._audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)

    def _could_be_asked(self, kind: RequestKind, organisations: Collection[UUID]) -> bool:
        """Whether somebody of one organisation could ask for it, and somebody else there approve it."""
        asks, approves = (roles_that_may(each) for each in (TWO_PEOPLE[kind].ask, TWO_PEOPLE[kind].approve))
        now = self._clock.now()
        has_way_in = or_(
            Person.password_hash.is_not(None),
            Person.id.in_(select(Passkey.person_id)),
            Person.id.in_(select(LinkedIdentity.person_id)),
        )
        rows = self._session.execute(
            select(Membership.organisation_id, Membership.person_id, Membership.role)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.organisation_id.in_(organisations),
                Membership.role.in_(asks | approves),
                Membership.from_at <= now,
                or_(Membership.to_at.is_(None), Membership.to_at > now),
                Person.disabled_at.is_(None),
                has_way_in,
            )
        ).all()
        return any(
            one.organisation_id == other.organisation_id and one.person_id != other.person_id
            for one in rows
            if one.role in asks
            for other in rows
            if other.role in approves
        )

"""People: given an account, a role and a one-time link by an administrator of their own organisation."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import or_, select

from intake.audit.event import Event, Subject
from intake.audit.events.people import (
    MembershipEnded,
    PersonDisabled,
    PersonEnabled,
    PersonSignedOut,
)
from intake.audit.log import AuditLog
from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused, StaleVersion
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require, require_role
from intake.policy.table import DUTY
from intake.queries import people as queries
from intake.queries.people import PersonCard
from intake.queries.second_person import RequestCard
from intake.services.accounts import Accounts
from intake.services.known_devices import KnownDevices
from intake.services.one_time_links import Link, OneTimeLinks
from intake.services.second_person import Requests
from intake.services.sessions import Sessions
from intake.services.shift_codes import ShiftCodes
from intake.services.staff import Staff
from intake.vocabulary import ROLES_BY_TWO, RequestKind, Role, SessionEnd, SubjectKind


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as an administrator sees them: the card that colleagues know, and how the account stands."""

    card: StaffCard
    account: PersonCard
    is_self: bool


class People:
    """Manages the accounts and roles of one organisation's people; opens nothing about a child."""

    def __init__(  # noqa: PLR0913, PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        staff: Staff,
        accounts: Accounts,
        links: OneTimeLinks,
        sessions: Sessions,
        devices: KnownDevices,
        requests: Requests,
        shift_codes: ShiftCodes,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._staff = staff
        self._accounts = accounts
        self._links = links
        self._sessions = sessions
        self._devices = devices
        self._requests = requests
        self._shift_codes = shift_codes

    def listed(self, actor: Actor) -> tuple[Colleague, ...]:
        """Return the people of the actor's organisation, by name; those whose account is closed come last."""
        found = queries.everybody(self._session, actor, self._clock.now())
        people = self._named(actor, found)
        return tuple(sorted(people, key=lambda one: (_is_away(one.account), one.card.name.casefold())))

    def open(self, actor: Actor, person_id: UUID) -> Colleague:
        """Return one of them; raises `NotFound` where the person is not of the actor's organisation."""
        found = queries.one(self._session, actor, person_id, self._clock.now())
        if found is None:
            raise NotFound
        (colleague,) = self._named(actor, (found,))
        return colleague

    def known_of(self, person_id: UUID) -> tuple[str, ...]:
        """Return what a stranger could know of a person and try as their password."""
        card = self._staff.card(person_id)
        home = self._session.get_one(Person, person_id).organisation_id
        return card.name, card.email, self._staff.organisation(home)

    def add(self, actor: Actor, draft: PersonDraft, why: str) -> UUID:
        """Give somebody an account, and the roles that one administrator may give; ask for the others.

        Raises `Refused` on `email` where it is taken, on `roles`, and on `why` where two people are wanted.
        """
        organisation = self._own_organisation(actor)
        at_once = tuple(role for role in draft.roles if role.role not in ROLES_BY_TWO)
        person = self._accounts.add(organisation, replace(draft, roles=at_once), by=actor)
        for role in draft.roles:
            if role not in at_once:
                self._accounts.require_givable(person, organisation, role)
                self._ask_role(actor, person, role, why)
        return person.id

    def change(self, actor: Actor, person_id: UUID, card: StaffCard, *, version: int) -> None:
        """Put somebody's name, address, post or number right; raises `StaleVersion`."""
        person = self._account(actor, person_id)
        if person.card_version != version:
            raise StaleVersion
        self._accounts.change(person, card, by=actor)

    def make_link(self, actor: Actor, person_id: UUID) -> Link:
        """Make a one-time link for the first password of somebody who only reports."""
        person = self._open_account(actor, person_id)
        if self.link_takes_two(actor, person_id):
            raise Refused("", "second_person.needed")
        return self._links.make(person, by=actor)

    def link_takes_two(self, actor: Actor, person_id: UUID) -> bool:
        """Whether somebody has a way in already, or has or waits for a role that two give."""
        held = {each.role for each in self._held_anywhere(person_id)}
        return self.open(actor, person_id).account.has_way_in or held != {Role.REPORTER}

    def ask_link(self, actor: Actor, person_id: UUID, why: str) -> UUID:
        """Ask for a link where one administrator alone makes none."""
        person = self._open_account(actor, person_id)
        return self._requests.ask(actor, RequestKind.SIGN_IN_LINK, _subject(person), why)

    def link_approved(self, actor: Actor, request: RequestCard) -> Link:
        """Make the link that was asked for: whoever approved it hands it over."""
        return self._links.make(self._open_account(actor, request.subject_id), by=actor)

    def give(self, actor: Actor, person_id: UUID, draft: RoleDraft, why: str) -> None:
        """Give somebody a role, or ask a second administrator for it; a deputy's other turn is given at once.

        Nobody gives one to themselves. Raises `Refused` on `role`, and on `why` where two people are wanted.
        """
        person, organisation = self._colleague(actor, person_id), self._own_organisation(actor)
        held = [each for each in self._held(person_id, actor.organisation_id) if each.role is draft.role]
        other_turn = [each for each in held if each.ladder != draft.ladder]
        for each in other_turn:
            self._end(each, actor)
        if other_turn or draft.role not in ROLES_BY_TWO:
            self._accounts.give(person, organisation, draft, by=actor)
        else:
            self._accounts.require_givable(person, organisation, draft)
            self._ask_role(actor, person, draft, why)

    def role_approved(self, actor: Actor, request: RequestCard) -> Link | None:
        """Give the role that was asked for; to somebody who has no way in yet, with a link of the approver's.

        A link that whoever asked may have kept works no more.
        """
        role, ladder = request.codes
        person, organisation = self._colleague(actor, request.subject_id), self._own_organisation(actor)
        self._accounts.give(person, organisation, RoleDraft(Role(role), int(ladder)), by=actor)
        account = self.open(actor, person.id).account
        is_new = account.belongs_here and account.disabled_at is None and not account.has_way_in
        return self._links.make(person, by=actor) if is_new else None

    def end_role(self, actor: Actor, person_id: UUID, membership_id: UUID) -> None:
        """End somebody's role from now on; with the last one, their sessions end too."""
        require_role(actor, Permission.PEOPLE_MANAGE)
        membership = self._session.get(Membership, membership_id)
        if membership is None or membership.person_id != person_id:
            raise NotFound
        require(actor, Permission.PEOPLE_MANAGE, Facts(organisation_id=membership.organisation_id))
        person = self._colleague(actor, person_id)
        if membership.to_at is None:
            self._end(membership, actor)
            held = {each.role for each in self._held(person.id, actor.organisation_id)}
            if not held & DUTY:
                self._shift_codes.end(person.id, by=actor, organisation_id=actor.organisation_id)
            if not held:
                self._sessions.end_all(person.id, SessionEnd.REVOKED)

    def end_sessions(self, actor: Actor, person_id: UUID) -> None:
        """Sign somebody out everywhere, at once."""
        person = self._account(actor, person_id)
        ended = self._sessions.end_all(person.id, SessionEnd.REVOKED)
        self._devices.forget_all(person.id)
        self._record(PersonSignedOut(person_id=person.id, sessions_ended=ended), person, actor)

    def disable(self, actor: Actor, person_id: UUID) -> None:
        """Close somebody's account: they are signed out at once, and no link or device of theirs works."""
        person = self._account(actor, person_id)
        if person.disabled_at is not None:
            return
        person.disabled_at = self._clock.now()
        ended = self._sessions.end_all(person.id, SessionEnd.REVOKED)
        self._devices.forget_all(person.id)
        self._links.end_all(person.id)
        self._shift_codes.end(person.id, by=actor)
        self._record(PersonDisabled(person_id=person.id, sessions_ended=ended), person, actor)

    def enable(self, actor: Actor, person_id: UUID) -> None:
        """Open a closed account again, as it was; where it gives back a role of two people, it takes two."""
        person = self._account(actor, person_id)
        if person.disabled_at is None:
            return
        if any(held.role in ROLES_BY_TWO for held in self._held_anywhere(person.id)):
            raise Refused("", "second_person.needed")
        self._enable(person, actor)

    def ask_reopening(self, actor: Actor, person_id: UUID, why: str) -> UUID:
        """Ask for a closed account to be opened again."""
        person = self._account(actor, person_id)
        if person.disabled_at is None:
            raise Refused("", "person.not_closed")
        return self._requests.ask(actor, RequestKind.REOPENING, _subject(person), why)

    def reopening_approved(self, actor: Actor, request: RequestCard) -> None:
        """Open the account that was asked for."""
        person = self._account(actor, request.subject_id)
        if person.disabled_at is not None:
            self._enable(person, actor)

    def _enable(self, person: Person, actor: Actor) -> None:
        person.disabled_at = None
        self._record(PersonEnabled(person_id=person.id), person, actor)

    def _ask_role(self, actor: Actor, person: Person, draft: RoleDraft, why: str) -> None:
        codes = (draft.role.value, str(draft.ladder))
        self._requests.ask(actor, RequestKind.ROLE, _subject(person), why, codes=codes)

    def _open_account(self, actor: Actor, person_id: UUID) -> Person:
        person = self._account(actor, person_id)
        if person.disabled_at is not None:
            raise Refused("", "person.disabled")
        return person

    def _own_organisation(self, actor: Actor) -> Organisation:
        require(actor, Permission.PEOPLE_MANAGE, Facts(organisation_id=actor.organisation_id))
        return self._session.get_one(Organisation, actor.organisation_id)

    def _colleague(self, actor: Actor, person_id: UUID) -> Person:
        """Return somebody else who has, or had, a role here; raises `NotFound`, and `Refused` for oneself."""
        found = queries.one(self._session, actor, person_id, self._clock.now())
        if found is None:
            raise NotFound
        if person_id == actor.person_id:
            raise Refused("", "person.not_oneself")
        return self._session.get_one(Person, person_id, with_for_update=True)

    def _account(self, actor: Actor, person_id: UUID) -> Person:
        """Return somebody else whose account is this organisation's own."""
        person = self._colleague(actor, person_id)
        require(actor, Permission.PEOPLE_MANAGE, Facts(organisation_id=person.organisation_id))
        return person

    def _held(self, person_id: UUID, organisation_id: UUID) -> list[Membership]:
        return [each for each in self._held_anywhere(person_id) if each.organisation_id == organisation_id]

    def _held_anywhere(self, person_id: UUID) -> list[Membership]:
        still = or_(Membership.to_at.is_(None), Membership.to_at > self._clock.now())
        return list(self._session.scalars(select(Membership).where(Membership.person_id == person_id, still)))

    def _end(self, membership: Membership, actor: Actor) -> None:
        membership.to_at = self._clock.now()
        ended = MembershipEnded(
            membership_id=membership.id, person_id=membership.person_id, role=membership.role
        )
        self._audit.record(
            ended,
            actor=actor,
            organisation_id=membership.organisation_id,
            subject=Subject(SubjectKind.PERSON, membership.person_id),
        )

    def _named(self, actor: Actor, found: tuple[PersonCard, ...]) -> list[Colleague]:
        cards = self._staff.cards(account.id for account in found)
        return [
            Colleague(cards[account.id], account, is_self=account.id == actor.person_id) for account in found
        ]

    def _record(self, event: Event, person: Person, actor: Actor) -> None:
        self._audit.record(
            event,
            actor=actor,
            organisation_id=person.organisation_id,
            subject=_subject(person),
        )


def _subject(person: Person) -> Subject:
    return Subject(SubjectKind.PERSON, person.id)


def _is_away(account: PersonCard) -> bool:
    return account.disabled_at is not None or not account.roles

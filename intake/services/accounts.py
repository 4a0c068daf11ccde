"""Accounts: how one is made and filled, whoever asks for it, an administrator or an operator."""

from uuid import UUID

from sqlalchemy import or_, select

from intake.audit.event import Event, Subject
from intake.audit.events.people import MembershipGiven, OrganisationCreated, PersonAdded, PersonChanged
from intake.audit.log import AuditLog, Doer
from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.clock import Clock
from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused
from intake.ids import new_id
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.services.keys import CaseKeys
from intake.services.staff import card_binding
from intake.services.ways_in import WaysIn
from intake.vocabulary import HUB_ROLES, SCHOOL_ROLES, OrganisationKind, Role, SubjectKind


class Accounts:
    """Makes organisations, people and memberships, each with its entry in the organisation's trail."""

    def __init__(  # noqa: PLR0917 - every collaborator is a family of acts of its own
        self, unit: Unit, clock: Clock, key_ring: KeyRing, audit: AuditLog, keys: CaseKeys, ways: WaysIn
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._index = BlindIndex.of(SIGN_IN_EMAIL, key_ring)
        self._audit = audit
        self._keys = keys
        self._ways = ways

    def add_organisation(
        self,
        kind: OrganisationKind,
        name: str,
        *,
        authority_code: str,
        service_slug: str | None = None,
        phone: str | None = None,
    ) -> Organisation:
        """Add a school, or the hub that answers for a duty service of the directory.

        Raises `Refused` on `service_slug` where another organisation answers for that service already.
        """
        if kind not in self._audit.side.tier.kinds:
            raise Refused("kind", "organisation.other_tier")
        taken = select(Organisation.id).where(Organisation.service_slug == service_slug)
        if service_slug is not None and self._session.scalars(taken).first() is not None:
            raise Refused("service_slug", "organisation.service_taken")
        organisation = Organisation(
            id=new_id(),
            kind=kind,
            name=name,
            authority_code=authority_code,
            service_slug=service_slug,
            phone=phone,
            made_at=self._clock.now(),
        )
        self._session.add(organisation)
        self._session.flush()
        self._audit.record(
            OrganisationCreated(kind=kind),
            actor=None,
            organisation_id=organisation.id,
            subject=Subject(SubjectKind.ORGANISATION, organisation.id),
        )
        return organisation

    def add(
        self, organisation: Organisation, draft: PersonDraft, *, by: Doer | None, sample: bool = False
    ) -> Person:
        """Add a person with their roles; raises `Refused` on `email` or `roles`."""
        self._require_free(draft.card.email)
        person = Person(
            id=new_id(),
            organisation_id=organisation.id,
            sign_in_index=self._index.token(draft.card.email),
            card_version=1,
            sample=sample,
            made_at=self._clock.now(),
        )
        person.card_sealed = self._sealed(person, draft.card)
        self._session.add(person)
        self._session.flush()
        self._record(PersonAdded(person_id=person.id), person, by=by)
        for role in draft.roles:
            self.give(person, organisation, role, by=by)
        return person

    def give(self, person: Person, organisation: Organisation, draft: RoleDraft, *, by: Doer | None) -> UUID:
        """Give a person a role from now on; raises `Refused` where no such place has it, or they have it."""
        self.require_givable(person, organisation, draft)
        membership = Membership(
            id=new_id(),
            person_id=person.id,
            organisation_id=organisation.id,
            role=draft.role,
            ladder=draft.ladder,
            from_at=self._clock.now(),
        )
        self._session.add(membership)
        given = MembershipGiven(
            membership_id=membership.id, person_id=person.id, role=draft.role, ladder=draft.ladder
        )
        self._audit.record(
            given,
            actor=by,
            organisation_id=organisation.id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )
        return membership.id

    def require_givable(self, person: Person, organisation: Organisation, draft: RoleDraft) -> None:
        """Raise `Refused` where no such place has the role, or the person has it."""
        if not self._audit.side.is_ours(organisation.id):
            raise Refused("roles", "organisation.other_tier")
        if draft.role not in (SCHOOL_ROLES if organisation.kind is OrganisationKind.SCHOOL else HUB_ROLES):
            raise Refused("roles", "person.role_not_here")
        if self._has(person, organisation, draft.role):
            raise Refused("role", "person.role_held")

    def change(self, person: Person, card: StaffCard, *, by: Doer | None) -> None:
        """Put a person's card right; raises `Refused` on `email` where another signs in with that address.

        Another address is told to the old one as well: whoever reads the new one may not be them.
        """
        token = self._index.token(card.email)
        if token != person.sign_in_index:
            self._require_free(card.email)
            for address in ("", card.email):
                self._ways.tell(person, to=address)
            person.sign_in_index = token
        person.card_version += 1
        person.card_sealed = self._sealed(person, card)
        self._record(PersonChanged(person_id=person.id, card_version=person.card_version), person, by=by)

    def by_address(self, email: str) -> Person | None:
        """Return who signs in with an address, or None."""
        statement = select(Person).where(Person.sign_in_index == self._index.token(email))
        return self._session.scalars(statement).one_or_none()

    def _has(self, person: Person, organisation: Organisation, role: Role) -> bool:
        statement = select(Membership.id).where(
            Membership.person_id == person.id,
            Membership.organisation_id == organisation.id,
            Membership.role == role,
            or_(Membership.to_at.is_(None), Membership.to_at > self._clock.now()),
        )
        return self._session.scalars(statement).first() is not None

    def _require_free(self, email: str) -> None:
        if self.by_address(email) is not None:
            raise Refused("email", "person.email_taken")

    def _sealed(self, person: Person, card: StaffCard) -> bytes:
        return self._keys.seal(card, card_binding(person), holders=(person.organisation_id,))

    def _record(self, event: Event, person: Person, *, by: Doer | None) -> None:
        self._audit.record(
            event,
            actor=by,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )

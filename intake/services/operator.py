"""What whoever runs the machine does: found an organisation, and help people in when no administrator can."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.errors import NotFound, Refused
from intake.models.organisation import Organisation
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Membership, Person
from intake.services.workplace import Services
from intake.vocabulary import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation to be founded; a hub answers for a duty service of the directory."""

    kind: OrganisationKind
    name: str
    authority_code: str
    service_slug: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """The code of a one-time link, to hand to somebody."""

    person_id: UUID
    name: str
    email: str
    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as an operator sees them: which accounts there are, and never what their people wrote.

    `comes_in`: whether they have a password, a passkey or a provider's account to sign in with.
    """

    name: str
    email: str
    organisation: str
    roles: tuple[Role, ...]
    has_password: bool
    has_second_factor: bool
    comes_in: bool
    disabled_at: datetime | None


class Operator:
    """Acts without being anybody in an organisation; each act stands in the trail as the program's own."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._session = services.unit.session

    def found(self, draft: OrganisationDraft, administrators: tuple[StaffCard, ...]) -> tuple[Handed, ...]:
        """Found an organisation and return its administrators' links.

        Raises `Refused` where the directory has no such authority or service, or the name is taken.
        """
        self._require_known(draft)
        if self._named(draft.name) is not None:
            raise Refused("name", f"There is an organisation called {draft.name!r} already.")
        organisation = self._services.accounts.add_organisation(
            draft.kind,
            draft.name,
            authority_code=draft.authority_code,
            service_slug=draft.service_slug,
            phone=draft.phone,
        )
        roles = (RoleDraft(Role.ADMINISTRATOR),)
        return tuple(self.add(organisation, PersonDraft(card, roles)) for card in administrators)

    def organisation(self, named: str) -> Organisation:
        """Return the organisation of this name; raises `NotFound` with the names there are."""
        found = self._named(named)
        if found is None:
            names = "; ".join(self._session.scalars(select(Organisation.name).order_by(Organisation.name)))
            raise NotFound(f"There is no organisation called {named!r}. There is: {names or 'none yet'}.")
        return found

    def add(self, organisation: Organisation, draft: PersonDraft) -> Handed:
        """Give somebody an account and return their link; raises `Refused` on `email` or `roles`."""
        return self._link(self._services.accounts.add(organisation, draft, by=None))

    def join(self, email: str, organisation: Organisation, draft: RoleDraft) -> None:
        """Give somebody who has an account elsewhere a role in this organisation as well."""
        self._services.accounts.give(self.person(email), organisation, draft, by=None)

    def link(self, email: str) -> Handed:
        """Make a new link for somebody; what they had as a second factor stays."""
        return self._link(self.person(email))

    def forget_app(self, email: str) -> None:
        """Take a lost telephone and its recovery codes off an account; its owner sets up another."""
        self._services.second_factor.forget(self.person(email))

    def listed(self, organisation: Organisation | None) -> tuple[Listed, ...]:
        """Return everybody with an account, or those of one organisation."""
        statement = select(Person, Organisation.name).join(
            Organisation, Organisation.id == Person.organisation_id
        )
        if organisation is not None:
            statement = statement.where(Person.organisation_id == organisation.id)
        rows = self._session.execute(statement.order_by(Organisation.name, Person.made_at, Person.id)).all()
        roles = self._roles()
        with_passkey = set(self._session.scalars(select(Passkey.person_id)))
        without_password = with_passkey.union(self._session.scalars(select(LinkedIdentity.person_id)))
        cards = self._services.staff.cards(person.id for person, _ in rows)
        return tuple(
            Listed(
                name=cards[person.id].name,
                email=cards[person.id].email,
                organisation=name,
                roles=roles.get(person.id, ()),
                has_password=person.password_hash is not None,
                has_second_factor=person.seed_sealed is not None or person.id in with_passkey,
                comes_in=person.password_hash is not None or person.id in without_password,
                disabled_at=person.disabled_at,
            )
            for person, name in rows
        )

    def _roles(self) -> dict[UUID, tuple[Role, ...]]:
        now = self._services.tools.clock.now()
        live = (Membership.to_at.is_(None)) | (Membership.to_at > now)
        found: dict[UUID, tuple[Role, ...]] = {}
        for membership in self._session.scalars(select(Membership).where(live).order_by(Membership.from_at)):
            found[membership.person_id] = (*found.get(membership.person_id, ()), membership.role)
        return found

    def _named(self, name: str) -> Organisation | None:
        same = func.lower(Organisation.name) == name.strip().lower()
        return self._session.scalars(select(Organisation).where(same)).first()

    def person(self, email: str) -> Person:
        found = self._services.accounts.by_address(email)
        if found is None:
            raise NotFound(f"Nobody signs in as {email}.")
        return found

    def _link(self, person: Person) -> Handed:
        card = self._services.staff.card(person.id)
        link = self._services.links.make(person, by=None)
        return Handed(person.id, card.name, card.email, link.code, link.expires_at)

    def _require_known(self, draft: OrganisationDraft) -> None:
        directory = self._services.directory
        if draft.authority_code not in directory.authorities:
            known = ", ".join(f"{one.code} {one.name}" for one in directory.authorities.values())
            raise Refused("authority", f"The directory has no {draft.authority_code!r}. It has: {known}.")
        if draft.kind is OrganisationKind.SCHOOL and draft.service_slug is not None:
            raise Refused("service", "A school answers for no duty service: leave --service out.")
        if draft.kind is OrganisationKind.HUB:
            now = self._services.tools.clock.now()
            here = [service.slug for service in directory.duty_services(draft.authority_code, now)]
            if draft.service_slug not in here:
                raise Refused("service", f"Say which duty service this hub answers for: {', '.join(here)}.")

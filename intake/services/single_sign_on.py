"""Single sign-on: who of ours somebody is who has signed in elsewhere. An account is never made by it."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from intake.audit.event import Code, Event, Subject
from intake.audit.events.sign_in import IdentityLinked, IdentityUnlinked, IdentityUsed
from intake.audit.log import AuditLog, Doer
from intake.audit.log import Person as Somebody
from intake.clock import Clock
from intake.crypto.binding import join
from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.passkey import LinkedIdentity
from intake.models.person import Person
from intake.services.identity_provider import Identity, Provider
from intake.services.one_time_links import OneTimeLinks
from intake.services.sessions import Found
from intake.services.ways_in import WaysIn
from intake.vocabulary import SubjectKind

_PURPOSE = "linked-identity"


@dataclass(frozen=True, slots=True)
class LinkedCard:
    """An identity elsewhere as its owner sees it in a list: with whom, and since when."""

    id: UUID
    slug: str
    provider: str
    linked_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """Whose account an identity is linked to, and by which link."""

    person: Person
    identity_id: UUID


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An identity just proved, as much of it as a page may carry until its owner says that it is theirs."""

    provider: str
    mac: bytes = field(repr=False)


class SingleSignOn:
    """Links identities to accounts, and finds the account of an identity."""

    def __init__(  # noqa: PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        key_ring: KeyRing,
        audit: AuditLog,
        links: OneTimeLinks,
        ways: WaysIn,
        providers: Mapping[str, Provider],
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._index = BlindIndex.of(SIGN_IN_EMAIL, key_ring)
        self._audit = audit
        self._links = links
        self._ways = ways
        self._providers = providers

    def elsewhere(self, slug: str, identity: Identity) -> Elsewhere:
        """Return an identity as it is known here: a keyed hash of who says so and of whom."""
        said = join(identity.issuer.encode(), identity.subject.encode())
        return Elsewhere(slug, hmac.digest(self._key_ring.derive(_PURPOSE), said, hashlib.sha256))

    def find(self, elsewhere: Elsewhere) -> Known | None:
        """Return whose account an identity is linked to, or None."""
        row = self._session.scalars(
            select(LinkedIdentity).where(LinkedIdentity.identity_mac == elsewhere.mac)
        ).one_or_none()
        if row is None:
            return None
        return Known(self._session.get_one(Person, row.person_id), row.id)

    def listed(self, person_id: UUID) -> tuple[LinkedCard, ...]:
        """Return a person's identities elsewhere, the oldest first."""
        rows = self._session.scalars(
            select(LinkedIdentity)
            .where(LinkedIdentity.person_id == person_id)
            .order_by(LinkedIdentity.linked_at, LinkedIdentity.id)
        )
        return tuple(
            LinkedCard(row.id, row.provider, self._name(row.provider), row.linked_at, row.used_at)
            for row in rows
        )

    def link(self, found: Found, elsewhere: Elsewhere) -> None:
        """Link an identity to the account of somebody signed in; raises `Refused` where it is taken.

        Raises `SecondFactorNeeded` where this session may add none.
        """
        self._ways.require_change(found)
        self._keep(self._session.get_one(Person, found.person_id), elsewhere, actor=found, by_link=False)

    def link_invited(self, code: str, identity: Identity, elsewhere: Elsewhere) -> Known:
        """Link an identity by a one-time link, where the provider vouches for the address of the account.

        Raises `NotFound` for a link that was used or is too old, `Refused` for another address, or where the
        account has something to prove itself with: a link is for a password, and gets nobody past that.
        """
        person_id = self._links.find(code)
        if person_id is None:
            raise NotFound
        person = self._session.get_one(Person, person_id)
        said = identity.verified_email
        if not said or not hmac.compare_digest(self._index.token(said), person.sign_in_index):
            raise Refused("", "single_sign_on.other_address")
        if self._ways.has_any(person.id):
            raise Refused("", "single_sign_on.not_linked")
        self._links.use(code)
        return Known(person, self._keep(person, elsewhere, actor=Somebody(person.id), by_link=True))

    def unlink(self, found: Found, identity_id: UUID) -> None:
        """Unlink one of one's own identities; raises `NotFound` for anybody else's.

        Raises `Refused` where nothing else would be left to sign in with, `SecondFactorNeeded` where this
        session may take none away.
        """
        person = self._session.get_one(Person, found.person_id)
        if identity_id not in {card.id for card in self.listed(person.id)}:
            raise NotFound
        self._ways.require_change(found)
        self._ways.require_left(found, without=identity_id)
        self._session.execute(delete(LinkedIdentity).where(LinkedIdentity.id == identity_id))
        self._record(IdentityUnlinked(identity_id=identity_id), person, found)
        self._ways.tell(person)

    def record_use(self, known: Known, found: Found, *, second_factor: bool) -> None:
        """Put down that somebody came in this way, and with which session."""
        self._session.get_one(LinkedIdentity, known.identity_id).used_at = self._clock.now()
        event = IdentityUsed(
            session_id=found.session_id, identity_id=known.identity_id, second_factor=second_factor
        )
        self._record(event, known.person, found)

    def _keep(self, person: Person, elsewhere: Elsewhere, *, actor: Doer, by_link: bool) -> UUID:
        """Keep a new identity and return which; one that is theirs already stays as it is."""
        taken = self.find(elsewhere)
        if taken is not None and taken.person.id == person.id:
            return taken.identity_id
        if taken is not None:
            raise Refused("", "single_sign_on.taken")
        identity_id = new_id()
        self._session.add(
            LinkedIdentity(
                id=identity_id,
                person_id=person.id,
                provider=elsewhere.provider,
                identity_mac=elsewhere.mac,
                linked_at=self._clock.now(),
            )
        )
        self._session.flush()
        event = IdentityLinked(identity_id=identity_id, provider=Code(elsewhere.provider), by_link=by_link)
        self._record(event, person, actor)
        self._ways.tell(person)
        return identity_id

    def _name(self, slug: str) -> str:
        return self._providers[slug].terms.name if slug in self._providers else slug

    def _record(self, event: Event, person: Person, actor: Doer) -> None:
        self._audit.record(
            event,
            actor=actor,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )

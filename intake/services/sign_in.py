"""Signing in with an address and a password, and changing the password."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Event, Subject
from intake.audit.events.people import (
    PasswordChanged,
    PasswordReplaced,
    SignInFailed,
    SignInSucceeded,
    SignInThrottled,
)
from intake.audit.log import AuditLog, Doer
from intake.audit.log import Person as Somebody
from intake.clock import Clock
from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.models.person import Person
from intake.services.known_devices import KnownDevices
from intake.services.sessions import Found, Given, Sessions
from intake.services.throttle import Throttle, Try, Turn
from intake.services.ways_in import WaysIn
from intake.vocabulary import SessionEnd, SignInFailure, SubjectKind

_PASSWORD = "password"  # noqa: S105 - which secret is tried, not one
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody's try at signing in: from which address, and with which device's token if it has one."""

    email: str
    password: str = field(repr=False)
    source: str
    device: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """The password kept for an address; both are None where there is no account or no password."""

    person_id: UUID | None
    password_hash: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking the password found; `newer_hash` replaces one that was made at an old cost."""

    kept: Kept
    right: bool
    newer_hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that has begun or been renewed: its token, and the token of the device it was begun on."""

    token: str = field(repr=False)
    found: Found
    device: str = field(default="", repr=False)


class SignIn:
    """The steps of signing in; `Reception` takes them in order, each in a unit of its own."""

    def __init__(  # noqa: PLR0913, PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        key_ring: KeyRing,
        audit: AuditLog,
        sessions: Sessions,
        throttle: Throttle,
        devices: KnownDevices,
        ways: WaysIn,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._index = BlindIndex.of(SIGN_IN_EMAIL, key_ring)
        self._audit = audit
        self._sessions = sessions
        self._throttle = throttle
        self._devices = devices
        self._ways = ways

    def take_turn(self, attempt: Attempt) -> Turn:
        """Ask whether this try may be made now, and count it."""
        person = self._by_address(attempt.email)
        device = self._devices.recognise(_NOBODY if person is None else person.id, attempt.device)
        return self._throttle.take(Try(_PASSWORD, self._index.token(attempt.email), attempt.source, device))

    def take_turn_again(self, found: Found, source: str) -> Turn:
        """Ask whether somebody already signed in may try their password now, and count it."""
        session = found.session_id.bytes
        return self._throttle.take(Try(_PASSWORD, found.person_id.bytes, source, session))

    def kept(self, email: str) -> Kept:
        """Return the password kept for an address."""
        person = self._by_address(email)
        return Kept(None, None) if person is None else Kept(person.id, person.password_hash)

    def kept_of(self, person_id: UUID) -> Kept:
        """Return the password kept for a person."""
        return Kept(person_id, self._session.get_one(Person, person_id).password_hash)

    def settle(
        self, attempt: Attempt, turn: Turn, checked: Checked, *, instead_of: UUID | None = None
    ) -> Begun | SignInFailure:
        """Begin a session, or record that it was refused and return why.

        `instead_of` is the session this browser had until now: it ends.
        """
        person = self._by_address(attempt.email)
        failure = self._failure(person, checked)
        if failure is not None or person is None:
            failure = failure or SignInFailure.UNKNOWN
            person_id = None if person is None else person.id
            self.record_failure(failure, person_id, self._index.token(attempt.email), turn)
            return failure
        self._throttle.give_back(turn)
        if checked.newer_hash is not None:
            person.password_hash = checked.newer_hash
        return self._begin(person, attempt.device, instead_of=instead_of)

    def enter(
        self, person: Person, device: str, given: Given | None, *, instead_of: UUID | None
    ) -> Begun | SignInFailure:
        """Begin a session for somebody who needed no password, or return why they have none."""
        failure = self._closed(person)
        if failure is not None:
            self.record_failure(failure, person.id, person.sign_in_index)
            return failure
        return self._begin(person, device, given, instead_of=instead_of)

    def _begin(
        self, person: Person, device: str, given: Given | None = None, *, instead_of: UUID | None = None
    ) -> Begun:
        """Begin a session for somebody who has shown who they are, where there is one organisation, in it."""
        if instead_of is not None:
            self._sessions.end(instead_of, SessionEnd.SIGNED_OUT)
        known = self._devices.recognise(person.id, device) is not None
        places = tuple(self._sessions.memberships(person.id, self._clock.now()))
        here = places[0] if len(places) == 1 else None
        token = self._sessions.begin(person.id, organisation_id=here, given=given)
        found = self._sessions.find(token)
        assert found is not None  # noqa: S101 - begun one line above
        self._audit.record(
            SignInSucceeded(session_id=found.session_id, known_device=known),
            actor=found,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )
        return Begun(token, found, self._devices.remember(person.id, device))

    def first_password(self, person: Person, new_hash: str, device: str) -> Begun:
        """Keep the password somebody chose by a one-time link, and begin their session."""
        self._set_password(person, new_hash, by_link=True, actor=Somebody(person.id))
        return self._begin(person, device)

    def give_up_password(self, person: Person) -> None:
        """Take a password off for somebody who used the link for a new one to link single sign-on instead."""
        self._set_password(person, None, by_link=True, actor=Somebody(person.id))

    def change_password(self, found: Found, turn: Turn, checked: Checked, new_hash: str) -> Begun | None:
        """Keep a new password and end every other session, or return None where the old one was wrong."""
        person = self._session.get_one(Person, found.person_id)
        if not checked.right or person.password_hash != checked.kept.password_hash:
            self.record_failure(SignInFailure.WRONG_PASSWORD, person.id, person.sign_in_index, turn)
            return None
        self._throttle.give_back(turn)
        self._set_password(person, new_hash, by_link=False, actor=found)
        return self._renewed(found)

    def _set_password(self, person: Person, new_hash: str | None, *, by_link: bool, actor: Doer) -> None:
        """Keep a new password, or none: whoever used the old one is signed out, each device strange again."""
        person.password_hash = new_hash
        ended = self._sessions.end_all(person.id, SessionEnd.PASSWORD_CHANGED, but=actor.session_id)
        self._devices.forget_all(person.id)
        self._ways.tell(person)
        changed = PasswordChanged(by_link=by_link, sessions_ended=ended)
        self._audit.record(
            changed if new_hash else PasswordReplaced(sessions_ended=ended),
            actor=actor,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )

    def _renewed(self, found: Found) -> Begun:
        """Give a session a new token, on a device that is known from now on."""
        token = self._sessions.renew(found.session_id)
        again = self._sessions.find(token)
        assert again is not None  # noqa: S101 - renewed one line above
        return Begun(token, again, self._devices.remember(found.person_id, ""))

    def _by_address(self, email: str) -> Person | None:
        return self._session.scalars(
            select(Person).where(Person.sign_in_index == self._index.token(email))
        ).one_or_none()

    def _failure(self, person: Person | None, checked: Checked) -> SignInFailure | None:
        if person is None or checked.kept.person_id != person.id:
            return SignInFailure.UNKNOWN
        if not checked.right or person.password_hash != checked.kept.password_hash:
            return SignInFailure.WRONG_PASSWORD
        return self._closed(person)

    def _closed(self, person: Person) -> SignInFailure | None:
        if person.disabled_at is not None:
            return SignInFailure.DISABLED
        if not self._sessions.memberships(person.id, self._clock.now()):
            return SignInFailure.NO_ROLE
        return None

    def record_failure(
        self, why: SignInFailure, person_id: UUID | None, address_mac: bytes, turn: Turn | None = None
    ) -> None:
        """Record a refusal and the wait it brings on: never more entries than tries that were counted."""
        events: list[Event] = [SignInFailed(why=why, address_mac=address_mac)]
        if turn is not None and turn.next_wait_seconds:
            events.append(SignInThrottled(address_mac=address_mac, wait_seconds=turn.next_wait_seconds))
        person = None if person_id is None else self._session.get_one(Person, person_id)
        for event in events:
            self._audit.record(
                event,
                actor=None,
                organisation_id=PLATFORM if person is None else person.organisation_id,
                subject=INSTALLATION if person is None else Subject(SubjectKind.PERSON, person.id),
            )

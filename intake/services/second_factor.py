"""The second factor: a code from the authenticator app on a person's telephone."""

import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID

import pyotp
from sqlalchemy import CursorResult, delete, or_, update

from intake.audit.event import Event, Subject
from intake.audit.events.people import (
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorEnrolled,
    SecondFactorForgotten,
    SecondFactorProved,
    SignInFailed,
    SignInThrottled,
)
from intake.audit.events.shift_codes import ShiftCodeUsed
from intake.audit.log import AuditLog
from intake.casework.documents.person import SecondFactorSeed
from intake.clock import Clock
from intake.crypto.binding import join
from intake.crypto.inventory import SECOND_FACTOR_SEED
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Person
from intake.services.keys import CaseKeys
from intake.services.recovery_codes import HOW_MANY, FreshCodes, RecoveryCodes, TypedCode
from intake.services.sessions import Found, Given, Sessions
from intake.services.shift_codes import ShiftCodes
from intake.services.sign_in import Begun
from intake.services.throttle import Throttle, Try, Turn
from intake.services.ways_in import WaysIn
from intake.vocabulary import ProvedBy, SessionEnd, SignInFailure, SubjectKind

_CODE = "second-factor"
_OFFER = "second-factor-offer"
_STEPS_EITHER_SIDE = (0, -1, 1)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How a person stands with their second factor."""

    enrolled: bool
    codes_left: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A new secret for an app, carried by the page as `signed` until a code shows that the app has it."""

    secret: str = field(repr=False)
    signed: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a code: the session under a new token, or none; `wait_seconds` where it came too soon."""

    begun: Begun | None = None
    wait_seconds: int = 0
    failure: SignInFailure | None = None
    codes: tuple[str, ...] = field(default=(), repr=False)


class SecondFactor:
    """Sets up an app, takes its codes, each once, and takes recovery codes in their place."""

    def __init__(  # noqa: PLR0913, PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        key_ring: KeyRing,
        audit: AuditLog,
        keys: CaseKeys,
        sessions: Sessions,
        throttle: Throttle,
        ways: WaysIn,
        shift_codes: ShiftCodes,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._audit = audit
        self._keys = keys
        self._sessions = sessions
        self._throttle = throttle
        self._ways = ways
        self._shift_codes = shift_codes
        self._codes = RecoveryCodes(unit, clock, key_ring)

    def standing(self, person_id: UUID) -> Enrolment:
        """Return whether a person has set up an app, and how many recovery codes are left."""
        person = self._session.get_one(Person, person_id)
        return Enrolment(person.seed_sealed is not None, self._codes.left(person_id))

    def offer(self, found: Found, name: str, secret: str | None = None) -> Offer:
        """Return a new secret for this session, or the one it was offered, to be shown under `name`."""
        secret = secret or pyotp.random_base32()
        uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Pass It On")
        return Offer(secret, f"{secret}.{self._signature(found, secret)}", uri)

    def offered(self, found: Found, signed: str) -> str:
        """Return the secret a page of this session was given; raises `Refused` for any other."""
        secret, _, signature = signed.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(found, secret).encode()):
            raise Refused("", "second_factor.offer_unknown")
        return secret

    def enrol(self, found: Found, signed: str, code: str, fresh: FreshCodes) -> Proof:
        """Keep the offered secret once a code shows the app has it; gives the renewed session and the codes.

        Raises `Refused` on the field `code`, `SecondFactorNeeded` where this session may change nothing.
        """
        self._ways.require_change(found)
        person = self._session.get_one(Person, found.person_id)
        secret = self.offered(found, signed)
        step = self._step_of(secret, code, after=0)
        if step is None:
            raise Refused("code", "second_factor.wrong_code")
        person.seed_version += 1
        person.seed_sealed = self._keys.seal(
            SecondFactorSeed(secret),
            SECOND_FACTOR_SEED.place(
                row_id=person.id, case_id=person.organisation_id, version=person.seed_version
            ),
            holders=(person.organisation_id,),
        )
        person.last_code_step = step
        codes = self._codes.renew(person.id, fresh)
        self._record(SecondFactorEnrolled(recovery_codes=HOW_MANY), found)
        self._ways.tell(person)
        self._record(SecondFactorProved(session_id=found.session_id), found)
        return Proof(self._proved_by(found, ProvedBy.CODE), codes=codes)

    def take_turn(self, found: Found, source: str) -> Turn:
        """Count a try at a code before it is looked at."""
        return self._throttle.take(Try(_CODE, found.person_id.bytes, source))

    def prove(self, found: Found, code: str, *, source: str) -> Proof:
        """Take a code of the app; the session goes on if it is right and was not used before."""
        turn = self.take_turn(found, source)
        if not turn.granted:
            return Proof(wait_seconds=turn.wait_seconds)
        if not self._is_new_and_right(found.person_id, code):
            return self._failed(found, turn)
        self._record(SecondFactorProved(session_id=found.session_id), found)
        self._throttle.give_back(turn)
        return Proof(self._proved_by(found, ProvedBy.CODE))

    def recovery_salt(self, person_id: UUID) -> bytes:
        """Return what a recovery code of this person must be hashed with."""
        return self._codes.salt(person_id)

    def use_recovery_code(self, found: Found, typed: TypedCode, turn: Turn) -> Proof:
        """Take in place of the app's a recovery code, once; or a code for one shift, while it lasts."""
        if self._codes.spend(found.person_id, typed):
            left = self._codes.left(found.person_id)
            self._record(RecoveryCodeUsed(session_id=found.session_id, codes_left=left), found)
            given = Given(ProvedBy.RECOVERY_CODE, self._clock.now())
        elif (taken := self._shift_codes.take(found, typed.code)) is not None:
            event = ShiftCodeUsed(shift_code_id=taken.id, session_id=found.session_id)
            self._record(event, found, organisation_id=taken.organisation_id)
            given = Given(ProvedBy.SHIFT_CODE, self._clock.now(), taken.until_at)
        else:
            return self._failed(found, turn)
        self._throttle.give_back(turn)
        return Proof(self.proved(found, given))

    def renew_codes(self, found: Found, fresh: FreshCodes) -> tuple[str, ...]:
        """Return ten new recovery codes, shown once; raises `SecondFactorNeeded` like `enrol`."""
        self._ways.require_change(found)
        codes = self._codes.renew(found.person_id, fresh)
        self._record(RecoveryCodesRenewed(recovery_codes=HOW_MANY), found)
        self._ways.tell(self._session.get_one(Person, found.person_id))
        return codes

    def forget(self, person: Person) -> None:
        """Take everything a person proves themselves with off an account, but for the password.

        Whoever is signed in is signed out.
        """
        person.seed_sealed, person.last_code_step = None, None
        self._codes.forget(person.id)
        self._shift_codes.end(person.id, by=None)
        for kept in (Passkey, LinkedIdentity):
            self._session.execute(delete(kept).where(kept.person_id == person.id))
        self._sessions.end_all(person.id, SessionEnd.REVOKED)
        self._ways.tell(person)
        self._audit.record(
            SecondFactorForgotten(person_id=person.id),
            actor=None,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )

    def _is_new_and_right(self, person_id: UUID, code: str) -> bool:
        """Whether the code is right now and later than any used before; one statement uses it up."""
        person = self._session.get_one(Person, person_id)
        if person.seed_sealed is None:
            return False
        place = SECOND_FACTOR_SEED.place(
            row_id=person.id, case_id=person.organisation_id, version=person.seed_version
        )
        seed = self._keys.unseal(SecondFactorSeed, person.seed_sealed, place, holder=person.organisation_id)
        step = self._step_of(seed.secret, code, after=person.last_code_step or 0)
        if step is None:
            return False
        used = self._session.execute(
            update(Person)
            .where(Person.id == person_id, or_(Person.last_code_step.is_(None), Person.last_code_step < step))
            .values(last_code_step=step)
        )
        return isinstance(used, CursorResult) and used.rowcount == 1

    def _step_of(self, secret: str, code: str, *, after: int) -> int | None:
        """Return the 30-second step a code belongs to, this one or one either side, if later than `after`."""
        totp = pyotp.TOTP(secret)
        now = int(self._clock.now().timestamp()) // totp.interval
        steps = (now + near for near in _STEPS_EITHER_SIDE)
        right = [
            step
            for step in steps
            if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()) and step > after
        ]
        return right[0] if right else None

    def _proved_by(self, found: Found, by: ProvedBy) -> Begun:
        return self.proved(found, Given(by, self._clock.now()))

    def proved(self, found: Found, given: Given) -> Begun:
        """Give a session a new token: more may be done with it from now on."""
        token = self._sessions.renew(found.session_id, given=given)
        again = self._sessions.find(token)
        assert again is not None  # noqa: S101 - renewed one line above
        return Begun(token, again)

    def _failed(self, found: Found, turn: Turn) -> Proof:
        person = self._session.get_one(Person, found.person_id)
        address_mac = person.sign_in_index
        self._record(SignInFailed(why=SignInFailure.WRONG_CODE, address_mac=address_mac), found)
        if turn.next_wait_seconds:
            self._record(SignInThrottled(address_mac=address_mac, wait_seconds=turn.next_wait_seconds), found)
        return Proof()

    def _record(self, event: Event, found: Found, *, organisation_id: UUID | None = None) -> None:
        self._audit.record(
            event,
            actor=found,
            organisation_id=organisation_id or found.home_organisation_id,
            subject=Subject(SubjectKind.PERSON, found.person_id),
        )

    def _signature(self, found: Found, secret: str) -> str:
        key = self._key_ring.derive(_OFFER)
        return hmac.digest(key, join(found.session_id.bytes, secret.encode()), hashlib.sha256).hex()

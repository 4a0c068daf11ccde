"""Events about people: signing in, roles, and what they were refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event
from intake.policy.permissions import Permission
from intake.vocabulary import Asked, OrganisationKind, Role, SessionEnd, SignInFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSucceeded(Event):
    """A person signed in with their password."""

    NAME: ClassVar[str] = "sign_in.succeeded"
    session_id: UUID
    known_device: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Event):
    """A sign-in was refused; `address_mac` is the token of the address typed, never the address."""

    NAME: ClassVar[str] = "sign_in.failed"
    why: SignInFailure
    address_mac: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInThrottled(Event):
    """A sign-in was made to wait."""

    NAME: ClassVar[str] = "sign_in.throttled"
    address_mac: bytes
    wait_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """A sign-in session ended."""

    NAME: ClassVar[str] = "session.ended"
    session_id: UUID
    why: SessionEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceChosen(Event):
    """A person with roles in several organisations began to work in this one."""

    NAME: ClassVar[str] = "workplace.chosen"
    session_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorEnrolled(Event):
    """A person set up their authenticator app and was shown recovery codes."""

    NAME: ClassVar[str] = "second_factor.enrolled"
    recovery_codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorProved(Event):
    """A person gave the code of their authenticator app."""

    NAME: ClassVar[str] = "second_factor.proved"
    session_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(Event):
    """A person gave a recovery code in place of their authenticator app."""

    NAME: ClassVar[str] = "recovery_code.used"
    session_id: UUID
    codes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesRenewed(Event):
    """A person was shown new recovery codes; the old ones stopped working."""

    NAME: ClassVar[str] = "recovery_codes.renewed"
    recovery_codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorForgotten(Event):
    """An operator took a person's lost authenticator app and recovery codes off their account."""

    NAME: ClassVar[str] = "second_factor.forgotten"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A person set a new password."""

    NAME: ClassVar[str] = "password.changed"
    by_link: bool
    sessions_ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReplaced(Event):
    """A person signs in through a provider of single sign-on instead: the password they had is gone."""

    NAME: ClassVar[str] = "password.replaced"
    sessions_ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePostcodeGiven(Event):
    """A person gave their own home postcode, which the report of looking compares and nobody is shown."""

    NAME: ClassVar[str] = "home_postcode.given"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePostcodeRemoved(Event):
    """A person took their own home postcode away."""

    NAME: ClassVar[str] = "home_postcode.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """A person was given an account."""

    NAME: ClassVar[str] = "person.added"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInvited(Event):
    """A one-time link to set a password was made for a person, to be handed over."""

    NAME: ClassVar[str] = "person.invited"
    person_id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """A person's name, post or telephone number was put right; what they are is sealed in their card."""

    NAME: ClassVar[str] = "person.changed"
    person_id: UUID
    card_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSignedOut(Event):
    """An administrator ended every session of a person."""

    NAME: ClassVar[str] = "person.signed_out"
    person_id: UUID
    sessions_ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDisabled(Event):
    """A person's account was closed."""

    NAME: ClassVar[str] = "person.disabled"
    person_id: UUID
    sessions_ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnabled(Event):
    """A person's closed account was opened again."""

    NAME: ClassVar[str] = "person.enabled"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipGiven(Event):
    """A person was given a role in the organisation."""

    NAME: ClassVar[str] = "membership.given"
    membership_id: UUID
    person_id: UUID
    role: Role
    ladder: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEnded(Event):
    """A person's role in the organisation ended."""

    NAME: ClassVar[str] = "membership.ended"
    membership_id: UUID
    person_id: UUID
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCreated(Event):
    """An organisation joined: the first entry of its own chain."""

    NAME: ClassVar[str] = "organisation.created"
    kind: OrganisationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDenied(Event):
    """A person was refused: their role never does this, or the thing is not theirs, or is not there.

    The last two are one answer, so they are one entry too (`not_theirs`): what was asked for, and its id or
    its reference, and never whether there is such a thing.
    """

    NAME: ClassVar[str] = "access.denied"
    permission: Permission
    not_theirs: bool
    asked: Asked | None = None
    asked_id: UUID | None = None
    asked_reference: Code | None = None

"""Events of signing in by more than a password and a code: passkeys, and identities elsewhere."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyMade(Event):
    """A person made a passkey of their own."""

    NAME: ClassVar[str] = "passkey.made"
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyUsed(Event):
    """A person showed with a passkey who they are."""

    NAME: ClassVar[str] = "passkey.used"
    session_id: UUID
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRemoved(Event):
    """A person took one of their passkeys away."""

    NAME: ClassVar[str] = "passkey.removed"
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinked(Event):
    """A person linked who they are with a provider of single sign-on to their account."""

    NAME: ClassVar[str] = "identity.linked"
    identity_id: UUID
    provider: Code
    by_link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUsed(Event):
    """A person came in through a provider of single sign-on; whether that counted as a second factor."""

    NAME: ClassVar[str] = "identity.used"
    session_id: UUID
    identity_id: UUID
    second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUnlinked(Event):
    """A person unlinked an identity elsewhere from their account."""

    NAME: ClassVar[str] = "identity.unlinked"
    identity_id: UUID

"""Who a member of staff is, and what they were in the middle of typing."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A member of staff as colleagues know them."""

    SCHEMA: ClassVar[str] = "staff-card/1"
    name: str
    email: str
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class HomePostcode:
    """Where a member of staff lives, as far as a whole postcode says it: theirs to give, and to take away."""

    SCHEMA: ClassVar[str] = "home-postcode/1"
    postcode: str


@dataclass(frozen=True, slots=True)
class SecondFactorSeed:
    """The secret a person's authenticator app shares with us."""

    SCHEMA: ClassVar[str] = "second-factor-seed/1"
    secret: str


@dataclass(frozen=True, slots=True)
class PasskeyName:
    """What a person calls one of their passkeys, to know it again."""

    SCHEMA: ClassVar[str] = "passkey-name/1"
    name: str


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A half-filled form: every field's name and what was typed in it, in the order of the form."""

    SCHEMA: ClassVar[str] = "form-draft/1"
    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MailPayload:
    """What a mail needs to be written: an address, a reference, and nothing about a child."""

    SCHEMA: ClassVar[str] = "mail-payload/1"
    to: str
    reference: str
    link: str

"""What a passkey is asked, and whether what it answers is right: no database, and nothing kept."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from intake.errors import Refused

_NAME = "Pass It On"
_SHOWN_FOR_MS = 300_000
#: An authenticator's id of a key is a thousand bytes at the most, and an answer a few thousand.
_LONGEST_ID = 1_023
_LONGEST_ANSWER = 20_000

_Verified = TypeVar("_Verified")


@dataclass(frozen=True, slots=True)
class KeyMade:
    """A new key, as the authenticator that keeps its secret half made it for us."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """A right answer, and how often the authenticator says it has answered: 0 where it does not count."""

    credential_id: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a new key is to be, in the words their authenticator shows them."""

    person_id: UUID
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """Our service, as a passkey knows it: it answers to this origin, and to no page that only looks alike."""

    origin: str
    host: str = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.origin)
        object.__setattr__(self, "origin", f"{parts.scheme}://{parts.netloc}")
        object.__setattr__(self, "host", parts.hostname or "")

    def making(self, challenge: bytes, owner: Owner, had: Iterable[bytes]) -> str:
        """Return what a browser is asked to make a key with, as JSON; never another beside one of `had`."""
        options = generate_registration_options(
            rp_id=self.host,
            rp_name=_NAME,
            user_id=owner.person_id.bytes,
            user_name=owner.email,
            user_display_name=owner.name,
            challenge=challenge,
            timeout=_SHOWN_FOR_MS,
            exclude_credentials=_described(had),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return options_to_json(options)

    def asking(self, challenge: bytes, keys: Iterable[bytes] = ()) -> str:
        """Return what a browser is asked to use a key with, as JSON: one of these, or whichever it has."""
        options = generate_authentication_options(
            rp_id=self.host,
            challenge=challenge,
            timeout=_SHOWN_FOR_MS,
            allow_credentials=_described(keys),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def made(self, challenge: bytes, answer: str) -> KeyMade:
        """Return the key that was made in answer to a challenge; raises `Refused`."""
        verified = _verified(
            lambda: verify_registration_response(
                credential=_measured(answer),
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        )
        if len(verified.credential_id) > _LONGEST_ID:
            raise _refused()
        return KeyMade(verified.credential_id, verified.credential_public_key, verified.sign_count)

    def used(self, challenge: bytes, answer: str, public_key: bytes) -> KeyUsed:
        """Return what came of using a key; raises `Refused`. The count is the caller's to compare."""
        verified = _verified(
            lambda: verify_authentication_response(
                credential=_measured(answer),
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        )
        return KeyUsed(verified.credential_id, verified.new_sign_count)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Which key an answer says it is of, and whose: nothing of it is believed yet."""

    credential_id: bytes
    person_id: UUID | None


def claimed(answer: str) -> Claimed:
    """Read which key an answer says it is of; raises `Refused` where it says nothing that could be one."""
    try:
        said = json.loads(_measured(answer))
        handle = said["response"].get("userHandle")
        person_id = UUID(bytes=base64url_to_bytes(handle)) if handle else None
        return Claimed(base64url_to_bytes(said["rawId"]), person_id)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _refused() from None


def _verified(verify: Callable[[], _Verified]) -> _Verified:
    # What an authenticator sends is a stranger's bytes, and the library reads them with several parsers: of
    # whatever kind the complaint is, the answer is not a right one.
    try:
        return verify()
    except Exception:  # noqa: BLE001 - see above
        raise _refused() from None


def _measured(answer: str) -> str:
    if len(answer) > _LONGEST_ANSWER:
        raise _refused()
    return answer


def _described(keys: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key) for key in keys]


def _refused() -> Refused:
    return Refused("", "passkey.not_right")

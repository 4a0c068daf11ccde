"""Data keys: one random key per case and compartment."""

import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from intake.vocabulary import Compartment

SECRET_LENGTH = 32
COMMITMENT_LENGTH = 16
_LAST_GENERATION = (1 << 32) - 1


@dataclass(frozen=True, slots=True, eq=False)
class DataKey:
    """The key that opens one compartment of one case.

    `generation` counts from 1 within the case and compartment and is the key id in the envelope.
    """

    case_id: UUID
    compartment: Compartment
    generation: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_LENGTH:
            raise ValueError("a data key has 256 bits")
        if not 1 <= self.generation <= _LAST_GENERATION:
            raise ValueError("a data key's generation is a 32-bit number, counted from 1")

    @classmethod
    def new(cls, case_id: UUID, compartment: Compartment, *, generation: int = 1) -> "DataKey":
        """Make a fresh key from the operating system's randomness."""
        return cls(case_id, compartment, generation, os.urandom(SECRET_LENGTH))

    def commitment(self) -> bytes:
        """Return a value that pins the key and tells nothing of it.

        AES-GCM alone lets one ciphertext open under two chosen keys; checking this before use
        does not.
        """
        return commitment_of(self.secret)


def commitment_of(secret: bytes) -> bytes:
    """Return what pins the secret of a data key."""
    return hmac.digest(secret, b"commit", "sha256")[:COMMITMENT_LENGTH]

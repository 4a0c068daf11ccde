"""What is said by whoever must see an address that is withheld."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AddressReason:
    """Why an address that is withheld had to be seen."""

    SCHEMA: ClassVar[str] = "address-reason/1"
    reason: str

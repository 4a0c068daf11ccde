"""What a key ring holds, wherever it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.crypto.binding import is_number

KEY_LENGTH = 32


@dataclass(frozen=True, slots=True, eq=False)
class RingKeys:
    """The seed, the root keys by number, and which root is active; raises `ValueError` if they cannot be."""

    seed: bytes = field(repr=False)
    roots: Mapping[int, bytes] = field(repr=False)
    active: int

    def __post_init__(self) -> None:
        if any(len(key) != KEY_LENGTH for key in (self.seed, *self.roots.values())):
            raise ValueError("every key of a ring has 256 bits")
        if self.active not in self.roots or not all(map(is_number, self.roots)):
            raise ValueError("the active root must be one of the ring's, and roots are numbered from 1")

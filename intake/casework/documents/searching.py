"""What somebody searched for."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """A search as typed: a name, when the child was born as well as it is known, and anything else."""

    SCHEMA: ClassVar[str] = "search-terms/1"
    name: str
    born: str
    other: str

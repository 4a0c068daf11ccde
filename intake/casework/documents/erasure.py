"""What is said of a case that must not be erased."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class HoldWords:
    """Why there is a legal hold on a case, and who placed it."""

    SCHEMA: ClassVar[str] = "hold-words/1"
    reason: str
    placed_by: str

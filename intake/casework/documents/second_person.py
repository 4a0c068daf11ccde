"""What is said when a second person is asked, and when they refuse."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RequestWords:
    """Why something is asked for; or why it is refused."""

    SCHEMA: ClassVar[str] = "request-words/1"
    words: str

"""What is said when a second person is asked, and when they refuse."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RequestWords:
    """Why something is asked for; or why it is refused."""

    SCHEMA: ClassVar[str] = "request-words/1"
    words: str


@dataclass(frozen=True, slots=True)
class ShiftCodeReview:
    """What a colleague found who looked into why somebody was given a code for one shift."""

    SCHEMA: ClassVar[str] = "shift-code-review/1"
    words: str

"""What is said when a referral is passed on, answered, or found to be in the wrong place."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PassingWords:
    """Why a referral is passed on; `council` is the right one's name, empty where nobody named it.

    `service` and `phone` are whom the directory gave at that time, empty where it knew nobody.
    """

    SCHEMA: ClassVar[str] = "passing-words/1"
    reason: str
    council: str
    service: str
    phone: str


@dataclass(frozen=True, slots=True)
class PassingAnswer:
    """Why it was declined; or, handed over by telephone, who has it now and on which number."""

    SCHEMA: ClassVar[str] = "passing-answer/1"
    words: str
    spoke_to: str
    number: str


@dataclass(frozen=True, slots=True)
class BreachWords:
    """One thing written down about a breach."""

    SCHEMA: ClassVar[str] = "breach-words/1"
    words: str
    written_by: str

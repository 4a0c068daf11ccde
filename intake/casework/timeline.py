"""What was done about a child and when, from what stands clear: no document is opened for it."""

from dataclasses import dataclass
from datetime import datetime

from intake.vocabulary import StepTaken


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done: about which concern or referral, in which service or by whom."""

    at: datetime
    taken: StepTaken
    reference: str
    service: str
    by: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that was done, in order of time."""

    steps: tuple[Step, ...]

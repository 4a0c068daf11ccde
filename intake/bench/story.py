"""What is told of one invented case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.bench.made_up import Words
from intake.bench.roster import Place
from intake.services.routing_desk import Routed
from intake.vocabulary import Answer, Colour, ReferralState


@dataclass(frozen=True, slots=True)
class Story:
    """Where and when, how bad, how far it has come, in which words; `trace` is the routing, written down."""

    school: Place
    hub: Place
    at: datetime
    routed: Routed
    trace: bytes
    words: Words
    danger_now: Answer
    state: ReferralState
    colour: Colour | None
    notes: int
    has_mail: bool

    @property
    def lead(self) -> UUID:
        """The school's safeguarding lead."""
        return self.school.people[0]

    @property
    def reporter(self) -> UUID:
        """Who recorded the concern."""
        return self.school.people[-1]

    @property
    def worker(self) -> UUID:
        """The duty worker who has it."""
        return self.hub.people[0]

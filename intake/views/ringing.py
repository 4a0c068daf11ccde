"""Whom to ring, one after the other, as a page shows it."""

from dataclasses import dataclass

from intake.routing.decision import Decision
from intake.vocabulary import OpenState, ServiceKind, StepKind
from intake.words.routing import begun, hours_words, number_words


@dataclass(frozen=True, slots=True)
class Ring:
    """One number to ring: whose it is, whether they are there, and how far the number can be relied on."""

    name: str
    phone: str
    state: str
    hours: str
    number: str


_POLICE = frozenset({ServiceKind.POLICE, ServiceKind.POLICE_EMERGENCY})
_STATES = {OpenState.OPEN: "open", OpenState.CLOSED: "closed", OpenState.UNKNOWN: "not_known"}


def rings(decision: Decision, *, police: bool = True) -> tuple[Ring, ...]:
    """Return the calls of a decision in the order in which they are to be made.

    Without `police` they stand there only where nobody else can be rung: once a referral has been decided,
    what was said of danger when it was sent is no reason to ring them any more.
    """
    calls = [step for step in decision.steps if step.do is StepKind.CALL]
    others = [step for step in calls if step.kind not in _POLICE]
    return tuple(
        Ring(
            name=step.name,
            phone=step.phone,
            state=_STATES[step.state],
            hours=begun(hours_words(step, decision.at)),
            number=begun(number_words(step)),
        )
        for step in (calls if police else others or calls)
    )

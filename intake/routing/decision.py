"""What the engine answers: steps in the order of doing, who leads, which clock starts, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from intake.calendars.clocks import Clock
from intake.routing.codes import Reason, StepWhy, Verdict, WrittenChannel
from intake.routing.places import AuthorityName
from intake.vocabulary import OpenState, ServiceKind, StepKind


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: whom to ring or write to, whether they are there, and why.

    `opens_at` is known only of a service that is closed, `closes_at` only of one that is open; aware UTC.
    `phone_checked_on` is None until a named person has checked the number; `other_phones` are their numbers
    in other languages, as (language, number). Of a step that writes, `channel` and `where` say how and to
    which address it goes outside the program, and `read_by` when they are next known to read it.
    `urgent_only` is set while a desk about to close takes only what cannot wait.
    """

    do: StepKind
    service: str
    kind: ServiceKind
    name: str
    phone: str
    phone_unverified: bool
    phone_checked_on: date | None
    state: OpenState
    opens_at: datetime | None
    closes_at: datetime | None
    why: StepWhy
    read_by: datetime | None = None
    urgent_only: bool = False
    channel: WrittenChannel | None = None
    where: str | None = None
    other_phones: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool | None:
        """Whether they are there: None is not known."""
        return {OpenState.OPEN: True, OpenState.CLOSED: False}.get(self.state)


@dataclass(frozen=True, slots=True)
class Considered:
    """One service the engine looked at, and what it made of it; each service stands here once."""

    service: str
    name: str
    state: OpenState
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a referral goes and what to do first.

    `authority` is the one that leads, None when the child's is not found: then `needs_allocation` is set and
    `lead`, if any, is only asked to pass it on. `read_by` is when the lead's desk is next known to be
    staffed, None when that is not known. `informed` are the services that get a copy; `kept_out` the accounts
    that may not read it. `candidates` are councils to ask about, never chosen by the program. `home` is the
    council where the child lives, `caring` the one that looks after the child, whether or not they lead.
    """

    at: datetime
    authority: AuthorityName | None
    steps: tuple[Step, ...]
    lead: str | None
    lead_receives_here: bool
    needs_allocation: bool
    read_by: datetime | None
    clock: Clock | None
    informed: tuple[str, ...]
    kept_out: tuple[str, ...]
    reasons: tuple[Reason, ...]
    considered: tuple[Considered, ...]
    candidates: tuple[AuthorityName, ...]
    home: AuthorityName | None
    directory_version: str
    caring: AuthorityName | None = None

    @property
    def first(self) -> Step:
        """The one thing to do first; there always is one."""
        return self.steps[0]

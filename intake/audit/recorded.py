"""An event on its way into the trail, and where an entry stands in it."""

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from intake.audit.event import Subject

#: The things of an entry's detail that are not fields of its event.
SEALED = "sealed"
JOINT = "joint"
#: Under which breaking of glass something was done about a restricted case.
BEHIND_GLASS = "behind_glass"
#: That whoever did it had a code for one shift as their second factor.
BY_SHIFT_CODE = "by_shift_code"
#: What an entry says that was kept beside the database before it could be entered: in which batch, and when.
KEPT = "kept_beside"


class Doer(Protocol):
    """Whoever did it: a signed-in person."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def session_id(self) -> UUID | None: ...


@runtime_checkable
class MayBreakGlass(Doer, Protocol):
    """Somebody who may be past a restriction: which breaking of glass lets them into a case, if any does."""

    def under(self, case_id: UUID | None) -> UUID | None: ...


@runtime_checkable
class MayHaveShiftCode(Doer, Protocol):
    """Somebody whose second factor may be a code for one shift."""

    @property
    def by_shift_code(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Person:
    """A person who is not (or not yet) signed in: somebody at the sign-in page, or an operator's command."""

    person_id: UUID
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """An entry of another organisation's chain that an entry answers to."""

    organisation_id: UUID
    seq: int
    mac: bytes


@dataclass(slots=True, eq=False)
class Recorded:
    """An event on its way into the trail; another organisation's entry can be joined to it."""

    event: str
    detail: dict[str, Any]
    actor: Doer | None
    organisation_id: UUID
    subject: Subject
    joint: "Recorded | Joint | None" = None
    sealed: list[tuple[str, str, int, str]] = field(default_factory=list)
    written: Joint | None = None
    crossing_id: UUID | None = None

    @property
    def place(self) -> Joint:
        """Where it was written; raises `RuntimeError` before that."""
        if self.written is None:
            raise RuntimeError("not in the trail yet: record what was sent before what was received")
        return self.written

    def said(self) -> dict[str, Any]:
        """Return what the entry says, but for the entry it answers to."""
        detail = dict(self.detail)
        if self.sealed:
            detail[SEALED] = self.sealed
        if isinstance(self.actor, MayBreakGlass):
            glass_id = self.actor.under(self.subject.id)
            detail |= {} if glass_id is None else {BEHIND_GLASS: str(glass_id)}
        if isinstance(self.actor, MayHaveShiftCode) and self.actor.by_shift_code:
            detail[BY_SHIFT_CODE] = True
        return detail

    def answering(self) -> dict[str, Any]:
        """Return all that the entry says."""
        detail = self.said()
        if self.joint is not None:
            joint = self.joint.place if isinstance(self.joint, Recorded) else self.joint
            detail[JOINT] = {"chain": str(joint.organisation_id), "seq": joint.seq, "mac": joint.mac.hex()}
        return detail

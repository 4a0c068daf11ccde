"""The time limits an authority sets itself: entered by its duty manager, never taken from another council."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.audit.events.casework import ColourLimitRemoved, ColourLimitSet
from intake.audit.log import AuditLog
from intake.casework.limits import ColourLimit, limit_for, require_time
from intake.clock import Clock
from intake.db import Unit
from intake.models.organisation import ColourLimit as LimitRow
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.routing.directory import Directory, Provenance
from intake.vocabulary import Colour, SubjectKind

ListedLimit = tuple[ColourLimit, Provenance]


class Limits:
    """Enters and takes away the limits of the authority the actor's service answers for."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, directory: Directory) -> None:
        self._session = unit.session
        self._directory = directory
        self._clock = clock
        self._audit = audit

    def set(self, actor: Actor, allowed: dict[Colour, tuple[int, bool]]) -> None:
        """Have exactly these limits from now on: by colour, minutes, and whether they are working time.

        A colour that is not there has no limit. Referrals that have their colour already keep the time they
        were given. Raises `NotPermitted` and `Refused`.
        """
        authority_code, limits = self.of(actor)
        before = {limit.colour: limit for limit in limits}
        for colour in Colour:
            wanted = None
            if colour in allowed:
                wanted = ColourLimit(authority_code, colour, *allowed[colour])
                require_time(wanted)
            if wanted != before.get(colour):
                self._replace(actor, authority_code, colour, wanted)

    def in_force(self, authority_code: str | None) -> tuple[ColourLimit, ...]:
        """Return the limits that hold for one authority; they are no secret."""
        return limits_in_force(self._session, self._directory, authority_code)

    def listed(self, authority_code: str) -> tuple[ListedLimit, ...]:
        """Return the limits the directory has of one authority, with where each was read."""
        return listed_limits(self._directory, authority_code)

    def of(self, actor: Actor) -> tuple[str, tuple[ColourLimit, ...]]:
        """Return the code of the authority the actor's service answers for, and its limits."""
        require_role(actor, Permission.LIMITS_SET)
        authority_code = self._session.get_one(Organisation, actor.organisation_id).authority_code
        return authority_code, entered_limits(self._session, authority_code)

    def _replace(self, actor: Actor, authority_code: str, colour: Colour, wanted: ColourLimit | None) -> None:
        self._session.execute(
            delete(LimitRow).where(LimitRow.authority_code == authority_code, LimitRow.colour == colour)
        )
        if wanted is not None:
            self._session.add(
                LimitRow(
                    authority_code=authority_code,
                    colour=colour,
                    minutes=wanted.minutes,
                    working_time=wanted.working_time,
                    entered_by=actor.person_id,
                    entered_at=self._clock.now(),
                    organisation_id=actor.organisation_id,
                )
            )
            self._session.flush()
        self._audit.record(
            ColourLimitRemoved(colour=colour)
            if wanted is None
            else ColourLimitSet(colour=colour, minutes=wanted.minutes, working_time=wanted.working_time),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=Subject(SubjectKind.ORGANISATION, actor.organisation_id),
        )


def entered_limits(session: Session, authority_code: str | None) -> tuple[ColourLimit, ...]:
    """Return the limits one authority has entered, worst colour first."""
    rows = session.scalars(select(LimitRow).where(LimitRow.authority_code == (authority_code or "")))
    order = list(Colour)
    limits = (ColourLimit(row.authority_code, row.colour, row.minutes, row.working_time) for row in rows)
    return tuple(sorted(limits, key=lambda limit: order.index(limit.colour)))


def listed_limits(directory: Directory, authority_code: str | None) -> tuple[ListedLimit, ...]:
    """Return the limits the directory has of one authority, worst colour first, and where each was read."""
    authority = directory.authority(authority_code)
    if authority is None:
        return ()
    by_colour = {Colour(limit.of): limit for limit in authority.limits}
    return tuple(
        (ColourLimit(authority.code, colour, found.minutes, found.working_time), found.provenance)
        for colour in Colour
        if (found := by_colour.get(colour))
    )


def limits_in_force(
    session: Session, directory: Directory, authority_code: str | None
) -> tuple[ColourLimit, ...]:
    """Return the limits one authority has entered; if none, those the directory has of it."""
    entered = entered_limits(session, authority_code)
    return entered or tuple(limit for limit, _ in listed_limits(directory, authority_code))


def limit_in_force(
    session: Session, directory: Directory, authority_code: str | None, colour: Colour
) -> ColourLimit | None:
    """Return the limit that holds for one colour of one authority, or None."""
    limits = limits_in_force(session, directory, authority_code)
    return limit_for(limits, authority_code or "", colour)

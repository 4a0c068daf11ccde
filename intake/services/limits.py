"""The time limits an authority sets itself: entered by its duty manager, never taken from another council."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.audit.events.casework import ColourLimitSet
from intake.audit.log import AuditLog
from intake.casework.limits import ColourLimit, require_time
from intake.clock import Clock
from intake.db import Unit
from intake.models.organisation import ColourLimit as LimitRow
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.vocabulary import Colour, SubjectKind


class Limits:
    """Enters and takes away the limits of the authority the actor's service answers for."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog) -> None:
        self._session = unit.session
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

    def entered(self, authority_code: str | None) -> tuple[ColourLimit, ...]:
        """Return the limits one authority has entered; they are no secret."""
        return entered_limits(self._session, authority_code)

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
        # A limit taken away is recorded as one of no minutes.
        self._audit.record(
            ColourLimitSet(
                colour=colour,
                minutes=0 if wanted is None else wanted.minutes,
                working_time=wanted is not None and wanted.working_time,
            ),
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


def entered_limit(session: Session, authority_code: str | None, colour: Colour) -> ColourLimit | None:
    """Return the limit one authority has entered for one colour, or None."""
    found = (limit for limit in entered_limits(session, authority_code) if limit.colour is colour)
    return next(found, None)

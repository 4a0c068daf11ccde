"""Sign-in sessions: kept here, ended here, and found by the hash of a random token."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, unique
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, or_, select, update

from intake.clock import Clock
from intake.db import Unit
from intake.ids import new_id, new_token
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person, SignInSession
from intake.models.restriction import BrokenGlass, GlassCase
from intake.policy.actor import Actor, Glass
from intake.vocabulary import (
    NOT_PHISHED,
    ROLES_WITH_PASSKEY,
    OrganisationKind,
    ProvedBy,
    Role,
    SessionEnd,
    Tier,
)

_TOUCH_EVERY = timedelta(minutes=1)
#: What is dangerous in a stranger's hands needs a second factor given this lately.
_LATELY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts unused, and at the longest."""

    idle: timedelta
    absolute: timedelta


@unique
class Standing(Enum):
    """Whether a session can still be used; one that merely ran out may still have its words kept."""

    LIVE = "live"
    RAN_OUT = "ran_out"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Found:
    """A session as the token finds it; `actor` is None until an organisation has been chosen.

    `proved_at`: when the second factor was given in it last.
    """

    session_id: UUID
    person_id: UUID
    home_organisation_id: UUID
    standing: Standing
    second_factor: bool
    actor: Actor | None
    stale: bool
    proved_by: ProvedBy | None
    proved_at: datetime | None

    def proved_lately(self, now: datetime) -> bool:
        """Whether the second factor was given a few minutes ago at most; a clock put back adds nothing."""
        return _is_lately(self.proved_at, now)

    @property
    def by_shift_code(self) -> bool:
        """Whether what was given in it as a second factor is a code that a colleague read out."""
        return self.proved_by is ProvedBy.SHIFT_CODE

    @property
    def role_waits(self) -> bool:
        """Whether a role this person has where they work waits for a second factor, or a better one."""
        return self.actor is not None and self.actor.needs_second_factor

    @property
    def needs_passkey(self) -> bool:
        """Whether a role this person has where they are working asks for more than a code."""
        return self.actor is not None and bool(self.actor.roles & ROLES_WITH_PASSKEY)


@dataclass(frozen=True, slots=True)
class Given:
    """A second factor: what was given, and when; None where a provider does not say when.

    `until_at`: when a code for one shift stops working, and the session that it proved with it.
    """

    by: ProvedBy
    at: datetime | None
    until_at: datetime | None = None

    def lately(self, now: datetime) -> bool:
        """Whether it is known to have been given a few minutes ago at most."""
        return _is_lately(self.at, now)


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that can be used now, as its owner or an administrator sees it in a list."""

    session_id: UUID
    organisation_id: UUID | None
    began_at: datetime
    seen_at: datetime


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, unit: Unit, clock: Clock, limits: SessionLimits, tier: Tier = Tier.COMBINED) -> None:
        self._session = unit.session
        self._tier = tier
        self._clock = clock
        self._limits = limits

    def begin(self, person_id: UUID, *, organisation_id: UUID | None, given: Given | None = None) -> str:
        """Begin a session and return its token, which is kept nowhere but in the person's browser."""
        token = new_token()
        now = self._clock.now()
        self._session.add(
            SignInSession(
                id=new_id(),
                token_hash=_hash(token),
                person_id=person_id,
                organisation_id=organisation_id,
                began_at=now,
                seen_at=now,
                **_proof(given, now),
            )
        )
        return token

    def find(self, token: str) -> Found | None:
        """Return the session this token belongs to, whatever its standing, or None."""
        row = self._session.execute(
            select(SignInSession, Person.organisation_id, Person.disabled_at, Person.sample)
            .join(Person, Person.id == SignInSession.person_id)
            .join(Organisation, Organisation.id == Person.organisation_id)
            .where(SignInSession.token_hash == _hash(token), Organisation.kind.in_(self._tier.kinds))
        ).one_or_none()
        if row is None:
            return None
        session, home, disabled_at, invented = row
        now = self._clock.now()
        return Found(
            session_id=session.id,
            person_id=session.person_id,
            home_organisation_id=home,
            standing=Standing.ENDED if disabled_at is not None else self._standing(session, now),
            second_factor=session.second_factor_at is not None,
            actor=self._actor(session, now, invented=invented),
            stale=now - session.seen_at >= _TOUCH_EVERY,
            proved_by=session.proved_by,
            proved_at=session.second_factor_at,
        )

    def _standing(self, session: SignInSession, now: datetime) -> Standing:
        if session.ended_at is not None:
            return Standing.ENDED
        idle = now - session.seen_at > self._limits.idle
        too_old = now - session.began_at > self._limits.absolute
        is_over = session.until_at is not None and session.until_at <= now
        return Standing.RAN_OUT if idle or too_old or is_over else Standing.LIVE

    def _actor(self, session: SignInSession, now: datetime, *, invented: bool) -> Actor | None:
        if session.organisation_id is None:
            return None
        kind = self._session.execute(
            select(Organisation.kind).where(Organisation.id == session.organisation_id)
        ).scalar_one()
        roles = self.memberships(session.person_id, now).get(session.organisation_id, frozenset())
        by_shift_code = session.proved_by is ProvedBy.SHIFT_CODE
        return Actor(
            person_id=session.person_id,
            organisation_id=session.organisation_id,
            organisation_kind=OrganisationKind(kind),
            roles=roles,
            session_id=session.id,
            second_factor=session.second_factor_at is not None,
            phishable=session.proved_by not in NOT_PHISHED and (by_shift_code or not invented),
            by_shift_code=by_shift_code,
            glass=self._glass(session, now) if kind is OrganisationKind.HUB else None,
        )

    def _glass(self, session: SignInSession, now: datetime) -> Glass | None:
        """Return the glass this person broke in their duty service, while it is open."""
        rows = self._session.execute(
            select(BrokenGlass.id, BrokenGlass.until_at, GlassCase.case_id)
            .outerjoin(GlassCase, GlassCase.broken_glass_id == BrokenGlass.id)
            .where(
                BrokenGlass.person_id == session.person_id,
                BrokenGlass.organisation_id == session.organisation_id,
                BrokenGlass.until_at > now,
            )
            .order_by(BrokenGlass.began_at, BrokenGlass.id)
        ).all()
        if not rows:
            return None
        cases = frozenset(row.case_id for row in rows if row.case_id is not None)
        return Glass(rows[0].id, rows[0].until_at, cases)

    def memberships(self, person_id: UUID, now: datetime) -> dict[UUID, frozenset[Role]]:
        """Return the roles a person has now, by organisation."""
        rows = self._session.execute(
            select(Membership.organisation_id, Membership.role)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(
                Organisation.kind.in_(self._tier.kinds),
                Membership.person_id == person_id,
                Membership.from_at <= now,
                (Membership.to_at.is_(None)) | (Membership.to_at > now),
            )
        ).all()
        found: dict[UUID, set[Role]] = {}
        for organisation_id, role in rows:
            found.setdefault(organisation_id, set()).add(role)
        return {organisation_id: frozenset(roles) for organisation_id, roles in found.items()}

    def live(self, person_id: UUID) -> tuple[LiveSession, ...]:
        """Return the sessions in which a person is signed in now, the latest used first."""
        now = self._clock.now()
        rows = self._session.scalars(
            select(SignInSession)
            .where(
                SignInSession.person_id == person_id,
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at >= now - self._limits.idle,
                SignInSession.began_at >= now - self._limits.absolute,
                or_(SignInSession.until_at.is_(None), SignInSession.until_at > now),
            )
            .order_by(SignInSession.seen_at.desc(), SignInSession.id)
        )
        return tuple(LiveSession(row.id, row.organisation_id, row.began_at, row.seen_at) for row in rows)

    def touch(self, session_id: UUID) -> None:
        """Say that the session was used just now."""
        self._change(session_id, seen_at=self._clock.now())

    def work_in(self, session_id: UUID, organisation_id: UUID) -> None:
        """Have the session act in one of the person's organisations; a code for a shift proves none other."""
        self._change(session_id, organisation_id=organisation_id)
        by_shift_code = SignInSession.id == session_id, SignInSession.proved_by == ProvedBy.SHIFT_CODE
        unproved = {"second_factor_at": None, "proved_by": None, "until_at": None}
        self._session.execute(update(SignInSession).where(*by_shift_code).values(unproved))

    def renew(self, session_id: UUID, *, given: Given | None = None) -> str:
        """Give the session a new token, as whenever more may be done with it; the old one opens nothing."""
        token = new_token()
        self._change(session_id, token_hash=_hash(token), **_proof(given, self._clock.now()))
        return token

    def end(self, session_id: UUID, why: SessionEnd) -> None:
        """End one session; nothing can be done with its token again."""
        self._change(session_id, ended_at=self._clock.now(), ended_why=why)

    def end_all(self, person_id: UUID, why: SessionEnd, *, but: UUID | None = None) -> int:
        """End every session of a person, except the one named by `but`; returns how many there were."""
        live = SignInSession.person_id == person_id, SignInSession.ended_at.is_(None)
        statement = update(SignInSession).where(*live).values(ended_at=self._clock.now(), ended_why=why)
        if but is not None:
            statement = statement.where(SignInSession.id != but)
        return cast("CursorResult[object]", self._session.execute(statement)).rowcount

    def _change(self, session_id: UUID, **values: object) -> None:
        self._session.execute(
            update(SignInSession)
            .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
            .values(**values)
        )


def _is_lately(at: datetime | None, now: datetime) -> bool:
    return at is not None and abs(now - at) <= _LATELY


def _proof(given: Given | None, now: datetime) -> dict[str, Any]:
    """Return the columns a second factor is kept in; one given nobody knows when was not given lately."""
    if given is None:
        return {}
    at = now - 2 * _LATELY if given.at is None else given.at
    return {"second_factor_at": at, "proved_by": given.by, "until_at": given.until_at}


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""Checking every minute of a directory, and keeping what was found with its version."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from intake.calendars.local_time import to_local
from intake.clock import Clock
from intake.db import Unit
from intake.ids import new_id
from intake.models.directory import DirectoryCheck
from intake.routing.coverage import Coverage, coverage
from intake.routing.directory import Directory

DAYS = 400
#: With fewer days than these left of what it looked at, a directory is to be checked anew.
LASTS = timedelta(days=60)
#: What is found as words and nothing else.
_WORDS = ("accepted", "overlaps", "unknown_hours", "unreached", "languages_missing")


@dataclass(frozen=True, slots=True)
class AuthorityFound:
    """What a check found of one authority: gaps as (from, to), reasons, services and numbers.

    `gaps` are those nobody has accepted; `accepted` the written reasons of the others.
    """

    code: str
    name: str
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    accepted: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    unknown_hours: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    languages_missing: tuple[str, ...] = ()
    not_checked: tuple[tuple[str, str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFound:
    """What a check found, and the day up to which it looked."""

    version: str
    checked_at: datetime
    until: date
    authorities: tuple[AuthorityFound, ...]

    @property
    def covered(self) -> bool:
        """Whether no authority has a gap that nobody has accepted in writing."""
        return not any(found.gaps for found in self.authorities)

    def reaches(self, at: datetime) -> bool:
        """Whether it found no gap, and looked far enough ahead to be relied on at an instant."""
        return self.covered and self.until >= to_local(at + LASTS).date()


def check(directory: Directory, at: datetime, days: int = DAYS) -> CheckFound:
    """Look at every minute of the coming days; it may take seconds, so it is done outside any write."""
    found = tuple(
        _found(coverage(directory, authority, at, days)) for authority in directory.authorities.values()
    )
    return CheckFound(directory.version, at, to_local(at + timedelta(days=days)).date(), found)


class DirectoryChecks:
    """Keeps what checks found; each is only added to the ones before."""

    def __init__(self, unit: Unit, clock: Clock) -> None:
        self._session = unit.session
        self._clock = clock

    def keep(self, found: CheckFound) -> None:
        """Keep what a check found with the version it is of."""
        row = DirectoryCheck(
            id=new_id(),
            version=found.version,
            checked_at=found.checked_at,
            covered=found.covered,
            findings=_to_json(found),
        )
        self._session.add(row)

    def of(self, version: str) -> CheckFound | None:
        """Return the newest check of a version, None where it was never checked."""
        newest = (
            select(DirectoryCheck)
            .where(DirectoryCheck.version == version)
            .order_by(DirectoryCheck.checked_at.desc())
            .limit(1)
        )
        row = self._session.scalars(newest).first()
        return None if row is None else _from_json(row)


def _found(one: Coverage) -> AuthorityFound:
    return AuthorityFound(
        code=one.authority.code,
        name=one.authority.name,
        gaps=tuple((gap.begins_at, gap.ends_at) for gap in one.gaps),
        accepted=tuple(gap.reason for gap in one.accepted),
        overlaps=tuple(dict.fromkeys(" + ".join(each.services) for each in one.overlaps)),
        unknown_hours=one.unknown_hours,
        unreached=tuple(slug for slug, _ in one.unreached),
        languages_missing=one.languages_missing,
        not_checked=tuple((each.service, each.number, each.checked_on) for each in one.not_checked),
    )


def _to_json(found: CheckFound) -> str:
    return json.dumps(
        {
            "until": found.until.isoformat(),
            "authorities": [
                {
                    "code": one.code,
                    "name": one.name,
                    "gaps": [[begins.isoformat(), ends.isoformat()] for begins, ends in one.gaps],
                    **{name: list(getattr(one, name)) for name in _WORDS},
                    "not_checked": [
                        [service, number, on.isoformat() if on else None]
                        for service, number, on in one.not_checked
                    ],
                }
                for one in found.authorities
            ],
        },
        ensure_ascii=False,
    )


def _from_json(row: DirectoryCheck) -> CheckFound:
    said = json.loads(row.findings)
    return CheckFound(
        version=row.version,
        checked_at=row.checked_at,
        until=date.fromisoformat(said["until"]),
        authorities=tuple(
            AuthorityFound(
                code=one["code"],
                name=one["name"],
                gaps=tuple(
                    (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
                    for begins, ends in one["gaps"]
                ),
                **{name: tuple(one[name]) for name in _WORDS},
                not_checked=tuple(
                    (service, number, date.fromisoformat(on) if on else None)
                    for service, number, on in one["not_checked"]
                ),
            )
            for one in said["authorities"]
        ),
    )

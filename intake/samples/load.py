"""Loading the practice copy: once, whole, and never into a database that holds real people."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION
from intake.audit.events.keeping import SampleLoaded
from intake.clock import SetClock
from intake.errors import NotConfigured
from intake.models.audit import AuditEntry
from intake.models.organisation import Installation, Organisation
from intake.samples.cast import Cast
from intake.samples.days import Days
from intake.samples.people import ORGANISATIONS, PEOPLE
from intake.samples.stories import stories
from intake.samples.storyteller import Storyteller
from intake.samples.together import Together
from intake.services.installation import Installations
from intake.services.workplace import Services, Workplace
from intake.vocabulary import Nation

#: Everybody was given their account a day before the first thing happened.
_FIRST_DAY = 11

_HOLDS_REAL = (
    "This database holds real organisations, and nothing invented is ever put beside them. "
    "Name another for the practice copy with DATABASE_URL or INTAKE_INSTANCE."
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was put in."""

    organisations: int
    people: int
    acts: int


def load(place: Workplace) -> Loaded | None:
    """Put the practice copy into a database and return what it is, or None where it is in already.

    Raises `NotConfigured` where the database holds real organisations, `KeysMissing` where it is another
    key ring's. It takes several seconds, and nothing is kept unless all of it is.
    """
    if _is_loaded(place):
        return None
    now = place.tools.clock.now()
    clock = SetClock(Days(now, Nation.ENGLAND).back(_FIRST_DAY, "08:00"))
    with place.database.engine.begin() as connection:
        whole = Workplace(Together(connection), replace(place.tools, clock=clock, sample=True))
        with whole.writing() as services:
            _claim(services)
        # Somebody may have loaded it while this one waited for the lock.
        if _is_loaded(whole):
            return None
        return _fill(whole, clock, now - timedelta(minutes=1))


def _is_loaded(place: Workplace) -> bool:
    with place.reading() as services:
        found = services.unit.session.scalar(
            select(AuditEntry.seq)
            .where(AuditEntry.organisation_id == PLATFORM, AuditEntry.event == SampleLoaded.NAME)
            .limit(1)
        )
    return found is not None


def _claim(services: Services) -> None:
    """Mark the database as a sample's, holding on to the mark so that nobody else does so meanwhile."""
    session, tools = services.unit.session, services.tools
    installations = Installations(services.unit, tools.clock, tools.key_ring, services.audit, tools.tier)
    installations.begin(sample=True)
    session.flush()
    mark = session.scalars(select(Installation).with_for_update()).one()
    if not mark.sample and session.scalar(select(Organisation.id).limit(1)) is not None:
        raise NotConfigured(_HOLDS_REAL)
    mark.sample = True


def _fill(place: Workplace, clock: SetClock, until: datetime) -> Loaded:
    cast = Cast(place)
    cast.engage()
    acts = Storyteller(place, cast, clock, until).tell(stories(until))
    cast.leave()
    with place.writing() as services:
        services.audit.record(
            SampleLoaded(organisations=len(ORGANISATIONS), people=len(PEOPLE)),
            actor=None,
            organisation_id=PLATFORM,
            subject=INSTALLATION,
        )
    return Loaded(len(ORGANISATIONS), len(PEOPLE), acts)

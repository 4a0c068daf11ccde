"""Starting up: whether database, key ring and mode belong together, asked before anything is served."""

from intake import schema
from intake.errors import NotConfigured
from intake.services.database_there import require_there
from intake.services.installation import Installations, Installed
from intake.services.workplace import Workplace

_OTHER_SCHEMA = (
    "The database stands at schema {found} and this program needs {wanted}. Bring it there with: make setup"
)
_NOT_MARKED = "This database was never set up. Set it up with: make setup"
_IS_SAMPLE = (
    "This database holds the invented people of the practice copy, whose passwords everybody knows. "
    "Name another with DATABASE_URL or INTAKE_INSTANCE, or start the practice copy with: make run"
)
_IS_REAL = (
    "This database holds a real organisation, and practice mode has sign-ins that everybody knows. "
    "Name another with DATABASE_URL or INTAKE_INSTANCE."
)


def require_ready(place: Workplace) -> None:
    """Let the program start; else raise `NotConfigured` or `KeysMissing` in words an operator can act on."""
    installed = require_set_up(place)
    if installed.sample and not place.tools.sample:
        raise NotConfigured(_IS_SAMPLE)
    if place.tools.sample and not installed.sample:
        raise NotConfigured(_IS_REAL)


def require_set_up(place: Workplace) -> Installed:
    """Return what the database says of itself; the same errors, whichever mode it is opened in."""
    database = place.database
    require_there(database)
    database.check()
    found, wanted = schema.current(database), schema.newest()
    if found != wanted:
        raise NotConfigured(_OTHER_SCHEMA.format(found=found or "nothing", wanted=wanted))
    with place.reading() as services:
        tools = place.tools
        installed = Installations(
            services.unit, tools.clock, tools.key_ring, services.audit, tools.tier
        ).recognise()
    if installed is None:
        raise NotConfigured(_NOT_MARKED)
    return installed

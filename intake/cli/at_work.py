"""Opening the workplace that the settings name, for commands that act in it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from intake.app import open_workplace
from intake.cli.opened import settings
from intake.services.start_up import require_ready
from intake.services.workplace import Workplace


@contextmanager
def at_work() -> Iterator[Workplace]:
    """Give the workplace; raises `NotConfigured` or `KeysMissing` where it is not ready to be worked in."""
    place = open_workplace(settings())
    with closing(place.database):
        require_ready(place)
        yield place

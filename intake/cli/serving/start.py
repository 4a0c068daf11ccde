"""Starting to serve: everything that could be wrong is found out before anybody is promised an answer."""

from collections.abc import Callable

from config import Settings
from intake.app import create_app, open_workplace
from intake.cli.serving import lines
from intake.cli.serving.rounds import Rounds
from intake.cli.serving.server import Address, Server
from intake.mail.mailer import Mailer
from intake.services.checkpoints import Checkpoints
from intake.services.housekeeping import Housekeeping
from intake.services.postman import Postman
from intake.services.shipped_directory import load_shipped
from intake.services.start_up import require_ready
from intake.services.workplace import Workplace


def open_ready(settings: Settings) -> Workplace:
    """Open the workplace to be served.

    Raises `KeysMissing` or `NotConfigured`, in a line an operator can act on, and makes nothing: not a
    database, not a key ring. A directory newer than the database has seen is taken or offered first.
    """
    place = open_workplace(settings)
    require_ready(place)
    load_shipped(place)
    with place.reading() as services:
        # Read now: a version that this program cannot read stops it here, with file, line and field.
        services.directory_versions.in_force()
    # The workers are copies of this process: each of them opens connections of its own.
    place.database.close()
    return place


def serve(
    settings: Settings, place: Workplace, mailer: Mailer, *, level: int, announce: Callable[[], object]
) -> None:
    """Serve until told to stop, and end the program; `announce` is called once the server answers."""
    address = Address(settings.host, settings.port)
    address.require_free()
    lines.set_up(level)
    rounds = Rounds(Postman(place, mailer), Housekeeping(place), Checkpoints(place, settings.checkpoints))
    Server(create_app(settings, place), address=address, rounds=rounds, announce=announce).run()

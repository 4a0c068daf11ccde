"""Starting to serve: everything that could be wrong is found out before anybody is promised an answer."""

from collections.abc import Callable

import structlog

from config import Settings
from intake.app import create_app, open_workplace
from intake.cli.serving import lines
from intake.cli.serving.carrying import carrying
from intake.cli.serving.certificate import certificate_of
from intake.cli.serving.keepers import keepers
from intake.cli.serving.rounds import Rounds
from intake.cli.serving.server import Address, Server
from intake.mail.mailer import Mailer
from intake.services.checkpoints import Checkpoints
from intake.services.housekeeping import Housekeeping
from intake.services.kept_beside import KeptBeside
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
    address, certificate = Address(settings.host, settings.port), certificate_of(settings)
    address.require_free()
    log_elsewhere = carrying(settings)
    lines.set_up(level, log_elsewhere)
    say_of_the_directory(place)
    rounds = Rounds(
        Postman(place, mailer),
        Housekeeping(place),
        Checkpoints(place, keepers(settings)),
        KeptBeside(place),
    )
    Server(
        create_app(settings, place),
        address=address,
        certificate=certificate,
        beside=(rounds,) if log_elsewhere is None else (log_elsewhere, rounds),
        announce=announce,
    ).run()


def say_of_the_directory(place: Workplace) -> None:
    """Write one line on what the stored check of the directory in force found; nothing is checked anew.

    It is a warning where a council has a gap that nobody accepted, or nobody has looked so far ahead.
    """
    with place.reading() as services:
        version = services.directory.version
        found = services.directory_checks.of(version)
    # As above: the workers open connections of their own.
    place.database.close()
    log = structlog.get_logger()
    if found is None:
        log.warning("directory.not_checked", version=version)
        return
    councils = found.authorities
    say = log.info if found.reaches(place.tools.clock.now()) else log.warning
    say(
        "directory.checked",
        version=version,
        checked_at=found.checked_at.isoformat(),
        until=found.until.isoformat(),
        gaps=[one.code for one in councils if one.gaps],
        gaps_accepted=[one.code for one in councils if one.accepted],
        unknown_hours=[slug for one in councils for slug in one.unknown_hours],
        never_reached=[slug for one in councils for slug in one.unreached],
        numbers_not_checked=sum(len(one.not_checked) for one in councils),
    )

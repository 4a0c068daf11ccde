"""The directory the program ships with, brought into the database: taken, offered or known already."""

from collections.abc import Mapping

from intake.routing.directory_folder import directory_of, read_texts
from intake.services.directory_check import CheckFound, check
from intake.services.directory_loading import Loaded
from intake.services.workplace import Workplace


def load_shipped(place: Workplace) -> Loaded:
    """Take the shipped directory where nobody has approved another, else offer it; once for each version."""
    shipped = place.tools.shelf.shipped
    with place.reading() as services:
        if services.directory_loading.is_known(shipped.version):
            return Loaded.KNOWN
    found = check(shipped, place.tools.clock.now())
    with place.writing() as services:
        return services.directory_loading.load(shipped, read_texts(), found)


def bring_files(place: Workplace, files: Mapping[str, str], reason: str) -> CheckFound:
    """Propose files as a change to the directory in force, and return what the check of the whole found.

    Raises `DataFault` where a file cannot be taken, and `Refused` where they change nothing.
    """
    with place.reading() as services:
        base = services.directory.version
        texts = {**services.directory_versions.texts(base), **files}
    found = check(directory_of(texts), place.tools.clock.now())
    with place.writing() as services:
        services.directory_loading.bring(base, texts, found, reason)
    return found

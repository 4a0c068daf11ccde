"""The directories one process has read: made once from their texts, and the same for everybody who asks."""

from collections.abc import Callable, Mapping

from intake.routing.directory import Directory
from intake.routing.directory_folder import directory_of

_MOST = 4


class Shelf:
    """Holds the last few versions asked for; a version's texts never change, nor what they make."""

    def __init__(self, shipped: Directory) -> None:
        self.shipped = shipped
        #: The newest one that this process has seen in force: what there is to go by without a database.
        self.latest = shipped
        self._read: dict[str, Directory] = {shipped.version: shipped}

    def take(self, version: str, texts: Callable[[], Mapping[str, str]]) -> Directory:
        """Return one version, reading its texts where it is not at hand; raises `DataFault`."""
        found = self._read.get(version)
        if found is None:
            found = directory_of(texts())
            self._read = dict([*self._read.items(), (version, found)][-_MOST:])
        return found

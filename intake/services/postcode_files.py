"""Opening what the Office for National Statistics publishes: a CSV, or the ZIP with the CSV inside."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TextIO

from intake.errors import Refused

#: The one whole file of the ZIP; beside it are the same rows again, one file for each postcode area.
_WHOLE = re.compile(r"(?:ONSPD|NSPL)[^/]*\.csv", re.IGNORECASE)
_IN_PIECES = "multi_csv"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATED = re.compile(rf"({'|'.join(_MONTHS)})[A-Z]*[ _-]?(20[0-9]{{2}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """One published file, opened: its own name, and its lines."""

    name: str
    lines: TextIO

    def released_on(self) -> date | None:
        """The month its name says, as the first day of it."""
        found = _DATED.search(self.name)
        return date(int(found[2]), _MONTHS.index(found[1].upper()) + 1, 1) if found else None


@contextmanager
def opened(path: Path) -> Iterator[Published]:
    """Open a CSV or the CSV within a ZIP, to be read line by line; raises `Refused` where there is none."""
    try:
        if not zipfile.is_zipfile(path):
            _refuse_cut_zip(path)
            with path.open(encoding="utf-8-sig", newline="") as lines:
                yield Published(path.name, lines)
            return
        with zipfile.ZipFile(path) as archive:
            member = _member(archive, path)
            with archive.open(member) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as lines:
                yield Published(PurePosixPath(member).name, lines)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused("file", f"{path}: the ZIP is broken: {error}. Fetch it again.") from error
    except OSError as error:
        raise Refused("file", f"{path}: {error.strerror or error}") from error


def _refuse_cut_zip(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            raise Refused("file", f"{path}: the ZIP is not whole. Fetch it again.")


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    found = [
        name
        for name in archive.namelist()
        if _WHOLE.fullmatch(PurePosixPath(name).name) and _IN_PIECES not in PurePosixPath(name).parts
    ]
    if len(found) != 1:
        named = ", ".join(found) or "none"
        raise Refused(
            "file", f"{path}: one file named ONSPD...csv or NSPL...csv is looked for in it; found: {named}."
        )
    return found[0]

"""When hours are open, as a library of another language reads them: nothing of it is ours."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

_READER = Path(__file__).parent / "second_reader.mjs"
_NODE = Path(sys.executable).parent / "node"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: From when to when a desk is open without a break; the end is not included.
Spans = tuple[tuple[datetime, datetime], ...]


def open_spans(hours: dict[str, tuple[str, str]], begins: datetime, ends: datetime) -> dict[str, Spans]:
    """Read hours given as (nation, notation), each by its own name."""
    asked = {
        "from": begins.isoformat(),
        "to": ends.isoformat(),
        "hours": [{"nation": nation, "notation": notation} for nation, notation in hours.values()],
    }
    said = subprocess.run(
        [_NODE, _READER, json.dumps(asked)],
        env={**os.environ, "TZ": "Europe/London"},
        capture_output=True,
        check=True,
        text=True,
    )
    lines = (json.loads(line) for line in said.stdout.splitlines())
    return {name: _joined(found) for name, found in zip(hours, lines, strict=True)}


def _joined(minutes: list[list[int]]) -> Spans:
    """Put together what that library parts at midnight."""
    joined: list[tuple[datetime, datetime]] = []
    for first, last in minutes:
        begins, ends = _EPOCH + timedelta(minutes=first), _EPOCH + timedelta(minutes=last)
        if joined and joined[-1][1] == begins:
            begins = joined.pop()[0]
        joined.append((begins, ends))
    return tuple(joined)

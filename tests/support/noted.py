"""Whether the trail has a digest of all sealed words: else older ones put back would not show."""

import hashlib
import json

from sqlalchemy import select

from intake.audit.recorded import SEALED
from intake.crypto.inventory import SEALED_COLUMNS
from intake.models import METADATA
from intake.services.keys import UNRECORDED
from intake.services.sealed_rows import sealed_rows
from tests.support.place import TestPlace

_DETAIL = METADATA.tables["audit_entry"].c.detail


def noted(place: TestPlace) -> dict[str, bool]:
    """Return of each column with words about children whether a digest of all that is kept in it is there."""
    told = dict[str, bool]()
    with place.reading() as services:
        session = services.unit.session
        details = [json.loads(detail) for detail in session.scalars(select(_DETAIL))]
        digests = {tuple(each) for detail in details for each in detail.get(SEALED, ())}
        for column in (each for each in SEALED_COLUMNS if each.compartment not in UNRECORDED):
            name = f"{column.table}.{column.column}"
            for row_id, _case_id, version, blob in session.execute(sealed_rows(column)):
                entered = (name, str(row_id), version, hashlib.sha256(blob).hexdigest()) in digests
                told[name] = entered and told.get(name, True)
    return told

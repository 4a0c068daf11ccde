"""A database knows its own key ring, and refuses any other."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from intake.audit.chain import PLATFORM
from intake.audit.log import AuditLog
from intake.clock import SetClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Unit
from intake.errors import KeysMissing
from intake.models.audit import AuditEntry
from intake.services.installation import Installations, Installed

_CLOCK = SetClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
_RING = KeyRing.new()


def _installations(unit: Unit, key_ring: KeyRing = _RING) -> Installations:
    return Installations(unit, _CLOCK, key_ring, AuditLog(unit, _CLOCK, key_ring))


def test_a_new_database_belongs_to_no_ring_yet(database: Database) -> None:
    with database.reading() as unit:
        assert _installations(unit).recognise() is None


@pytest.mark.parametrize("sample", [True, False])
def test_a_database_is_marked_once_and_knows_its_ring_again(database: Database, *, sample: bool) -> None:
    for _ in range(2):
        with database.writing() as unit:
            _installations(unit).begin(sample=sample)
    with database.reading() as unit:
        assert _installations(unit).recognise() == Installed(_RING.fingerprint(), sample)
        entry = unit.session.scalars(select(AuditEntry)).one()
    assert (entry.organisation_id, entry.event) == (PLATFORM, "keys.created")
    assert json.loads(entry.detail) == {"fingerprint": _RING.fingerprint(), "root_kid": 1}


def test_another_ring_is_refused_and_both_are_named(database: Database) -> None:
    other = KeyRing.new()
    with database.writing() as unit:
        _installations(unit).begin(sample=False)
    with database.reading() as unit, pytest.raises(KeysMissing) as refused:
        _installations(unit, other).recognise()
    assert _RING.fingerprint() in str(refused.value)
    assert other.fingerprint() in str(refused.value)

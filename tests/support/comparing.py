"""The records compared with the trail, as `intake audit verify --records` does."""

from intake.audit.attested import Attested
from intake.audit.trail import Trail
from intake.services.record_check import RecordCheck, RecordsChecked
from tests.support.place import TestPlace


def compare(place: TestPlace) -> RecordsChecked:
    """Check every chain of this tier, which must be whole, and the records by what they say."""
    with place.reading() as services:
        session, tier, attested = services.unit.session, place.tools.tier, Attested()
        trail = Trail(session, place.tools.key_ring, tier)
        assert all(trail.check(each, attested).whole for each in trail.organisations())
        trail.take_theirs(attested)
        return RecordCheck(session, attested, tier, whole=True).run()

"""A database that can only be read, over HTTP: people go on reading, and every page says how things stand."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake.audit.spool import Spool
from intake.services.kept_beside import KeptBeside
from tests.factories.people import People
from tests.factories.school import make_school
from tests.support.only_read import only_read
from tests.support.place import TestPlace
from tests.support.web import make_app, signed_in

_BANNER = "Nothing new could be kept just now."


def test_people_go_on_reading_and_are_told_that_nothing_can_be_sent(place: TestPlace, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", place.tools.key_ring)
    sinks = TestPlace(place.database, replace(place.tools, spool=spool))
    school = make_school(sinks, People(sinks))
    concern = school.record()
    office = signed_in(make_app(sinks), sinks, school.lead)
    assert _BANNER not in office.get("/concerns").text
    form = office.get(f"/concerns/{concern}/keep").form("Keep in school")
    with only_read(sinks.database):
        assert "silver car" in office.get(f"/concerns/{concern}").text
        assert _BANNER in office.get("/concerns").text
        told = form.fill(reason="Her gran collects her.").submit(status=503)
        assert told.shown.heading == "We could not confirm that this was saved"
    assert KeptBeside(sinks).round() > 1
    assert _BANNER not in office.get("/concerns").text


@pytest.mark.parametrize("second", ["none", "not mounted"])
def test_where_neither_takes_the_record_a_page_gives_the_number_to_ring_and_no_word(
    place: TestPlace, tmp_path: Path, second: str
) -> None:
    spool = None if second == "none" else Spool(tmp_path / "not mounted" / "spool", place.tools.key_ring)
    sinks = TestPlace(place.database, replace(place.tools, spool=spool))
    school = make_school(sinks, People(sinks))
    concern = school.record()
    office = signed_in(make_app(sinks), sinks, school.lead)
    with only_read(sinks.database):
        told = office.get(f"/concerns/{concern}", status=503)
    assert "silver" not in told.text
    assert "0151 907 8305" in told.shown.links

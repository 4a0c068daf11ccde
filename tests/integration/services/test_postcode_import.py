"""Importing the postcode directory, whole or not at all, the old one answering until then; looking it up."""

import logging
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.audit.events.keeping import PlacesLoaded
from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import IntakeError, Refused
from intake.models.audit import AuditEntry
from intake.models.places import Postcode, PostcodeRelease
from intake.queries.places import Places
from intake.queries.postcode_releases import finished_releases, newest_release
from intake.routing.codes import Reason
from intake.routing.directory_folder import read_directory
from intake.routing.places import Located
from intake.services.postcode_import import Asked, Imported, PostcodeImport

HEADER = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,ctry25cd,pfa23cd\n"
DIRECTORY = read_directory()
HALTON, CARDIFF, ESSEX, CHESTER = "E06000006", "W06000015", "E10000012", "E06000050"

#: Postcode, ended, county, district, country, police area.
ROWS = (
    ("WA7 4GX", "", "E99999999", HALTON, "E92000001", "E23000006"),
    ("WA7 4GY", "", "E99999999", HALTON, "E92000001", "E23000006"),
    ("WA7 6AA", "", "E99999999", CHESTER, "E92000001", "E23000006"),
    ("WA7 6AB", "201903", "E99999999", CHESTER, "E92000001", "E23000006"),
    ("WA7 9ZZ", "", "", "", "E92000001", ""),
    ("CM1 1AA", "", ESSEX, "E07000070", "E92000001", "E23000028"),
    ("CF10 4UW", "", "W99999999", CARDIFF, "W92000004", "W15000003"),
    ("CF11 1ZZ", "201903", "W99999999", CARDIFF, "W92000004", "W15000003"),
    ("TD15 1XX", "", "E99999999", "E06000057", "E92000001", "E23000007"),
    ("TD15 1TX", "", "S99999999", "S12000026", "S92000003", "S23000009"),
    ("DG1 1AA", "", "S99999999", "S12000006", "S92000003", "S23000009"),
    ("JE2 3AB", "", "L99999999", "L99999999", "L93000001", "L99999999"),
)


def line(row: tuple[str, ...]) -> str:
    postcode, ended, *codes = row
    return ",".join((postcode, postcode, postcode, "198001", ended, *codes)) + "\n"


def csv_of(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return HEADER + "".join(line(row) for row in rows)


@pytest.fixture
def key_ring(tmp_path: Path) -> KeyRing:
    return KeyRing.create(tmp_path / "keys" / "keyring.json")


class Importing:
    """A database to import into."""

    def __init__(self, database: Database, key_ring: KeyRing, folder: Path) -> None:
        self.database = database
        self._folder = folder
        self._import = PostcodeImport(database, SystemClock(), key_ring)

    def text(self, written: str, name: str = "ONSPD_MAY_2025_UK.csv", *, part: bool = True) -> Imported:
        path = self._folder / name
        path.write_text(written, encoding="utf-8")
        return self.file(path, part=part)

    def file(self, path: Path, *, part: bool = True, released_on: date | None = None) -> Imported:
        asked = Asked(file=path, source="the ONS", by="an operator", part=part, released_on=released_on)
        return self._import.run(asked)

    def locate(self, typed: str) -> Located:
        with self.database.reading() as unit:
            return Places(unit.session, DIRECTORY).locate(typed)

    def rows(self) -> int:
        with self.database.reading() as unit:
            return unit.session.scalar(select(func.count()).select_from(Postcode)) or 0

    def releases(self) -> list[str]:
        with self.database.reading() as unit:
            return [release.name for release in finished_releases(unit.session)]


@pytest.fixture
def importing(database: Database, key_ring: KeyRing, tmp_path: Path) -> Importing:
    return Importing(database, key_ring, tmp_path)


def council(found: Located) -> str | None:
    return None if found.authority is None else found.authority.code


def test_a_release_is_imported_recorded_and_answers(importing: Importing) -> None:
    done = importing.text(csv_of())
    assert (done.name, done.released_on) == ("ONSPD_MAY_2025_UK.csv", date(2025, 5, 1))
    assert (done.seen.rows, done.seen.terminated, done.seen.councils[None]) == (12, 2, 4)
    with importing.database.reading() as unit:
        release = newest_release(unit.session)
        assert release is not None
        assert (release.loaded_by, release.source, release.row_count) == ("an operator", "the ONS", 12)
        assert release.finished_at is not None
        entry = unit.session.scalars(select(AuditEntry).where(AuditEntry.event == PlacesLoaded.NAME)).one()
    assert '"released_on":"2025-05-01"' in entry.detail
    assert release.sha256.hex() in entry.detail


def test_before_any_import_the_shipped_rows_answer(importing: Importing) -> None:
    assert council(importing.locate("WA8 7QF")) == HALTON
    assert importing.locate("WA7 4GX").because is Reason.WHICH_COUNCIL
    assert importing.locate("SW1A 1AA").because is Reason.POSTCODE_NOT_LISTED


@pytest.mark.parametrize(
    ("typed", "code", "force"),
    [
        ("WA7 4GX", HALTON, "cheshire"),
        (" wa7-4gx ", HALTON, "cheshire"),
        ("WA7 6AA", CHESTER, "cheshire"),
        ("CM1 1AA", ESSEX, "essex"),
        ("CF1O 4UW", None, None),
        ("CF10 4UW", CARDIFF, "south-wales"),
    ],
)
def test_a_postcode_has_one_council_and_its_police(
    importing: Importing, typed: str, code: str | None, force: str | None
) -> None:
    importing.text(csv_of())
    found = importing.locate(typed)
    assert (council(found), found.police_force, found.terminated_on) == (code, force, None)


def test_in_two_tier_england_it_is_the_county(importing: Importing) -> None:
    importing.text(csv_of())
    found = importing.locate("CM1 1AA").authority
    assert found is not None
    assert (found.code, found.name) == (ESSEX, "Essex")


def test_a_postcode_no_longer_in_use_keeps_its_council_and_says_since_when(importing: Importing) -> None:
    importing.text(csv_of())
    found = importing.locate("CF11 1ZZ")
    assert (council(found), found.terminated_on) == (CARDIFF, date(2019, 3, 1))


@pytest.mark.parametrize(
    "typed", ["TD15 1TX", "DG1 1AA", "DG1 9ZZ", "DG1", "JE2 3AB", "JE2", "EH1 1AA", "BT1 1AA"]
)
def test_scotland_and_the_islands_get_a_plain_answer(importing: Importing, typed: str) -> None:
    importing.text(csv_of())
    found = importing.locate(typed)
    assert (found.authority, found.candidates) == (None, ())
    assert found.because is Reason.OUTSIDE_ENGLAND_AND_WALES


@pytest.mark.parametrize(
    ("typed", "because", "councils"),
    [
        ("WA7", Reason.WHICH_COUNCIL, [HALTON, CHESTER]),
        ("WA7 4", Reason.WHICH_COUNCIL, [HALTON, CHESTER]),
        ("WA7 9ZZ", Reason.WHICH_COUNCIL, [HALTON, CHESTER]),
        ("WA7 4XX", Reason.POSTCODE_NOT_FOUND, [HALTON, CHESTER]),
        ("CF11", Reason.WHICH_COUNCIL, [CARDIFF]),
        ("TD15", Reason.WHICH_COUNCIL, ["E06000057"]),
    ],
)
def test_the_first_half_gives_the_councils_it_reaches_into(
    importing: Importing, typed: str, because: Reason, councils: list[str]
) -> None:
    importing.text(csv_of())
    found = importing.locate(typed)
    assert (found.authority, found.because) == (None, because)
    assert [candidate.code for candidate in found.candidates] == councils


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("BFPO 61", Reason.FORCES_ADDRESS),
        ("by the river", Reason.NOT_A_POSTCODE),
        ("SW1A 1AA", Reason.POSTCODE_NOT_LISTED),
    ],
)
def test_what_no_row_begins_like_is_answered_by_the_shipped_rows(
    importing: Importing, typed: str, because: Reason
) -> None:
    importing.text(csv_of())
    assert importing.locate(typed).because is because
    assert council(importing.locate("WA8 7QF")) == HALTON


def test_a_newer_release_takes_over_and_the_rows_before_it_go(importing: Importing) -> None:
    importing.text(csv_of())
    moved = (("WA7 4GX", "", "E99999999", CHESTER, "E92000001", "E23000006"),)
    importing.text(csv_of(moved), "NSPL21_AUG_2025_UK.csv")
    assert council(importing.locate("WA7 4GX")) == CHESTER
    assert importing.rows() == 1
    assert importing.releases() == ["NSPL21_AUG_2025_UK.csv", "ONSPD_MAY_2025_UK.csv"]


_SPOILT = {
    "another kind of file": ("name,street\nx,y\n", "line 1: postcode: there is no such column"),
    "a line cut off": (csv_of()[:-30], "line 13: lad25cd: the line has 7 fields and the first line 9"),
    "a postcode that is none": (
        csv_of() + line(("NOWHERE", *ROWS[0][1:])),
        "line 14: pcds: is not a postcode",
    ),
    "a postcode that stands twice": (csv_of() + line(ROWS[0]), "line 14: pcds: a postcode of the last"),
    "a quotation without an end": (csv_of() + '"WA7', "cannot be read"),
    "nothing but a first line": (HEADER, "Nothing was changed: the file is empty"),
}


@pytest.mark.parametrize("spoilt", _SPOILT)
def test_a_file_that_cannot_be_taken_changes_nothing_and_says_where(
    importing: Importing, spoilt: str
) -> None:
    importing.text(csv_of())
    written, said = _SPOILT[spoilt]
    with pytest.raises(IntakeError) as fault:
        importing.text(written, "ONSPD_AUG_2025_UK.csv")
    assert said in str(fault.value)
    assert council(importing.locate("WA7 4GX")) == HALTON
    assert importing.rows() == len(ROWS)
    with importing.database.reading() as unit:
        assert unit.session.scalars(select(PostcodeRelease.name)).all() == ["ONSPD_MAY_2025_UK.csv"]
        assert unit.session.scalar(select(func.count()).where(AuditEntry.event == PlacesLoaded.NAME)) == 1


def test_a_file_that_stops_short_of_the_country_is_refused_unless_that_is_meant(importing: Importing) -> None:
    with pytest.raises(IntakeError, match="line 13: pcds: the file ends here without 116 postcode areas"):
        importing.text(csv_of(), part=False)
    assert importing.rows() == 0


def test_what_a_killed_import_left_behind_neither_answers_nor_stays(importing: Importing) -> None:
    with importing.database.writing() as unit:
        unit.session.add(
            PostcodeRelease(
                id=7,
                name="ONSPD_FEB_2025_UK.csv",
                released_on=date(2025, 2, 1),
                source="",
                sha256=b"",
                whole=True,
                row_count=0,
                begun_at=SystemClock().now(),
                loaded_by="",
            )
        )
        unit.session.add(Postcode(release_id=7, outward="WA7", inward="4GX", authority_code=CARDIFF))
    assert importing.locate("WA7 4GX").because is Reason.WHICH_COUNCIL
    importing.text(csv_of())
    assert importing.rows() == len(ROWS)
    assert importing.releases() == ["ONSPD_MAY_2025_UK.csv"]


def zipped(path: Path, *names: str, text: str | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, csv_of() if text is None else text)
    return path


def test_the_published_zip_is_read_as_it_is(importing: Importing, tmp_path: Path) -> None:
    pieces = ("Data/multi_csv/ONSPD_MAY_2025_UK_WA.csv", "Documents/names.csv", "User Guide/guide.pdf")
    path = zipped(tmp_path / "fetched.zip", "Data/ONSPD_MAY_2025_UK.csv", *pieces)
    assert importing.file(path).name == "ONSPD_MAY_2025_UK.csv"
    assert council(importing.locate("WA7 4GX")) == HALTON


def test_a_zip_without_the_one_file_is_refused(importing: Importing, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"found: none\."):
        importing.file(zipped(tmp_path / "a.zip", "Documents/names.csv"))
    with pytest.raises(Refused, match=r"found: a/NSPL_MAY_2025\.csv, ONSPD_MAY_2025\.csv\."):
        importing.file(zipped(tmp_path / "b.zip", "a/NSPL_MAY_2025.csv", "ONSPD_MAY_2025.csv"))


def test_a_zip_that_is_cut_off_or_spoilt_is_refused(importing: Importing, tmp_path: Path) -> None:
    path = zipped(tmp_path / "ONSPD.zip", "ONSPD_MAY_2025_UK.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="the ZIP is not whole"):
        importing.file(path)
    middle = whole.index(b".csv") + 40
    path.write_bytes(
        whole[:middle] + bytes(byte ^ 0xFF for byte in whole[middle : middle + 8]) + whole[middle + 8 :]
    )
    with pytest.raises(Refused, match="the ZIP is broken"):
        importing.file(path)
    assert importing.rows() == 0


def test_a_file_that_is_not_there_is_refused(importing: Importing, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.csv: No such file"):
        importing.file(tmp_path / "nowhere.csv")


def test_a_file_whose_name_says_no_month_needs_one_said(importing: Importing, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="say of which month it is"):
        importing.text(csv_of(), "postcodes.csv")
    done = importing.file(tmp_path / "postcodes.csv", released_on=date(2024, 11, 1))
    assert done.released_on == date(2024, 11, 1)


def test_a_postcode_that_is_looked_up_is_in_no_log(
    importing: Importing, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    importing.text(csv_of())
    caplog.set_level(logging.DEBUG, "sqlalchemy")
    with closing(Database(database_url)) as talkative, talkative.reading() as unit:
        places = Places(unit.session, DIRECTORY)
        assert places.locate("WA7 4GX").authority is not None
        assert places.locate("WA7 4XX").candidates
    assert "FROM postcode" in caplog.text
    assert not any(part in caplog.text for part in ("4GX", "4XX", "WA7"))

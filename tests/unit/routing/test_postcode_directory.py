"""The ONS postcode directory by whatever names of columns; what is wrong is named by line and column."""

import csv
import io
from datetime import date

import pytest

from intake.routing.postcode_directory import AREAS, PostcodeFile, PostcodeRow
from intake.routing.toml_table import DataFault

#: The same five columns and the police, in the order and by the names of four releases.
RELEASES = {
    "ONSPD 2012": "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,ctry",
    "ONSPD 2023": "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,ctry,rgn,pfa,imd",
    "NSPL 2023": "pcd,pcd2,pcds,dointr,doterm,usertype,oa21,cty,ced,laua,ward,ctry,rgn,pfa,imd,icb",
    "ONSPD 2025": "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,ctry25cd,pfa23cd,imd20ind",
}
HALTON = {
    "pcds": "WA8 7QF",
    "dointr": "198001",
    "oscty": "E99999999",
    "oslaua": "E06000006",
    "ctry": "E92000001",
    "pfa": "E23000006",
}
_SAME = {
    "cty": "oscty",
    "cty25cd": "oscty",
    "laua": "oslaua",
    "lad25cd": "oslaua",
    "ctry25cd": "ctry",
    "pfa23cd": "pfa",
    "pcd": "pcds",
    "pcd7": "pcds",
}


def text(*rows: dict[str, str], release: str = "ONSPD 2023") -> str:
    """Write rows as a release would."""
    header = RELEASES[release].split(",")
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([[row.get(_SAME.get(name, name), "") for name in header] for row in rows])
    return written.getvalue()


def read(written: str) -> list[PostcodeRow]:
    return list(PostcodeFile("ONSPD.csv", written.splitlines(keepends=True)).rows())


def refused(written: str) -> str:
    with pytest.raises(DataFault) as fault:
        read(written)
    return str(fault.value)


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_says_the_same_by_other_names(release: str) -> None:
    written = text({**HALTON, "doterm": "201903"}, release=release)
    police = None if release == "ONSPD 2012" else "E23000006"
    assert read(written) == [PostcodeRow("WA8", "7QF", "E06000006", police, "E", date(2019, 3, 1))]
    file = PostcodeFile("x", written.splitlines())
    assert file.knows_police == (release != "ONSPD 2012")


@pytest.mark.parametrize(
    ("county", "district", "council"),
    [
        ("E10000012", "E07000066", "E10000012"),
        ("E99999999", "E06000006", "E06000006"),
        ("E11000002", "E08000012", "E08000012"),
        ("E13000001", "E09000007", "E09000007"),
        ("W99999999", "W06000015", "W06000015"),
        ("S99999999", "S12000033", None),
        ("E99999999", "E07000066", None),
        ("", "", None),
    ],
)
def test_the_county_has_the_duty_where_there_is_a_real_one(
    county: str, district: str, council: str | None
) -> None:
    (row,) = read(text({**HALTON, "oscty": county, "oslaua": district}))
    assert row.authority_code == council


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("W92000004", "W"),
        ("S92000003", "S"),
        ("N92000002", "N"),
        ("L93000001", "L"),
        ("M83000003", "M"),
        ("", None),
    ],
)
def test_the_nation_is_taken_from_the_file(code: str, country: str | None) -> None:
    (row,) = read(text({**HALTON, "ctry": code}))
    assert row.country == country


@pytest.mark.parametrize("code", ["S23000009", "E99999999", ""])
def test_what_stands_for_no_police_force_is_none(code: str) -> None:
    (row,) = read(text({**HALTON, "pfa": code}))
    assert row.police_area is None


@pytest.mark.parametrize("typed", ["WA8 7QF", "WA8  7QF", "WA87QF"])
def test_a_postcode_is_read_whatever_its_spaces(typed: str) -> None:
    (row,) = read(text({**HALTON, "pcds": typed}))
    assert (row.outward, row.inward) == ("WA8", "7QF")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("pcds", "WA8", "line 3: pcds: is not a postcode"),
        ("pcds", "7QF WA8", "line 3: pcds: is not a postcode"),
        ("doterm", "March 2019", "line 3: doterm: must be empty, or a year and month such as 201903"),
        ("doterm", "201913", "line 3: doterm: must be empty, or a year"),
        ("oslaua", "Halton", "line 3: oslaua: must be empty, or a code of nine"),
        ("oscty", "00", "line 3: oslaua: must be empty, or a code of nine"),
        ("ctry", "921", "line 3: ctry: is the code of no country"),
        ("pfa", "Cheshire", "line 3: pfa: must be empty, or a code of nine"),
    ],
)
def test_what_cannot_be_taken_is_named_by_line_and_column(field: str, value: str, said: str) -> None:
    assert f"ONSPD.csv, {said}" in refused(text(HALTON, {**HALTON, field: value}))


def test_a_line_that_is_cut_off_is_named_with_its_last_column() -> None:
    whole = text(HALTON, HALTON)
    assert "line 3: oscty: the line has 6 fields and the first line 13" in refused(
        whole[: whole.rindex(',"","E06')]
    )
    assert "line 3: imd: the line has 14 fields" in refused(whole.rstrip() + ",5")
    assert refused(text(HALTON) + "\n").startswith("ONSPD.csv, line 3: imd: the line has 0 fields")


def test_a_quotation_that_never_ends_is_named() -> None:
    said = refused(text(HALTON).rstrip()[:-1])
    assert said.startswith("ONSPD.csv, line 3: the whole line: cannot be read")


def test_another_kind_of_file_is_refused_by_its_first_line() -> None:
    said = refused("pcds,name\n")
    assert said.startswith(
        "ONSPD.csv, line 1: terminated: there is no such column, by any of these names: doterm"
    )
    assert "line 1: postcode: there is no such column" in refused("")


def test_of_two_columns_that_fit_the_newest_is_taken() -> None:
    written = "pcds,doterm,cty25cd,lad23cd,lad25cd,ctry25cd\nWA8 7QF,,,E06000050,E06000006,E92000001\n"
    assert read(written)[0].authority_code == "E06000006"


def test_a_file_that_stops_short_is_noticed() -> None:
    assert len(AREAS) == 121
    file = PostcodeFile("ONSPD.csv", text(HALTON).splitlines())
    assert list(file.rows())
    with pytest.raises(
        DataFault, match=r"line 2: pcds: the file ends here without 120 postcode areas, such as"
    ):
        file.require_whole()
    file.areas.update(AREAS)
    file.require_whole()


def test_the_area_of_a_postcode_is_its_first_letters() -> None:
    rows = ({**HALTON, "pcds": postcode} for postcode in ("B1 1AA", "CF10 3NQ", "E1W 1AA", "WA8 7QF"))
    file = PostcodeFile("ONSPD.csv", text(*rows).splitlines())
    assert len(list(file.rows())) == 4
    assert file.areas == {"B", "CF", "E", "WA"}


def test_a_reader_may_refuse_the_line_it_has_come_to() -> None:
    file = PostcodeFile("ONSPD.csv", text(HALTON).splitlines())
    assert (next(file.rows()).outward, file.line) == ("WA8", 2)
    with pytest.raises(DataFault, match=r"^ONSPD\.csv, line 2: pcds: stands twice"):
        file.refuse("stands twice", ValueError())

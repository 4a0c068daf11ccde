"""A fault in a data file is named by file, line and field."""

from collections.abc import Callable

import pytest

from intake.routing.toml_table import DataFault, Table, read_table
from intake.vocabulary import Nation

TEXT = """\
title = "a file"

[authority]
name = "Halton"
nation = "scotland"

[[service]]
slug = "first"
[service.hours]
notation = 24

[[service]]
slug = 7
[service.hours]
unknown = "yes"
"""


def fault(read: Callable[[Table], object], text: str = TEXT) -> str:
    with pytest.raises(DataFault) as raised:
        read(read_table("halton.toml", text))
    return str(raised.value)


def services(table: Table) -> list[Table]:
    return list(table.tables("service"))


def test_a_file_that_is_not_toml_is_named_with_the_readers_own_line() -> None:
    with pytest.raises(DataFault, match=r"halton\.toml, line 2: the whole file: "):
        read_table("halton.toml", 'name = "x"\nnation = england\n')


def test_a_file_that_stops_short_is_named_without_a_line() -> None:
    assert fault(Table.done, 'name = "x"\nnation = ') == (
        "halton.toml: the whole file: Invalid value (at end of document)"
    )


def test_a_file_too_deep_to_read_is_named() -> None:
    assert fault(Table.done, f"x = {'[' * 100_000}") == (
        "halton.toml: the whole file: has something in it that is too deep or too long"
    )


def test_a_fault_says_by_itself_which_field_it_is_about() -> None:
    with pytest.raises(DataFault) as raised:
        read_table("halton.toml", TEXT).table("authority").flag("name")
    assert raised.value.at == "authority.name"


def test_a_wrong_choice_is_named_by_its_line() -> None:
    said = fault(lambda root: root.table("authority").choice("nation", Nation))
    assert said == "halton.toml, line 5: authority.nation: must be one of england, wales"


def test_the_second_table_of_a_list_is_not_mistaken_for_the_first() -> None:
    assert fault(lambda root: services(root)[1].words("slug")).startswith(
        "halton.toml, line 13: service.slug"
    )
    hours = fault(lambda root: services(root)[1].table("hours").flag("unknown"))
    assert hours == "halton.toml, line 15: service.hours.unknown: must be true or false"
    notation = fault(lambda root: services(root)[0].table("hours").words("notation"))
    assert notation.startswith("halton.toml, line 10: service.hours.notation")


def test_a_missing_field_is_named_by_the_line_of_its_table() -> None:
    assert fault(lambda root: services(root)[1].words("kind")) == (
        "halton.toml, line 12: service.kind: is missing"
    )
    assert fault(lambda root: root.words("version")) == "halton.toml: version: is missing"


@pytest.mark.parametrize(
    ("text", "read", "why"),
    [
        ("name = ' '", lambda t: t.words("name"), "must be words"),
        ("on = '2026-11-23'", lambda t: t.maybe_day("on"), "must be a date"),
        ("on = 2026-11-23T10:00:00", lambda t: t.maybe_day("on"), "must be a date"),
        ("covers = 'E06000006'", lambda t: t.several_words("covers"), "must be a list of words"),
        ("covers = [6]", lambda t: t.several_words("covers"), "must be a list of words"),
        ("hours = '24/7'", lambda t: t.table("hours"), "must be a table of its own"),
        ("phone = '999'", lambda t: list(t.tables("phone")), "must be a list of tables"),
        ("phone = ['999']", lambda t: list(t.tables("phone")), "must be a list of tables"),
        ("[[phone]]\n" * 101, lambda t: list(t.tables("phone")), "more than 100 of these are not taken"),
        (f"name = '{'x' * 2001}'", lambda t: t.words("name"), "is longer than 2000 characters"),
        ('name = "a\\u0000b"', lambda t: t.words("name"), "a character in it that cannot be seen"),
        ('name = "a\\u202eb"', lambda t: t.words("name"), "a character in it that cannot be seen"),
        ("on = 9999-12-31", lambda t: t.day("on"), "must be of a year from 1900 to 2199"),
        ("on = 1899-12-31", lambda t: t.day("on"), "must be of a year from 1900 to 2199"),
        ("at = 2200-01-01T00:00:00", lambda t: t.moment("at"), "must be of a year from 1900 to 2199"),
        ("minutes = 527041", lambda t: t.number("minutes"), "must be at most 527040"),
        (f"minutes = {'9' * 5000}", lambda t: t.number("minutes"), "too deep or too long"),
    ],
)
def test_a_field_of_the_wrong_shape_is_refused(text: str, read: Callable[[Table], object], why: str) -> None:
    assert why in fault(read, text)


def test_as_much_as_is_taken_is_taken() -> None:
    words = "x" * 1999 + "\\n"
    root = read_table(
        "x.toml",
        f'name = "{words}"\non = 2199-12-31\nsince = 1900-01-01\nminutes = 527040\n' + "[[phone]]\n" * 100,
    )
    assert len(root.words("name")) == 2000
    assert (root.day("on").year, root.day("since").year, root.number("minutes")) == (2199, 1900, 527040)
    assert len(list(root.tables("phone"))) == 100


def test_a_misspelt_field_is_not_left_out_in_silence() -> None:
    def read(root: Table) -> None:
        root.words("name")
        root.done()

    assert fault(read, "name = 'x'\nphoen = '999'") == (
        "halton.toml, line 2: phoen: is not a field of this format"
    )


def test_what_need_not_be_there_need_not_be_there() -> None:
    root = read_table("x.toml", "")
    assert root.maybe_words("note") is None
    assert root.maybe_day("checked_on") is None
    assert root.maybe_table("written") is None
    assert root.several_words("covers") == ()
    assert not root.flag("everywhere")
    assert list(root.tables("service")) == []
    root.done()

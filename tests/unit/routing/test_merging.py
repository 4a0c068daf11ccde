"""Two people's changes to the same texts: both are kept where they do not touch, and nothing is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.routing.merging import LineChange, line_changes, merge

BASE = {"a.toml": "one\ntwo\nthree\nfour\nfive\n", "b.toml": "b\n"}
LINES = st.lists(st.sampled_from("abcde"), max_size=8).map(
    lambda lines: "".join(f"{each}\n" for each in lines)
)


def changed(text: str, name: str = "a.toml") -> dict[str, str]:
    return {**BASE, name: text}


def test_changes_to_different_lines_are_both_kept() -> None:
    merged = merge(BASE, changed("ONE\ntwo\nthree\nfour\nfive\n"), changed("one\ntwo\nthree\nfour\nFIVE\n"))
    assert (merged.texts["a.toml"], merged.clashing) == ("ONE\ntwo\nthree\nfour\nFIVE\n", ())


def test_changes_to_different_files_are_both_kept() -> None:
    merged = merge(BASE, changed("ONE\n"), changed("B\n", "b.toml"))
    assert (dict(merged.texts), merged.clashing) == ({"a.toml": "ONE\n", "b.toml": "B\n"}, ())


def test_changes_to_the_same_line_clash_and_the_newer_text_stays() -> None:
    theirs = changed("one\nTWO\nthree\nfour\nfive\n")
    merged = merge(BASE, changed("one\n2\nthree\nfour\nfive\n"), theirs)
    assert (dict(merged.texts), merged.clashing) == (theirs, ("a.toml",))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("1\ntwo\nthree\nfour\nfive\n", "one\n2\nthree\nfour\nfive\n"),
        ("1\n2\nthree\nfour\nfive\n", "one\nTWO\nTHREE\nfour\nfive\n"),
    ],
)
def test_changes_to_lines_that_touch_or_overlap_clash(mine: str, theirs: str) -> None:
    assert merge(BASE, changed(mine), changed(theirs)).clashing == ("a.toml",)


def test_a_long_file_of_lines_that_repeat_is_still_told_line_by_line() -> None:
    lines = ["", "[[service.phone]]", 'source = "x"'] * 100
    base = {"f": "\n".join(lines)}
    first, last = {"f": "\n".join(["first", *lines])}, {"f": "\n".join([*lines, "last", ""])}
    assert line_changes(base, first) == (LineChange("f", 1, (), ("first",)),)
    merged = merge({"f": "\n".join([*lines, ""])}, {"f": "\n".join(["first", *lines, ""])}, last)
    assert (merged.texts["f"], merged.clashing) == ("\n".join(["first", *lines, "last", ""]), ())


def test_the_same_change_made_twice_is_made_once() -> None:
    both = changed("one\nTWO\nthree\nfour\nfive\n")
    assert merge(BASE, both, both).clashing == ()
    assert merge(BASE, changed("1\n2\nthree\nfour\nfive\n"), changed("1\n2\nthree\nfour\n5\n")).clashing == ()


def test_a_new_file_is_added_and_one_taken_out_is_gone() -> None:
    mine = {"a.toml": BASE["a.toml"], "c.toml": "c\n"}
    assert dict(merge(BASE, mine, BASE).texts) == mine


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"a.toml": BASE["a.toml"]}, changed("B\n", "b.toml")),
        (changed("c\n", "c.toml"), changed("other\n", "c.toml")),
        (changed("B\n", "b.toml"), {"a.toml": BASE["a.toml"]}),
    ],
)
def test_a_file_that_somebody_added_or_took_out_meanwhile_clashes(
    mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge(BASE, mine, theirs)
    assert dict(merged.texts) == theirs
    assert len(merged.clashing) == 1


@given(base=LINES, mine=LINES, theirs=LINES)
def test_merging_is_the_same_whichever_came_first(base: str, mine: str, theirs: str) -> None:
    one = merge({"f": base}, {"f": mine}, {"f": theirs})
    other = merge({"f": base}, {"f": theirs}, {"f": mine})
    assert one.clashing == other.clashing
    if not one.clashing:
        assert one.texts == other.texts


@given(base=LINES, mine=LINES)
def test_a_change_upon_what_it_was_made_from_is_that_change(base: str, mine: str) -> None:
    assert dict(merge({"f": base}, {"f": mine}, {"f": base}).texts) == {"f": mine}


def test_a_file_that_came_or_went_is_told_whole() -> None:
    added = (LineChange("c.toml", 1, (), ("c", "d")),)
    assert line_changes(BASE, changed("c\nd\n", "c.toml")) == added
    gone = (LineChange("b.toml", 1, ("b",), ()),)
    assert line_changes(BASE, {"a.toml": BASE["a.toml"]}) == gone


def test_lines_that_differ_are_told_place_by_place() -> None:
    assert line_changes(BASE, changed("one\n2\nthree\nfour\nfive\nsix\n")) == (
        LineChange("a.toml", 2, ("two",), ("2",)),
        LineChange("a.toml", 6, (), ("six",)),
    )

"""Small changes to the directory's texts: exactly those lines and no others, and the whole is read again."""

from datetime import date

import pytest

from intake.calendars.hours import DatedHours, WrittenHours
from intake.errors import NotFound, Refused
from intake.routing import directory_edit as edit
from intake.routing.directory import Provenance
from intake.routing.directory_folder import directory_of, read_texts
from intake.routing.merging import line_changes

TEXTS = read_texts()
HALTON, CARDIFF = "E06000006-halton.toml", "W06000015-cardiff.toml"
DAY = date(2026, 12, 1)


def lines(changed: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the lines taken out and put in, blank ones left aside; the whole must still be a directory."""
    directory_of(changed)
    found = line_changes(TEXTS, changed)
    out = [line for each in found for line in each.taken_out if line]
    return out, [line for each in found for line in each.put_in if line]


def test_another_number_brings_its_own_source_and_is_not_checked() -> None:
    checked = edit.with_check(TEXTS, "halton-icart", "0151 907 8305", DAY, "Test team")
    changed = edit.with_number(checked, "halton-icart", "0151 907 8305", "0151 496 0000", "A letter")
    phone = directory_of(changed).services["halton-icart"].phones[0]
    assert (phone.number, phone.provenance.source) == ("0151 496 0000", "A letter")
    assert phone.provenance.checked_on is None
    assert lines(changed)[1] == ['number = "0151 496 0000"', 'source = "A letter"']


def test_nothing_that_was_said_of_the_old_number_is_left_with_the_new_one() -> None:
    checked = edit.with_check(TEXTS, "cardiff-edt", "029 2078 8570", DAY, "Test team")
    doubted = {
        **checked,
        CARDIFF: checked[CARDIFF].replace('"029 2078 8570"\n', '"029 2078 8570"\nunverified = true\n'),
    }
    changed = edit.with_number(doubted, "cardiff-edt", "029 2078 8570", "029 2018 0000", "A letter")
    phone = directory_of(changed).services["cardiff-edt"].phones[0]
    assert (phone.number, phone.unverified) == ("029 2018 0000", False)
    assert phone.provenance == Provenance("A letter", None, None, None, None, None)


def test_a_file_that_only_names_a_service_is_not_the_one_it_stands_in() -> None:
    named = {"a.toml": '# see "halton-icart"\n', **TEXTS}
    assert edit.file_of(named, "halton-icart") == HALTON


def test_hours_written_anew_stand_before_the_days_that_differ() -> None:
    closed = edit.with_day(TEXTS, "halton-icart", DAY, "off")
    changed = edit.with_hours(closed, "halton-icart", "Mo-Fr 10:00-16:00; PH off", "A letter")
    hours = directory_of(changed).services["halton-icart"].hours
    assert isinstance(hours, WrittenHours)
    assert (hours.notation, hours.exceptions) == ("Mo-Fr 10:00-16:00; PH off", (DatedHours(DAY, "off"),))


def test_a_check_takes_the_doubt_off_a_number_and_touches_nothing_else() -> None:
    changed = edit.with_check(TEXTS, "cardiff-edt", "029 2078 8570", DAY, "Test team")
    assert lines(changed) == (
        ["unverified = true"],
        ["checked_on = 2026-12-01", 'checked_by = "Test team"'],
    )
    again = edit.with_check(changed, "cardiff-edt", "029 2078 8570", date(2027, 1, 2), "Others")
    assert directory_of(again).services["cardiff-edt"].phones[0].provenance.checked_by == "Others"


def test_hours_become_known_and_not_known_again() -> None:
    known = edit.with_hours(TEXTS, "cardiff-mash", "Mo-Fr 08:30-17:00; PH off", "The council's page")
    assert 'notation = "Mo-Fr 08:30-17:00; PH off"' in lines(known)[1]
    unknown = edit.with_hours(known, "cardiff-mash", "", "Nobody could say")
    assert "unknown = true" in lines(unknown)[1] or "unknown = true" in unknown["W06000015-cardiff.toml"]
    assert "notation" not in "".join(lines(unknown)[1])


def test_one_day_is_different_and_what_was_said_of_it_before_goes() -> None:
    closed = edit.with_day(TEXTS, "halton-icart", DAY, "off")
    both = edit.with_day(closed, "halton-icart", date(2026, 12, 2), "off")
    changed = edit.with_day(both, "halton-icart", DAY, "09:00-12:00")
    days = {day.on: day.notation for day in directory_of(changed).services["halton-icart"].hours.exceptions}  # type: ignore[union-attr]
    assert days == {DAY: "09:00-12:00", date(2026, 12, 2): "off"}


def test_hours_not_known_keep_no_days_that_differ() -> None:
    closed = edit.with_day(TEXTS, "halton-icart", DAY, "off")
    assert "exception" not in edit.with_hours(closed, "halton-icart", "", "Nobody could say")[HALTON]


def test_a_day_cannot_differ_from_hours_that_follow_anothers() -> None:
    with pytest.raises(Refused) as refusal:
        edit.with_day(TEXTS, "halton-edt", DAY, "off")
    assert (refusal.value.field, refusal.value.message) == ("on", "directory.no_hours_to_except")


def test_a_service_ends_on_a_day_before_the_tables_under_it() -> None:
    changed = edit.with_end(TEXTS, "halton-contact-centre", DAY)
    assert lines(changed) == ([], ["valid_to = 2026-12-01"])
    assert directory_of(changed).services["halton-contact-centre"].term.last == DAY


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        edit.with_end(TEXTS, "no-such-service", DAY)
    with pytest.raises(Refused) as refusal:
        edit.with_check(TEXTS, "halton-icart", "0000", DAY, "Test team")
    assert (refusal.value.field, refusal.value.message) == ("number", "directory.number_gone")

"""What a new directory would change for whom and when, told before anybody approves it."""

from datetime import UTC, date, datetime

from intake.routing import directory_edit as edit
from intake.routing.comparison import Comparison, Difference, ServiceDiffers, compare
from intake.routing.directory_folder import directory_of, read_texts
from intake.vocabulary import OpenState

TEXTS = read_texts()
OLD = directory_of(TEXTS)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
HALTON = "E06000006-halton.toml"


def told(texts: dict[str, str]) -> tuple[Comparison, ...]:
    return compare(OLD, directory_of(texts), MONDAY)


def told_of_halton(texts: dict[str, str]) -> Comparison:
    (comparison,) = told(texts)
    assert comparison.code == "E06000006"
    return comparison


def differences(comparison: Comparison) -> list[tuple[Difference, str]]:
    return [(each.difference, each.what) for each in comparison.services]


def test_nothing_is_told_of_what_stays_the_same() -> None:
    assert told(dict(TEXTS)) == ()


def test_another_number_changes_whom_people_ring_first_whenever_they_are_there() -> None:
    found = told_of_halton(
        edit.with_number(TEXTS, "halton-icart", "0151 907 8305", "0151 496 0000", "A letter")
    )
    assert {each.service for each in found.services} == {"Halton iCART"}
    assert differences(found) == [
        (Difference.NUMBER_GONE, "0151 907 8305"),
        (Difference.NUMBER_ADDED, "0151 496 0000"),
    ]
    first = found.first[0]
    assert (first.begins_at, first.ends_at) == (MONDAY, MONDAY.replace(hour=17))
    assert (first.was[1], first.would_be[1]) == ("0151 907 8305", "0151 496 0000")
    assert len(found.first) == 11


def test_a_weekend_in_one_run_is_told_as_one_time() -> None:
    found = told_of_halton(
        edit.with_number(TEXTS, "halton-edt", "0345 050 0148", "0345 000 0000", "A letter")
    )
    times = [(f"{each.begins_at:%a %d %H:%M}", f"{each.ends_at:%a %d %H:%M}") for each in found.first]
    one_week = [
        ("Mon 23 17:00", "Tue 24 09:00"),
        ("Tue 24 17:00", "Wed 25 09:00"),
        ("Wed 25 17:00", "Thu 26 09:00"),
        ("Thu 26 17:00", "Fri 27 09:00"),
        ("Fri 27 16:30", "Mon 30 09:00"),
    ]
    assert times[:5] == one_week
    assert len(times) == 10
    assert [each.service for each in found.services] == ["Halton emergency duty team"] * 2


def test_a_number_that_changes_on_a_day_changes_as_that_day_begins() -> None:
    number = 'number = "0345 050 0148"\n'
    until = f'{number}valid_to = 2026-11-25\nsource = "x"\n\n[[service.phone]]\n'
    text = TEXTS[HALTON].replace(number, until + 'number = "0345 000 0000"\nvalid_from = 2026-11-26\n')
    first = told_of_halton({**TEXTS, HALTON: text}).first[0]
    assert (first.begins_at, first.ends_at) == (
        datetime(2026, 11, 26, tzinfo=UTC),
        datetime(2026, 11, 26, 9, tzinfo=UTC),
    )


def test_hours_are_told_at_the_edges_of_the_old_and_of_the_new() -> None:
    found = told_of_halton(edit.with_hours(TEXTS, "halton-icart", "Mo-Fr 11:00-18:00; PH off", "A letter"))
    office = [each for each in found.hours if each.service == "Halton iCART"][:3]
    assert [(each.begins_at.hour, each.ends_at.hour, each.would_be) for each in office] == [
        (10, 11, OpenState.CLOSED),
        (17, 18, OpenState.OPEN),
        (9, 11, OpenState.CLOSED),
    ]


def test_a_council_after_one_that_stays_the_same_is_told_by_its_new_name() -> None:
    cardiff = "W06000015-cardiff.toml"
    (found,) = told({**TEXTS, cardiff: TEXTS[cardiff].replace('name = "Cardiff"', 'name = "Caerdydd"', 1)})
    assert (found.code, found.name) == ("W06000015", "Caerdydd")


def test_another_name_for_a_police_force_is_told_where_people_ring_it_first() -> None:
    text = TEXTS["national.toml"].replace('name = "Gwent Police"', 'name = "Heddlu Gwent"')
    everybody, *councils = told({**TEXTS, "national.toml": text})
    assert (everybody.code, everybody.name, everybody.first) == ("", "", ())
    assert [(each.difference, each.service) for each in everybody.services] == [
        (Difference.RENAMED, "Gwent Police")
    ]
    assert [council.name for council in councils] == ["Caerphilly", "Blaenau Gwent", "Monmouthshire"]
    assert {each.would_be[0] for council in councils for each in council.first} == {"Heddlu Gwent"}


def test_a_closed_day_shows_as_hours_and_as_somebody_else_to_ring_first() -> None:
    found = told_of_halton(edit.with_day(TEXTS, "halton-icart", date(2026, 12, 1), "off"))
    closed = next(each for each in found.hours if each.service == "Halton iCART")
    assert (closed.was, closed.would_be) == (OpenState.OPEN, OpenState.CLOSED)
    assert (closed.begins_at.day, closed.begins_at.hour, closed.ends_at.hour) == (1, 9, 17)
    assert [each.would_be[0] for each in found.first] == ["Halton emergency duty team"]
    assert {each.service for each in found.hours} == {"Halton iCART", "Halton emergency duty team"}
    assert found.services == ()


def test_a_check_and_a_new_name_are_told() -> None:
    checked = edit.with_check(TEXTS, "halton-icart", "0151 907 8305", date(2026, 11, 23), "Test team")
    renamed = {**checked, HALTON: checked[HALTON].replace('"Halton iCART"', '"Halton front door"')}
    assert differences(told_of_halton(renamed)) == [
        (Difference.RENAMED, "Halton front door"),
        (Difference.CHECKED, "0151 907 8305"),
    ]
    names = [each.service for each in told_of_halton(renamed).services]
    assert names == ["Halton iCART", "Halton front door"]


def test_something_else_about_a_service_is_at_least_said_to_change() -> None:
    text = TEXTS[HALTON].replace("General enquiries, and", "All enquiries, and")
    (differs,) = told_of_halton({**TEXTS, HALTON: text}).services
    assert differs == ServiceDiffers("Halton council contact centre", Difference.OTHER, "")


def test_a_service_added_or_taken_out_is_told_by_its_number() -> None:
    slug = TEXTS[HALTON].index('slug = "halton-contact-centre"')
    begins = TEXTS[HALTON].rindex("[[service]]", 0, slug)
    without = {**TEXTS, HALTON: TEXTS[HALTON][:begins]}
    name = "Halton council contact centre"
    assert told_of_halton(without).services == (ServiceDiffers(name, Difference.GONE, "0303 333 4300"),)
    (back,) = compare(directory_of(without), OLD, MONDAY)
    assert back.services == (ServiceDiffers(name, Difference.ADDED, "0303 333 4300"),)


def test_every_service_that_differs_is_told_and_hours_though_nobody_is_rung_first() -> None:
    one = edit.with_number(TEXTS, "halton-edt", "0345 050 0148", "0345 000 0000", "A letter")
    both = edit.with_number(one, "halton-icart", "0151 907 8305", "0151 496 0000", "A letter")
    assert len(told_of_halton(both).services) == 4
    centre = told_of_halton(edit.with_hours(TEXTS, "halton-contact-centre", "Mo-Fr 09:00-17:00", "A page"))
    assert (centre.services, centre.first) == ((), ())
    assert {(each.was, each.would_be) for each in centre.hours} == {
        (OpenState.UNKNOWN, OpenState.OPEN),
        (OpenState.UNKNOWN, OpenState.CLOSED),
    }


def test_a_council_new_to_the_directory_or_gone_from_it_is_told() -> None:
    without = {name: text for name, text in TEXTS.items() if name != HALTON}
    (gone,) = told(without)
    assert (gone.code, gone.name, {each.difference for each in gone.services}) == (
        "E06000006",
        "Halton",
        {Difference.GONE},
    )
    assert gone.first[0].would_be[1] == "101"


def test_what_is_said_of_a_council_itself_is_told_though_nobody_rings_anybody_else() -> None:
    text = TEXTS[HALTON].replace('languages = ["en"]', 'languages = ["en", "pl"]')
    found = told_of_halton({**TEXTS, HALTON: text})
    assert (found.services, found.hours, found.first) == ((), (), ())


def test_a_change_to_the_police_everywhere_is_told_of_everybody() -> None:
    text = TEXTS["national.toml"].replace('name = "the police"', 'name = "any police"')
    first, *_others = told({**TEXTS, "national.toml": text})
    assert (first.code, differences(first)) == ("", [(Difference.RENAMED, "any police")])

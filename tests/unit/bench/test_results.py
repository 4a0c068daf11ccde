"""What a run is taken to say, and when it says nothing."""

from dataclasses import replace

from intake.bench import floors, start_up
from intake.bench.measuring import Timings
from intake.bench.results import UNDER, Filled, Results
from intake.bench.table import table


def timing(
    name: str, milliseconds: float, *, own: float | None = None, later: float | None = None
) -> Timings:
    wall = [milliseconds / 1e3] * 4 + [(later or milliseconds) / 1e3] * 4
    return Timings(name, wall, [(own or milliseconds) / 1e3] * 8, statements=2, commits=1)


FLOORS = (
    timing(floors.P, 1.0),
    timing(floors.T, 0.5, own=0.1),
    timing(floors.G, 2.0),
    timing(floors.S, 0.001),
    timing(floors.ARGON2, 20.0),
    timing(start_up.FLOOR, 300.0),
)


def results(**changes: object) -> Results:
    quiet = Results(
        database="SQLite 3",
        machine="a machine",
        load=0.1,
        processors=2,
        rounds=8,
        filled=(Filled(1_000, 27_000, 1.2, 25_000_000), Filled(100_000, 2_500_000, 90.0, 2_000_000_000)),
        floors=FLOORS,
        acts={
            100_000: (timing("submit and route", 6.0), timing("queue page", 8.0)),
            1_000: (timing("submit and route", 5.0), timing("queue page", 8.0)),
        },
    )
    return replace(quiet, **changes)  # type: ignore[arg-type]


def test_growth_is_the_most_referrals_by_the_fewest_in_whatever_order_they_were_asked_for() -> None:
    assert results().grown("submit and route") == 6.0 / 5.0
    assert results().grown("queue page") == 1.0


def test_one_number_of_referrals_shows_no_growth() -> None:
    one = results(acts={1_000: (timing("queue page", 8.0),)})
    assert one.grown("queue page") is None
    assert " grown " in table(one)


def test_an_act_is_compared_with_its_floors_added_up() -> None:
    assert results().floor_of("submit and route") == 0.0015
    assert results().floor_of("no such act") is None
    assert results().json()["acts"]["submit and route"]["times_floor"] == 4.0


def test_a_quiet_run_has_nothing_against_it() -> None:
    assert list(results().disturbances()) == []
    assert "INCONCLUSIVE" not in table(results())


def test_a_busy_machine_makes_a_run_say_nothing() -> None:
    busy = results(load=1.5)
    assert list(busy.disturbances()) == ["the load was 1.5 on 2 processors before it began"]
    assert "INCONCLUSIVE" in table(busy)
    assert busy.json()["disturbances"]


def test_a_floor_that_sank_half_way_makes_a_run_say_nothing() -> None:
    shaken = results(floors=(timing(floors.P, 1.0, own=1.4, later=1.5), *FLOORS[1:]))
    (said,) = shaken.disturbances()
    assert said.startswith(floors.P)
    assert "in the first half" in said


def test_a_floor_that_waited_for_other_programs_makes_a_run_say_nothing() -> None:
    (said,) = results(floors=(*FLOORS[:2], timing(floors.G, 2.0, own=1.0), *FLOORS[3:])).disturbances()
    assert "2.0 times as long as it worked" in said


def test_what_waits_for_a_disk_is_not_taken_for_noise() -> None:
    assert timing(floors.T, 0.5, own=0.1) in results().floors
    assert list(results().disturbances()) == []


def test_every_act_and_both_sizes_are_in_the_table_and_in_the_json() -> None:
    printed, said = table(results()), results().json()
    for name in ("submit and route", "queue page"):
        assert name in printed
        assert set(said["acts"][name]["by_referrals"]) == {"1000", "100000"}
    assert "2+1" in printed
    assert "100,000 referrals: 2,500,000 rows, 2,000 MB, filled in 90.0 s" in printed
    assert said["filled"][0] == {"referrals": 1_000, "rows": 27_000, "seconds": 1.2, "bytes": 25_000_000}


def test_every_act_has_a_floor() -> None:
    known = {floors.P, floors.T, floors.G, floors.S, floors.ARGON2, start_up.FLOOR}
    assert all(under and set(under) <= known for under in UNDER.values())

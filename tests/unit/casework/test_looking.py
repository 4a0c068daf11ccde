"""Each line of ADR 160, 162 and 163 just crossed, just not crossed, and excused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from intake.casework.looked import Act, Answer, Decoy, Look, Refusal, Search, Tie
from intake.casework.looking import Finding, Looking, to_compare, worth_asking
from intake.casework.rota import Rota, Shift
from intake.vocabulary import AskWhy, OpenState

_NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
_SAM, _JO = UUID(int=50), UUID(int=51)
_CASE, _OTHER = UUID(int=1), UUID(int=2)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _found(found: Looking) -> list[tuple[AskWhy, UUID | None]]:
    return [(each.why, each.case_id) for each in _all(found)]


def _all(found: Looking) -> tuple[Finding, ...]:
    return worth_asking(found, _NOON - 400 * _DAY, _NOON + 400 * _DAY)


def _look(at: datetime = _NOON, case_id: UUID = _CASE, person_id: UUID = _SAM) -> Look:
    return Look(at, person_id, case_id)


def _answer(before: timedelta, *more: UUID, about: UUID | None = None) -> Answer:
    return Answer(_NOON - before, _SAM, frozenset({_CASE, *more}), about)


_SOUGHT = Looking(looks=(_look(),), answers=(_answer(15 * _MINUTE),))
_CLOSED = Looking(looks=(_look(),), acts=(Act(_NOON - 90 * _DAY, _JO, _CASE, closes=True),))
_CAME_BACK = Looking(
    looks=tuple(_look(_NOON - days * _DAY) for days in (0, 3, 13)), acts=(Act(_NOON, _JO, _CASE),)
)
_COLLEAGUES = Looking(looks=(_look(),), ties=(Tie(_NOON, _JO, _CASE),))
_OWN = Looking(looks=(_look(),), own={(_SAM, _CASE): frozenset({AskWhy.OWN_POSTCODE})})
_OFF_DUTY = Looking(looks=(_look(),), rota=Rota([Shift(_JO, _NOON, _NOON + _HOUR)]))
_LINES = {
    AskWhy.OWN_POSTCODE: _OWN,
    AskWhy.SOUGHT: _SOUGHT,
    AskWhy.CLOSED: _CLOSED,
    AskWhy.CAME_BACK: _CAME_BACK,
    AskWhy.COLLEAGUES_TIE: _COLLEAGUES,
}


@pytest.mark.parametrize("why", _LINES)
def test_a_look_without_a_task_is_asked_about(why: AskWhy) -> None:
    assert _found(_LINES[why]) == [(why, _CASE)]


@pytest.mark.parametrize("why", [AskWhy.SOUGHT, AskWhy.CLOSED, AskWhy.COLLEAGUES_TIE, AskWhy.OWN_POSTCODE])
@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (-28 * _DAY - _MINUTE, True),
        (-28 * _DAY, False),
        (timedelta(), False),
        (24 * _HOUR, False),
        (24 * _HOUR + _MINUTE, True),
    ],
)
def test_work_on_the_case_near_the_look_is_a_task(why: AskWhy, at: timedelta, *, asked: bool) -> None:
    found = _LINES[why]
    worked = replace(found, acts=(*found.acts, Act(_NOON + at, _SAM, _CASE)))
    assert _found(worked) == ([(why, _CASE)] if asked else [])


@pytest.mark.parametrize(
    ("at", "who", "case_id", "asked"),
    [
        (_NOON, _SAM, _CASE, True),
        (_NOON + _DAY - _MINUTE, _SAM, _CASE, True),
        (_NOON - _MINUTE, _SAM, _CASE, False),  # not marked yet
        (_NOON + _DAY, _SAM, _CASE, False),  # no decoy any more
        (_NOON, _JO, _CASE, False),  # who marked it
        (_NOON, _SAM, _OTHER, False),
    ],
)
def test_whoever_opens_a_decoy_is_asked_whatever_their_task(
    at: datetime, who: UUID, case_id: UUID, *, asked: bool
) -> None:
    found = Looking(
        looks=(_look(at, case_id, who),),
        acts=(Act(at, who, case_id),),
        answers=(Answer(at, who, frozenset({case_id}), about=_OTHER),),
        decoys=(Decoy(_CASE, _NOON, _NOON + _DAY, frozenset({_JO})),),
        managers=frozenset({who}),
        until=at,
    )
    assert _found(found) == ([(AskWhy.DECOY, case_id)] if asked else [])


def test_who_had_a_task_on_one_of_the_days_did_not_come_back_on_three() -> None:
    working = (*_CAME_BACK.acts, Act(_NOON + 24 * _HOUR, _SAM, _CASE))
    assert _found(replace(_CAME_BACK, acts=working)) == []
    before = (*_CAME_BACK.acts, Act(_NOON - 41 * _DAY - _MINUTE, _SAM, _CASE))
    assert _found(replace(_CAME_BACK, acts=before)) == [(AskWhy.CAME_BACK, _CASE)]


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (
            replace(_SOUGHT, answers=(_answer(15 * _MINUTE + timedelta(seconds=1)),)),
            "the search is too long ago",
        ),
        (replace(_SOUGHT, answers=(replace(_answer(_MINUTE), person_id=_JO),)), "somebody else searched"),
        (
            replace(_SOUGHT, answers=(replace(_answer(_MINUTE), case_ids=frozenset({_OTHER})),)),
            "it was not shown",
        ),
        (replace(_SOUGHT, answers=(_answer(-_MINUTE),)), "it was searched for afterwards"),
        (
            replace(_SOUGHT, answers=(_answer(_MINUTE), _answer(11 * _HOUR, about=_OTHER))),
            "led by a referral",
        ),
        (
            replace(_SOUGHT, answers=(_answer(_MINUTE, _OTHER),), acts=(Act(_NOON, _SAM, _OTHER),)),
            "the same answer shows their own work",
        ),
        (replace(_SOUGHT, managers=frozenset({_SAM})), "a manager"),
        (
            replace(_CLOSED, acts=(Act(_NOON - 90 * _DAY + _MINUTE, _JO, _CASE, closes=True),)),
            "closed lately",
        ),
        (replace(_CLOSED, acts=(Act(_NOON - 90 * _DAY, _JO, _CASE),)), "not closed"),
        (replace(_CLOSED, acts=(Act(_NOON + _DAY, _JO, _CASE, closes=True),)), "closed afterwards"),
        (replace(_CLOSED, answers=(_answer(2 * _HOUR, about=_OTHER),)), "already known"),
        (replace(_CLOSED, managers=frozenset({_SAM})), "a manager"),
        (replace(_CAME_BACK, looks=_CAME_BACK.looks[:2]), "two days"),
        (replace(_CAME_BACK, looks=(*_CAME_BACK.looks[:2], _look(_NOON - 14 * _DAY))), "fourteen days"),
        (replace(_CAME_BACK, looks=(*_CAME_BACK.looks[:2], _look(_NOON + _MINUTE))), "the same day"),
        (replace(_CAME_BACK, acts=()), "nobody works on it"),
        (replace(_CAME_BACK, managers=frozenset({_SAM})), "a manager"),
        (replace(_COLLEAGUES, ties=(Tie(_NOON + _MINUTE, _JO, _CASE),)), "a tie told of afterwards"),
        (replace(_COLLEAGUES, ties=(Tie(_NOON, _SAM, _CASE),)), "their own"),
        (replace(_OWN, looks=(_look(person_id=_JO),)), "somebody else's neighbour"),
        (replace(_OWN, answers=(_answer(2 * _HOUR, about=_OTHER),)), "the same child, from a referral"),
        (replace(_OFF_DUTY, acts=(Act(_NOON, _SAM, _CASE),)), "off duty, and at work on it"),
        (replace(_OFF_DUTY, answers=(_answer(2 * _HOUR, about=_OTHER),)), "off duty, and led by a referral"),
        (replace(_OFF_DUTY, managers=frozenset({_SAM})), "a manager, off duty"),
        (replace(_OFF_DUTY, rota=Rota()), "no rota"),
        (replace(_OFF_DUTY, looks=(_look(_NOON + _HOUR),)), "nobody is on duty by then"),
        (replace(_OFF_DUTY, until=_NOON + _HOUR), "today"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_just_not_over_a_line_or_is_excused_is_left(found: Looking, why: str) -> None:
    assert why
    assert _found(found) == []


@pytest.mark.parametrize("why", _LINES)
def test_until_a_day_is_over_nobody_is_asked_for_a_task(why: AskWhy) -> None:
    assert _found(replace(_LINES[why], until=_NOON + 24 * _HOUR - _MINUTE)) == []
    assert _found(replace(_LINES[why], until=_NOON + 24 * _HOUR)) == [(why, _CASE)]


def test_of_the_same_reason_case_and_day_only_the_first_is_given() -> None:
    twice = replace(_SOUGHT, looks=(_look(), _look(_NOON + 2 * _MINUTE)), answers=(_answer(_MINUTE),))
    assert [each.at for each in _all(twice)] == [_NOON]


def test_only_what_arose_in_the_time_asked_about_is_given() -> None:
    assert worth_asking(_SOUGHT, _NOON, _NOON + _MINUTE) != ()
    assert worth_asking(_SOUGHT, _NOON + _MINUTE, _NOON + _HOUR) == ()
    assert worth_asking(_SOUGHT, _NOON - _HOUR, _NOON) == ()


def _crowd(why: AskWhy, many: int, step: timedelta, *, alike: int = 0) -> Looking:
    times = [_NOON + number * step for number in range(many)]
    which = [max(number, alike) for number in range(many)]
    if why is AskWhy.MANY_CHILDREN:
        return Looking(looks=tuple(_look(at, UUID(int=100 + n)) for at, n in zip(times, which, strict=True)))
    if why is AskWhy.MANY_NAMES:
        shown = (Answer(at, _SAM, frozenset({UUID(int=100 + n)})) for at, n in zip(times, which, strict=True))
        return Looking(answers=tuple(shown))
    if why is AskWhy.MANY_SEARCHES:
        return Looking(searches=tuple(Search(at, _SAM, str(n)) for at, n in zip(times, which, strict=True)))
    return Looking(refusals=tuple(Refusal(at, _SAM, str(n)) for at, n in zip(times, which, strict=True)))


@pytest.mark.parametrize(
    ("why", "most"),
    [
        (AskWhy.MANY_CHILDREN, 15),
        (AskWhy.MANY_NAMES, 60),
        (AskWhy.MANY_SEARCHES, 8),
        (AskWhy.REFUSED_OFTEN, 5),
    ],
)
def test_so_many_different_things_in_an_hour_are_asked_about_and_no_fewer(why: AskWhy, most: int) -> None:
    step = _HOUR / most
    assert [(each.why, each.many) for each in _all(_crowd(why, most, step))] == [(why, most)]
    assert _found(_crowd(why, most - 1, step)) == []
    assert _found(_crowd(why, most, step, alike=1)) == []
    assert _found(_crowd(why, most, _HOUR / (most - 1) + timedelta(seconds=1))) == []


def test_a_manager_goes_through_twice_as_many() -> None:
    crowd = _crowd(AskWhy.MANY_CHILDREN, 29, _MINUTE)
    assert _found(replace(crowd, managers=frozenset({_SAM}))) == []
    crowd = _crowd(AskWhy.MANY_CHILDREN, 30, _MINUTE)
    assert len(_found(replace(crowd, managers=frozenset({_SAM})))) == 1


@pytest.mark.parametrize(
    ("minutes", "asked"), [(-61, False), (0, False), (59, False), (61, True), (419, True), (421, False)]
)
def test_what_is_opened_an_hour_from_when_people_are_there_is_asked_about(
    minutes: int, *, asked: bool
) -> None:
    def staffed(at: datetime) -> OpenState:
        return OpenState.CLOSED if _NOON <= at < _NOON + 8 * _HOUR else OpenState.OPEN

    at = _NOON + minutes * _MINUTE
    late = Looking(looks=(_look(at), _look(at, _OTHER)), staffed=staffed)
    found = [(each.why, each.case_id, each.many) for each in _all(late)]
    assert found == ([(AskWhy.OUT_OF_HOURS, None, 2)] if asked else [])
    assert _found(replace(late, staffed=Looking().staffed)) == []


@pytest.mark.parametrize(
    ("refusal", "asked"),
    [
        (Refusal(_NOON, _SAM, str(_CASE)), True),
        (Refusal(_NOON - _MINUTE, _SAM, str(_CASE)), False),
        (Refusal(_NOON, _JO, str(_CASE)), False),
        (Refusal(_NOON, _SAM, "R-7K3M-9QTX"), False),
    ],
)
def test_who_asks_for_a_case_they_are_kept_out_of_is_asked(refusal: Refusal, *, asked: bool) -> None:
    found = Looking(refusals=(refusal,), ties=(Tie(_NOON, _SAM, _CASE),))
    assert _found(found) == ([(AskWhy.KEPT_OUT, _CASE)] if asked else [])


def test_a_manager_is_not_excused_from_what_is_their_own() -> None:
    assert _found(replace(_OWN, managers=frozenset({_SAM}))) == [(AskWhy.OWN_POSTCODE, _CASE)]


def test_only_looks_of_the_time_without_a_task_to_which_nothing_led_are_compared() -> None:
    found = Looking(
        looks=(_look(), _look(case_id=_OTHER), _look(person_id=_JO), _look(_NOON + _DAY, UUID(int=3))),
        acts=(Act(_NOON, _JO, _CASE),),
        answers=(Answer(_NOON, _SAM, frozenset({_OTHER}), about=UUID(int=4)),),
    )
    assert to_compare(found, _NOON, _NOON + _DAY) == {(_SAM, _CASE)}


@pytest.mark.parametrize(("minutes", "asked"), [(-61, True), (-60, False), (60, False), (61, True)])
def test_who_looks_more_than_an_hour_from_their_shift_while_others_are_on_duty_is_asked(
    minutes: int, *, asked: bool
) -> None:
    edge = _NOON if minutes < 0 else _NOON - 8 * _HOUR
    always = Shift(_JO, _NOON - _DAY, _NOON + _DAY)
    rota = Rota([always, Shift(_SAM, edge, edge + 8 * _HOUR)])
    at = _NOON + minutes * _MINUTE
    found = [(each.why, each.many) for each in _all(Looking(looks=(_look(at), _look(at, _OTHER)), rota=rota))]
    assert found == ([(AskWhy.OUT_OF_ROTA, 2)] if asked else [])


def test_whoever_is_on_duty_is_not_out_of_hours_and_whoever_is_not_is_asked_about_one_of_the_two() -> None:
    closed = replace(_OFF_DUTY, staffed=lambda _at: OpenState.CLOSED)
    assert _found(closed) == [(AskWhy.OUT_OF_HOURS, None)]
    assert _found(replace(closed, looks=(_look(person_id=_JO),))) == []

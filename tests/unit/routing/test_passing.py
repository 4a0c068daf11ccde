"""The question asked again when a referral is passed on."""

from datetime import UTC, datetime

from intake.routing.codes import Reason
from intake.routing.passing import asked_again
from intake.routing.places import NOT_KNOWN, Located, in_authority
from intake.routing.question import Question

AT, LATER = datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 23, 15, tzinfo=UTC)
HALTON, CARDIFF = "E06000006", "W06000015"
FIRST = Question(home=in_authority(HALTON, "WA8 7QF"), at=AT, danger=True, passed_on=frozenset({"earlier"}))


def again(question: Question = FIRST, *, council: str | None, declined: tuple[str, ...] = ()) -> Question:
    return asked_again(
        question,
        at=LATER,
        receiving=frozenset({"cardiff-mash"}),
        by=frozenset({"halton-icart"}),
        declined=frozenset(declined),
        council=council,
    )


def test_without_a_new_fact_nobody_is_asked_twice() -> None:
    asked = again(council=None, declined=("halton-edt",))
    assert asked.passed_on == {"earlier", "halton-icart", "halton-edt"}
    assert asked.home == FIRST.home


def test_the_council_that_was_known_already_is_no_new_fact() -> None:
    assert again(council=HALTON, declined=("x",)).passed_on == {"earlier", "halton-icart", "x"}


def test_a_council_named_anew_lets_those_who_passed_it_on_before_be_asked_again() -> None:
    asked = again(council=CARDIFF, declined=("cardiff-mash",))
    assert asked.passed_on == {"halton-icart"}
    assert asked.home == in_authority(CARDIFF, "WA8 7QF")


def test_what_the_postcode_said_is_kept_when_a_council_is_named_anew() -> None:
    located = Located(None, (), Reason.POSTCODE_NOT_LISTED, police_force="cheshire")
    asked = again(Question(home=in_authority(HALTON, "WA8 7QF", located), at=AT), council=CARDIFF)
    assert asked.home == in_authority(CARDIFF, "WA8 7QF", located)


def test_a_council_is_a_new_fact_where_none_was_known() -> None:
    asked = again(Question(home=NOT_KNOWN, at=AT), council=CARDIFF)
    assert asked.home == in_authority(CARDIFF)


def test_everything_else_is_as_it_was_asked_but_the_time_and_who_receives_here() -> None:
    asked = again(council=None)
    assert (asked.at, asked.receiving, asked.danger) == (LATER, frozenset({"cardiff-mash"}), True)

"""Who receives a referral, as it will be and as it was."""

from hypothesis import given, settings

from intake.routing.engine import route
from intake.routing.explanation import Said
from intake.routing.places import NOT_KNOWN
from intake.routing.question import Question
from intake.words.receiving import CALLS, WENT, what_was_done, who_receives
from tests.unit.routing.cases import AT_CARDIFF, AT_HALTON, DIRECTORY, ask
from tests.unit.routing.questions import QUESTIONS

ICART = frozenset({"halton-icart"})
NBSP = "\N{NO-BREAK SPACE}"


def test_before_it_is_sent_only_who_receives_it_is_said() -> None:
    assert who_receives(ask(AT_HALTON, "2026-11-20T16:45", receiving=ICART)) == (
        "The day team, Halton iCART, is closed until Monday 9am; your referral will be read then.",
        "Halton leads, because the child lives there.",
        "Halton iCART must decide what happens next by Tuesday 9am.",
    )


def test_after_it_was_sent_it_is_said_as_done() -> None:
    said = what_was_done(ask(AT_HALTON, "2026-11-20T16:45", receiving=ICART))
    assert [words.replace(NBSP, " ") for words in said] == [
        "You were asked to ring Halton emergency duty team on 0345 050 0148.",
        (
            "It went to the day team, Halton iCART, who were closed until 9am on Monday 23 November 2026 and"
            " could read it then."
        ),
        "Halton led, because the child lived there.",
    ]


def test_whom_to_ring_is_said_in_the_order_it_was_asked() -> None:
    said = what_was_done(ask(AT_CARDIFF, missing=True))[0].replace(NBSP, " ")
    assert said.startswith("You were asked to ring ")
    assert said.index(" on 101, then ") < said.index("Cardiff MASH on 029 2053 6490, then ")


def test_what_nobody_received_is_not_said_to_wait_on_a_list() -> None:
    assert not any("your list" in words for words in what_was_done(ask(NOT_KNOWN)))


@settings(max_examples=60)
@given(QUESTIONS)
def test_every_decision_can_be_said_as_done(question: Question) -> None:
    said = what_was_done(route(question, DIRECTORY))
    assert said
    assert not any("%(" in words for words in said)


def test_every_way_of_sending_here_has_its_past() -> None:
    sending = {Said.GOES_TO, Said.GOES_TO_UNTIL, Said.GOES_TO_UNKNOWN, Said.DAY_TEAM_UNTIL, Said.BY_WAY_OF}
    assert sending <= set(WENT)
    assert not CALLS & set(WENT)

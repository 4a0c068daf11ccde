"""A decision in words that can be read aloud."""

import re
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings

from intake.routing.codes import Audience, Reason, Standing, Verdict
from intake.routing.engine import route
from intake.routing.explanation import Reader, Said, explain
from intake.routing.places import NOT_KNOWN, at_postcode
from intake.routing.question import Question
from intake.vocabulary import OpenState
from intake.words.routing import (
    AUDIENCES,
    SENTENCES,
    STANDINGS,
    hours_words,
    number_words,
    sentences,
)
from intake.words.spoken_times import spoken, time_of_day
from tests.unit.routing.cases import AT_CARDIFF, AT_HALTON, CARDIFF, HALTON, MONDAY_EVENING, ask, local
from tests.unit.routing.invented import EVERYTHING, LAST_HALF_HOUR, ask_of
from tests.unit.routing.questions import QUESTIONS

ICART = frozenset({"halton-icart"})


def test_out_of_hours_on_a_friday() -> None:
    assert sentences(ask(AT_HALTON, "2026-11-20T16:45", receiving=ICART)) == (
        "Ring Halton emergency duty team now on 0345 050 0148.",
        "The day team, Halton iCART, is closed until Monday 9am; your referral will be read then.",
        "Halton leads, because the child lives there.",
        "Halton iCART must decide what happens next by Tuesday 9am.",
    )


def test_in_hours() -> None:
    assert sentences(ask(AT_HALTON, receiving=ICART))[:2] == (
        "Ring Halton iCART on 0151 907 8305. They are there until 5pm today.",
        "Your referral goes to Halton iCART, who can read it now.",
    )


def test_danger_in_cardiff() -> None:
    assert sentences(ask(AT_CARDIFF, danger=True))[:4] == (
        "Call 999 now and ask for the police. Say that a child is in danger.",
        "Then ring Cardiff MASH on 029 2053 6490. Their hours are not confirmed.",
        "If nobody answers, ring Cardiff emergency duty team on 029 2078 8570.",
        "Nobody has verified the number 029 2078 8570.",
    )


def test_nobody_found() -> None:
    assert sentences(ask(NOT_KNOWN)) == (
        "Ring the police on 101. We cannot yet say which council's team must act.",
        "We do not know where the child lives.",
        "No council has taken this on yet. It stays on your list until one has, and you have said who.",
    )


def test_a_child_in_care_with_a_social_worker_of_their_own() -> None:
    decision = ask(AT_HALTON, in_care=True, caring=CARDIFF, allocated=True, receiving=ICART)
    said, name = sentences(decision), decision.first.name
    assert said[:3] == (
        f"The child has a social worker: ring {name} on 029 2053 6400 and ask for them.",
        "Nobody has verified the number 029 2053 6400.",
        "Then ring Cardiff MASH on 029 2053 6490. Their hours are not confirmed.",
    )
    assert said[-4:] == (
        "A copy goes to Halton iCART for information.",
        "Cardiff leads, because it looks after the child.",
        "Halton is told, because the child lives there.",
        "In Wales, put it in writing within 24 hours of ringing.",
    )


def test_a_concern_about_staff_in_the_last_half_hour() -> None:
    late = "2026-11-23T16:45"
    staff = {"about_staff": True, "school_authority": HALTON, "receiving": ICART}
    ring, goes, leads, officer = sentences(ask_of(LAST_HALF_HOUR, AT_HALTON, late, **staff))[:4]
    assert ring == "Ring Halton iCART on 0151 907 8305. Until 5pm today they take only what cannot wait."
    assert goes.endswith("it will be read when they open again, Tuesday 9am.")
    assert leads == "Halton leads, because the child lives there."
    assert officer.endswith("We hold no number for them: ask whoever you reach.")


def test_an_auditor_reads_every_service_and_its_verdict() -> None:
    said = sentences(ask(AT_HALTON, passed_on=frozenset({"halton-edt"})), reader=Reader.AUDITOR)
    assert said[1:5] == (
        "Halton led.",
        "Not chosen, as nobody said that there was danger: 999.",
        "Not chosen, as somebody else was there: Cheshire Police.",
        "Not chosen, as somebody else was there: the police.",
    )
    assert "Left out, as it had passed this on: Halton emergency duty team." in said


def test_what_is_kept_is_written_with_its_dates() -> None:
    said = sentences(ask(AT_HALTON, "2026-11-20T16:45", receiving=ICART), dated=True)
    assert "is closed until 9am on Monday 23 November 2026;" in said[1]


@settings(deadline=None)
@given(QUESTIONS)
def test_every_decision_can_be_put_into_words(question: Question) -> None:
    decision = route(question, EVERYTHING)
    for reader in Reader:
        said = sentences(decision, reader=reader)
        assert len(said) == len(explain(decision, reader))
        for sentence in said:
            assert_can_be_read_aloud(sentence)


def assert_can_be_read_aloud(sentence: str) -> None:
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 60, sentence
    assert not re.search(r"%\(|_|\s\s|None| ,|^[ ,]", sentence), sentence


def test_every_code_that_is_said_has_words() -> None:
    assert set(Said) <= set(SENTENCES)
    assert set(Verdict) <= set(SENTENCES)
    assert set(STANDINGS) == set(Standing)
    assert set(AUDIENCES) == set(Audience)
    unspoken = set(Reason) - set(SENTENCES)
    assert unspoken == {
        # Said by the steps themselves.
        Reason.DANGER_NOW,
        Reason.MISSING_NOW,
        Reason.OUT_OF_HOURS,
        Reason.HOURS_NOT_CONFIRMED,
        Reason.NOBODY_ON_DUTY,
        Reason.NUMBER_NOT_VERIFIED,
        Reason.NOT_SENT_BY_US,
        Reason.BY_WAY_OF_ANOTHER,
        Reason.URGENT_ONLY_NOW,
    }


def test_the_hours_of_a_step_in_few_words() -> None:
    now = local(MONDAY_EVENING)
    tonight, waiting = ask(AT_HALTON, MONDAY_EVENING).steps
    assert hours_words(tonight, now) == "open until Tuesday 9am"
    assert hours_words(waiting, now) == "opens Tuesday 9am"
    assert hours_words(waiting, now, dated=True) == "opens 9am on Tuesday 24 November 2026"
    assert hours_words(ask(AT_CARDIFF).first, now) == "hours not confirmed: ring"
    assert hours_words(ask(at_postcode("?")).first, now) == "open day and night"
    never = replace(waiting, state=OpenState.CLOSED, opens_at=None)
    assert hours_words(never, now) == "closed"


def test_how_far_a_number_can_be_relied_on_is_said() -> None:
    mash, emergency, _police, _sent = ask(AT_CARDIFF).steps
    assert number_words(mash) == "number not checked"
    assert number_words(emergency) == "number not verified"
    checked = replace(mash, phone_checked_on=date(2026, 11, 20))
    assert number_words(checked) == "number checked on 20 November 2026"


def test_of_the_polices_own_number_it_is_said_that_nobody_rings_it_to_check_it() -> None:
    police = ask(at_postcode("?")).first
    assert police.phone == "101"
    assert number_words(police) == "the police's number everywhere: not rung to check it"
    checked = replace(police, phone_checked_on=date(2026, 11, 20))
    assert number_words(checked) == "number checked on 20 November 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23T17:00", "5pm today"),
        ("2026-11-24T09:00", "Tuesday 9am"),
        ("2026-11-29T09:30", "Sunday 9:30am"),
        ("2026-11-30T09:00", "9am on Monday 30 November"),
        ("2026-11-20T16:45", "4:45pm on Friday 20 November"),
        ("2026-11-24T00:00", "midnight as Tuesday begins"),
        ("2026-11-24T12:00", "Tuesday midday"),
    ],
)
def test_a_time_is_said_as_people_say_it(at: str, words: str) -> None:
    assert spoken(local(at), local("2026-11-23T10:00")) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("00:00", "midnight"),
        ("00:05", "12:05am"),
        ("12:00", "midday"),
        ("12:30", "12:30pm"),
        ("23:59", "11:59pm"),
    ],
)
def test_a_time_of_day_is_said_by_the_twelve_hour_clock(at: str, words: str) -> None:
    assert time_of_day(time.fromisoformat(at)) == words

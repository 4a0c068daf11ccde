"""Questions of every kind, for what must hold of all of them."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from intake.routing.places import (
    NO_FIXED_ADDRESS,
    NOT_KNOWN,
    at_postcode,
    in_another_council,
    in_authority,
)
from intake.routing.question import Question
from tests.unit.routing.cases import CARDIFF, HALTON, THE_VALE

CODES = st.sampled_from([HALTON, CARDIFF, THE_VALE, "E09000001"])
POSTCODES = st.sampled_from(["WA8 7QF", "cf104uw", "WA7", "CF5 1AA", "EH1 1AA", "BFPO 61", "?", "SW1A 1AA"])
PLACES = st.one_of(
    st.sampled_from([NOT_KNOWN, NO_FIXED_ADDRESS]),
    st.builds(in_authority, CODES, st.none() | POSTCODES),
    st.builds(at_postcode, POSTCODES),
    st.builds(in_another_council, st.none() | POSTCODES),
)
DUTY = ["halton-icart", "halton-edt", "cardiff-mash", "cardiff-edt"]
OTHERS = ["halton-lado", "halton-open-cases", "halton-adults", "cardiff-open-cases"]
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
QUESTIONS = st.builds(
    Question,
    home=PLACES,
    at=INSTANTS,
    found=st.none() | PLACES,
    danger=st.booleans(),
    missing=st.booleans(),
    urgent=st.booleans(),
    age=st.none() | st.integers(0, 30),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    in_care=st.booleans(),
    caring=st.none() | CODES,
    allocated=st.booleans(),
    about_staff=st.booleans(),
    passed_on=st.frozensets(st.sampled_from(DUTY + OTHERS), max_size=3),
    conflicted_services=st.frozensets(st.sampled_from(DUTY + OTHERS), max_size=4),
    conflicted_staff=st.frozensets(st.uuids().map(str), max_size=2),
    receiving=st.frozensets(st.sampled_from(DUTY)),
    school_authority=st.none() | CODES,
)

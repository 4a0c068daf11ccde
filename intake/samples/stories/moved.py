"""A girl who had moved away: one council passes her referral on to the other, and the clock runs on."""

from collections.abc import Iterator
from datetime import datetime

from intake.casework.drafts import DecisionDraft, PassOnDraft
from intake.samples import acts
from intake.samples.answers import CARDIFF, HALTON, Child, Concern, Referral, someone
from intake.samples.days import Days
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Colour, Decision, Nation, PassingWhy

_TEACHER, _LEAD = someone("Dorota"), someone("Lucy")
_FIRST, _NEXT = someone("Martin"), someone("Ahmed")

_MARGED = Child("Marged", "Osei-Whitfield", 13, 40, "Year 8", "An invented address in Widnes")

_LIFTS = Concern(
    "Marged Osei-Whitfield",
    'Marged said that a friend of her aunt drives her "everywhere now" and has bought her a coat. She goes '
    "quiet when she is asked where they go.",
    about="lunch",
)
_REFERRAL = Referral(
    _LEAD,
    HALTON,
    where_now="In school until twenty past three.",
    why_now="She is to be fetched by him on Friday.",
    parents_view="Her mother did not know of him.",
    safe_contact="Her mother's mobile.",
)
_MOVED = PassOnDraft(
    PassingWhy.WRONG_AREA,
    "Her mother tells us that Marged has lived with her aunt in Splott since June, and is only here for her "
    "last week of school. Her home is in Cardiff.",
    CARDIFF,
)
_ASSESS = DecisionDraft(
    decision=Decision.ASSESSMENT,
    rationale="Her aunt did not know of the lifts either. The man is not known to us.",
    would_change_it="",
    to_school="A social worker from Cardiff has seen Marged and her aunt, who fetches her herself now.",
    advice="",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the story."""
    days = Days(now, Nation.ENGLAND)
    yield _moved(days)


def _moved(days: Days) -> Story:
    noon = days.back(6, "12:20")
    lifts = yield Act(noon, _TEACHER, acts.record(_LIFTS.on(noon)))
    yield Act(days.back(6, "12:50"), _LEAD, acts.read(lifts))
    card = _MARGED.card(days.now)
    sent = yield Act(days.back(6, "13:15"), _LEAD, acts.refer(_REFERRAL.of(lifts, child=card)))
    yield Act(days.back(6, "13:25"), _FIRST, acts.take_and_acknowledge(sent))
    yield Act(days.back(6, "13:50"), _FIRST, acts.pass_on(sent, _MOVED))
    yield Act(days.back(6, "14:10"), _NEXT, acts.accept())
    amber = "A man nobody in the family knew of, and a day on which he means to fetch her."
    yield Act(days.back(6, "14:30"), _NEXT, acts.colour(sent, Colour.AMBER, amber))
    yield Act(days.back(5, "10:05"), _NEXT, acts.decide(sent, _ASSESS))
    yield Act(days.back(5, "11:00"), _LEAD, acts.follow(sent))

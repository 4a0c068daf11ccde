"""At Otterbrook when the office is closed, or about to be: a missing child, a threat, and an unknown girl."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import HarmNoted
from intake.casework.drafts import CallDraft, DecisionDraft
from intake.samples import acts
from intake.samples.answers import HALTON, Child, Concern, Referral, detail, seen, someone
from intake.samples.days import Days
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Colour, Decision, Nation, NotToldReason, ParentsTold, SignSource

_ASSISTANT, _LEAD = someone("Shanice"), someone("Ruth")
_DEPUTY, _SECOND_DEPUTY = someone("Imran"), someone("Bethan")
_WORKER, _COLLEAGUE = someone("Martin"), someone("Deborah")

# She has one name, as many people have.
_SURYANI = Child("Suryani", "", 15, 30, "Year 11", "An invented address in Runcorn")
_BRAM = Child("Bram", "Castellane", 13, 300, "Year 9", "An invented address in Widnes")
_UNKNOWN = ChildCard(
    given_name="",
    family_name="",
    known_as="",
    born_on=None,
    age_about="about 13",
    home_address="",
    home_postcode="",
)

_NOT_HOME = Concern(
    "Suryani",
    "Her mother rang the school's evening number. Suryani left at the end of school and is not home. She is "
    "always home by five. Her phone is off. A friend told her mother that she was going to a party with "
    "people she met in town.",
    about="since about twenty past three",
    missing=Answer.YES,
)
_NOT_HOME_SIGNS = detail(
    seen("whereabouts_unknown", SignSource.FAMILY_SAID, "since this afternoon"),
    seen("house_parties", SignSource.OTHER_SAID, "tonight"),
    answers=(("missing_before", "Never, her mother says."), ("party_where", "Not known.")),
    locations=("home",),
    done="Asked her mother to ring 999 first, which she did while I was on the line to her.",
)
_NOT_HOME_REFERRAL = Referral(
    _DEPUTY,
    HALTON,
    where_now="Not known. Last seen at the school gate at twenty past three.",
    why_now="She has never done this before, and her mother has rung the police.",
    missing=Answer.YES,
    parents_view="Her mother asked us to pass it on at once.",
    safe_contact="Her mother, at any hour.",
)
_STRATEGY = DecisionDraft(
    decision=Decision.STRATEGY_DISCUSSION,
    rationale="A first time missing, a party with adults unknown to the family, and she will not say who "
    "brought her. Police, health and school to talk today.",
    would_change_it="If she tells the worker who talks with her on her return that nobody else was involved.",
    to_school="She is at home and safe. We are holding a strategy discussion today and will ring you for it "
    "at two o'clock. Somebody will talk with her about where she was.",
    advice="When she is back in school, please do not ask her about it; let her choose whom to talk to.",
)
_THREAT = Concern(
    "Bram Castellane",
    'Bram asked to talk to me after the last lesson. He said: "I sent someone a picture and now they want '
    "money or they'll send it to everyone.\" He has not paid. I did not ask to see anything. His phone is "
    "switched off and is in his bag.",
    about="about half past three",
)
_THREAT_SIGNS = detail(
    seen("sexual_images", SignSource.CHILD_SAID, "two days ago"),
    seen("secretive_online", SignSource.CHILD_SAID),
    harms=(HarmNoted("image_threat", Answer.YES), HarmNoted("hurt_now", Answer.NO)),
    done="Told him he has done nothing wrong by telling. Rang his aunt, who looks after him.",
    told=Answer.YES,
)
_THREAT_REFERRAL = Referral(
    _SECOND_DEPUTY,
    HALTON,
    where_now="Gone home with his aunt, who will stay with him all weekend.",
    why_now="The threat runs out on Sunday, he says.",
    wishes="He wants it to stop and does not want his grandmother to know.",
    parents_view="His aunt thinks the police should know as well, and has rung 101.",
    safe_contact="His aunt.",
)
_HANDED_ON = DecisionDraft(
    decision=Decision.ALLOCATED_WORKER,
    rationale="Bram has had a worker with the family help team since the spring, who knows him and his aunt "
    "and has accepted this today. The police have it as well.",
    would_change_it="If the picture is sent to anybody, or he is asked for more.",
    to_school="His own worker has this and will see him at home this afternoon. The police are dealing with "
    "the threat.",
    advice="Please let him keep his phone off and in the office. He must not answer them.",
    now_with="Family help team (sample): his allocated worker accepted it by telephone this morning.",
)
_AT_THE_GATE = Concern(
    "Name not known. A girl, about 13, not one of ours",
    "For three days a girl has sat on the wall opposite the back gate at lunch. She is about 13 and wears a "
    "green coat. Today she asked me for food. Two young men in a van called her over and she went, and they "
    "drove towards the bridge.",
    about="lunch time",
    danger=Answer.NOT_KNOWN,
    missing=Answer.NOT_KNOWN,
)
_AT_THE_GATE_REFERRAL = Referral(
    _LEAD,
    home=None,
    found=HALTON,
    where_now="Not known. Driven away from our back gate at about a quarter to one.",
    why_now="She is a child on her own who asked for food, and went with two men in a van.",
    danger=Answer.NOT_KNOWN,
    missing=Answer.NOT_KNOWN,
    told=ParentsTold.NO,
    not_told=(NotToldReason.OTHER,),
    not_told_words="We do not know who she is. We have rung 101 as well.",
)
_ASKED = DecisionDraft(
    decision=Decision.AWAITING_INFORMATION,
    rationale="The police have no child of this description missing. Whoever saw her may know more.",
    would_change_it="",
    to_school="Please ask whoever spoke with her: which way was the van facing, did it have words on it, "
    "and did she have a school bag? Ring us with the answer, and ring 999 if she is seen again with the "
    "same men.",
    advice="",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the stories."""
    days = Days(now, Nation.ENGLAND)
    yield _missing_in_the_evening(days)
    yield _a_threat_on_friday(days)
    yield _a_girl_nobody_knows(days)


def _missing_in_the_evening(days: Days) -> Story:
    evening, card = days.back(6, "18:50"), _SURYANI.card(days.now)
    missing = yield Act(evening, _DEPUTY, acts.record(_NOT_HOME.on(evening)))
    yield Act(evening + timedelta(minutes=6), _DEPUTY, acts.add(missing, _NOT_HOME_SIGNS))
    referral = _NOT_HOME_REFERRAL.of(missing, child=card)
    sent = yield Act(evening + timedelta(minutes=14), _DEPUTY, acts.refer(referral))
    rung = CallDraft(
        spoke_to="the person who answered for the emergency duty team",
        number="0345 050 0148",
        said="Told them what her mother told us, and that the police have been rung.",
        called_at=evening + timedelta(minutes=18),
    )
    yield Act(evening + timedelta(minutes=23), _DEPUTY, acts.call(sent, rung))
    yield Act(days.back(5, "08:20"), _LEAD, acts.read(missing))
    yield Act(days.back(5, "08:25"), _LEAD, acts.begin_file(missing, card))
    red = "Missing for nine hours, for the first time, at an address nobody knows."
    yield Act(days.back(5, "09:02"), _WORKER, acts.look_at_queue())
    yield Act(days.back(5, "09:06"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(5, "09:15"), _WORKER, acts.colour(sent, Colour.RED, red))
    found = "Found safe by the police at ten past midnight and taken home to her mother."
    yield Act(days.back(5, "09:40"), _WORKER, acts.note(sent, found))
    yield Act(days.back(5, "11:10"), _WORKER, acts.decide(sent, _STRATEGY))
    yield Act(days.back(5, "11:30"), _DEPUTY, acts.follow(sent))


def _a_threat_on_friday(days: Days) -> Story:
    friday, card = days.friday("15:50"), _BRAM.card(days.now)
    threat = yield Act(friday, _SECOND_DEPUTY, acts.record(_THREAT.on(friday)))
    yield Act(friday + timedelta(minutes=8), _SECOND_DEPUTY, acts.add(threat, _THREAT_SIGNS))
    # A quarter to five: the office closed fifteen minutes ago.
    referral = _THREAT_REFERRAL.of(threat, child=card)
    sent = yield Act(friday + timedelta(minutes=55), _SECOND_DEPUTY, acts.refer(referral))
    yield Act(days.after(friday, "08:30"), _LEAD, acts.read(threat))
    yield Act(days.after(friday, "08:34"), _LEAD, acts.begin_file(threat, card))
    monday = days.after(friday, "09:08")
    red = "A threat with a day named, and it is not certain that the police have it."
    yield Act(monday, _COLLEAGUE, acts.take_and_acknowledge(sent))
    yield Act(monday + timedelta(minutes=12), _COLLEAGUE, acts.colour(sent, Colour.RED, red))
    yield Act(monday + timedelta(minutes=70), _COLLEAGUE, acts.decide(sent, _HANDED_ON))
    yield Act(monday + timedelta(minutes=95), _SECOND_DEPUTY, acts.follow(sent))


def _a_girl_nobody_knows(days: Days) -> Story:
    lunch = days.back(5, "12:55")
    met = yield Act(lunch, _ASSISTANT, acts.record(_AT_THE_GATE.on(lunch)))
    yield Act(days.back(5, "13:10"), _LEAD, acts.read(met))
    referral = _AT_THE_GATE_REFERRAL.of(met, child=_UNKNOWN)
    sent = yield Act(days.back(5, "13:30"), _LEAD, acts.refer(referral))
    amber = "A child nobody can name, seen with adults nobody can name."
    yield Act(days.back(5, "13:50"), _COLLEAGUE, acts.take_and_acknowledge(sent))
    yield Act(days.back(5, "14:00"), _COLLEAGUE, acts.colour(sent, Colour.AMBER, amber))
    yield Act(days.back(5, "14:25"), _COLLEAGUE, acts.decide(sent, _ASKED))
    yield Act(days.back(5, "14:40"), _LEAD, acts.follow(sent))

"""At Gwylan Bay, whose council prints no hours for its desk: four children, and every kind of answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.casework.documents.meeting import Invitation, Invitee
from intake.casework.drafts import CallDraft, DecisionDraft, MeetingDraft
from intake.samples import acts
from intake.samples.answers import CARDIFF, Child, Concern, Referral, detail, seen, someone
from intake.samples.days import Days
from intake.samples.people import Place
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Colour, Decision, Nation, SignSource

_COACH, _LIBRARIAN, _LEAD, _DEPUTY = someone("Gethin"), someone("Noor"), someone("Angharad"), someone("Yusuf")
_WORKER, _COLLEAGUE = someone("Sioned"), someone("Ahmed")

_NIA = Child("Nia", "Abernethy-Hassan", 14, 250, "Year 10", "An invented address in Splott")
_CAI = Child("Cai", "Rosser-Obi", 12, 60, "Year 8", "An invented address in Ely")
_LOWRI = Child("Lowri", "Fenwick-Diallo", 13, 120, "Year 9", "An invented address in Grangetown")
_EMRYS = Child("Emrys", "Valdivia-Jones", 15, 80, "Year 11", "An invented address in Roath")

_HOTEL = Concern(
    "Nia Abernethy-Hassan",
    "Nia told me after practice that she had been to a hotel on Saturday with a friend and the friend's "
    'boyfriend, who paid for a taxi there. She said: "There were loads of older boys and I rang my mum." '
    "She asked me not to tell.",
    about="after practice",
)
_HOTEL_SIGNS = detail(
    seen("house_parties", SignSource.CHILD_SAID, "last Saturday"),
    seen("taxis_unknown_payer", SignSource.CHILD_SAID, "last Saturday"),
    answers=(("party_where", "A hotel near the station."), ("party_adults", "No.")),
    locations=("hotel", "taxi"),
    done="I told her I could not keep it to myself, and why. She nodded.",
    told=Answer.YES,
)
_HOTEL_REFERRAL = Referral(
    _LEAD,
    CARDIFF,
    where_now="In school until three; her mother is coming for her.",
    why_now="The same hotel was named to us by another pupil last month.",
    wishes="She wants her friend to be safe as well.",
    parents_view="Her mother agrees, and wants somebody to talk to the hotel.",
    safe_contact="Her mother.",
)
_STRATEGY = DecisionDraft(
    decision=Decision.STRATEGY_DISCUSSION,
    rationale="A place named twice by two children, taxis paid by an adult, and a friend whom nobody has "
    "asked.",
    would_change_it="If the police find that the booking was a family's own.",
    to_school="We are holding a strategy discussion with the police and health. A meeting to make a safety "
    "plan with Nia and her mother follows, and you will be asked to it.",
    advice="Please ask nobody else about the hotel until the police have.",
)
_INVITATION = Invitation(
    place="County offices, room to be named",
    purpose="A safety plan with Nia and her mother.",
    invitees=(
        Invitee("Angharad Pritchley", "Designated safeguarding person", Place.GWYLAN.value),
        Invitee("Nia's mother", "Parent", "Family"),
        Invitee("", "Constable", "Police"),
    ),
)
_FRIENDS = Concern(
    "Cai Rosser-Obi",
    "Cai used to come in at break with the same three boys and has come alone for a fortnight. He asked me "
    "for a book about moving to another country.",
    about="break",
)
_FRIENDS_KEPT = acts.Reason(
    "His family is moving in the spring and he has not told his friends. His parents confirm it.",
    "His tutor will help him tell them.",
    "You noticed something real. He is moving away, and now he has somebody to talk to about it.",
)
_MESSAGES = Concern(
    "Lowri Fenwick-Diallo",
    "Lowri's father rang the school's out-of-hours number. He has found messages on her tablet from "
    "somebody who says he is 17 and wants her to slip out of school at lunch and meet him, the next day she "
    "is in.",
    about="this evening",
)
_MESSAGES_REFERRAL = Referral(
    _DEPUTY,
    CARDIFF,
    where_now="At home with her father.",
    why_now="The meeting is meant to be at her next school lunch.",
    parents_view="Her father asked for advice. He has kept the tablet and has not answered the messages.",
    safe_contact="Her father.",
)
_SIGNPOST = DecisionDraft(
    decision=Decision.SIGNPOST,
    rationale="She stayed in school. The police know the account and are speaking with the boy, who is 14 "
    "and at another school. Her father is acting well and asks for advice about the tablet.",
    would_change_it="If the account proves to be an adult's, or she is asked to meet anybody again.",
    to_school="The account belongs to another child, and the police are dealing with it. We have given her "
    "father somebody to talk to about keeping her safe online. There is no further part for us now.",
    advice="Please tell us at once if she leaves at lunch.",
)
_BURN = Concern(
    "Emrys Valdivia-Jones",
    "Emrys came to practice with a burn on the back of his hand. He said a cigarette fell on it in a car. "
    "He does not smoke and would not say whose car.",
    about="practice before school",
)
_BURN_SIGNS = detail(
    seen("injuries", SignSource.SAW_IT, "a burn, today"),
    seen("unknown_vehicles", SignSource.CHILD_SAID),
    done="Had it looked at by the first aider, who wrote it down.",
)
_BURN_REFERRAL = Referral(
    _LEAD,
    CARDIFF,
    where_now="In school, in lessons until three.",
    why_now="The injury does not fit what he says, and he is in a car nobody knows.",
    parents_view="His mother had not seen it and is upset. She agrees.",
    safe_contact="His mother.",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the stories."""
    days = Days(now, Nation.WALES)
    yield _the_hotel(days)
    yield _a_change_of_friends(days)
    yield _in_the_evening(days)
    yield _waiting(days)


def _the_hotel(days: Days) -> Story:
    afternoon, card = days.back(8, "14:10"), _NIA.card(days.now)
    told = yield Act(afternoon, _COACH, acts.record(_HOTEL.on(afternoon)))
    yield Act(days.back(8, "14:18"), _COACH, acts.add(told, _HOTEL_SIGNS))
    yield Act(days.back(8, "14:30"), _LEAD, acts.read(told))
    yield Act(days.back(8, "14:34"), _LEAD, acts.begin_file(told, card))
    sent = yield Act(days.back(8, "14:55"), _LEAD, acts.refer(_HOTEL_REFERRAL.of(told, child=card)))
    amber = "She is safe now; other children may not be."
    yield Act(days.back(8, "15:38"), _WORKER, acts.look_at_queue())
    yield Act(days.back(8, "15:40"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(8, "15:50"), _WORKER, acts.colour(sent, Colour.AMBER, amber))
    yield Act(days.back(7, "10:30"), _WORKER, acts.decide(sent, _STRATEGY))
    yield Act(days.back(7, "11:00"), _LEAD, acts.follow(sent))
    starts_at = days.after(days.now + timedelta(days=2), "13:30")
    meeting = acts.arrange(sent, MeetingDraft(starts_at, _INVITATION))
    yield Act(days.back(6, "09:40"), _WORKER, meeting)


def _a_change_of_friends(days: Days) -> Story:
    at_break = days.back(6, "10:15")
    friends = yield Act(at_break, _LIBRARIAN, acts.record(_FRIENDS.on(at_break)))
    signs = detail(seen("friend_group_change", SignSource.SAW_IT), told=Answer.NO)
    yield Act(days.back(6, "10:22"), _LIBRARIAN, acts.add(friends, signs))
    yield Act(days.back(6, "10:35"), _DEPUTY, acts.read(friends))
    yield Act(days.back(6, "10:40"), _DEPUTY, acts.begin_file(friends, _CAI.card(days.now)))
    yield Act(days.back(6, "14:50"), _DEPUTY, acts.keep(friends, _FRIENDS_KEPT))


def _in_the_evening(days: Days) -> Story:
    evening, card = days.back(4, "20:05"), _LOWRI.card(days.now)
    rang = yield Act(evening, _DEPUTY, acts.record(_MESSAGES.on(evening)))
    referral = _MESSAGES_REFERRAL.of(rang, child=card)
    sent = yield Act(evening + timedelta(minutes=12), _DEPUTY, acts.refer(referral))
    rung = CallDraft(
        spoke_to="the operator on 101",
        number="101",
        said="The council's number rang out, so I told the police what her father told us.",
        called_at=evening + timedelta(minutes=15),
    )
    yield Act(evening + timedelta(minutes=19), _DEPUTY, acts.call(sent, rung))
    yield Act(days.back(3, "08:10"), _LEAD, acts.read(rang))
    yield Act(days.back(3, "08:15"), _LEAD, acts.begin_file(rang, card))
    yield Act(days.back(3, "08:55"), _COLLEAGUE, acts.take_and_acknowledge(sent))
    red = "A meeting is meant to happen at lunch today."
    yield Act(days.back(3, "09:05"), _COLLEAGUE, acts.colour(sent, Colour.RED, red))
    yield Act(days.back(3, "14:30"), _COLLEAGUE, acts.decide(sent, _SIGNPOST))
    yield Act(days.back(3, "15:05"), _DEPUTY, acts.follow(sent))


def _waiting(days: Days) -> Story:
    morning, card = days.back(1, "10:50"), _EMRYS.card(days.now)
    burn = yield Act(morning, _COACH, acts.record(_BURN.on(morning)))
    yield Act(days.back(1, "10:57"), _COACH, acts.add(burn, _BURN_SIGNS))
    yield Act(days.back(1, "11:05"), _LEAD, acts.read(burn))
    yield Act(days.back(1, "11:08"), _LEAD, acts.begin_file(burn, card))
    yield Act(days.back(1, "11:30"), _LEAD, acts.refer(_BURN_REFERRAL.of(burn, child=card)))

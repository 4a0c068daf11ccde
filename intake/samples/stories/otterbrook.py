"""At Otterbrook in office hours: two concerns kept in school, and a referral with no further action."""

from collections.abc import Iterator
from datetime import datetime

from intake.casework.drafts import DecisionDraft
from intake.samples import acts
from intake.samples.answers import HALTON, Child, Concern, Referral, detail, not_known, seen, someone
from intake.samples.days import Days
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Colour, Decision, Nation, SignSource

_TUTOR, _ASSISTANT, _LEAD, _DEPUTY = someone("Tomasz"), someone("Shanice"), someone("Ruth"), someone("Imran")
_WORKER = someone("Martin")

_MILO = Child("Milo", "Harcastle", 12, 210, "Year 8", "An invented address in Runcorn")
# The whole name stands in the first field, as the register has it: there is no surname to put in the second.
_AOIFE = Child("Aoife O'Brien-Nguyễn", "", 13, 45, "Year 9", "An invented address in Widnes")

_ALONE = Concern(
    "Milo Harcastle",
    "Milo was not in period 2 again, the third time this fortnight. I found him sitting behind the sports "
    'hall on his own. He said: "It\'s too loud in there." He came in with me when I asked.',
    about="period 2",
)
_ALONE_SIGNS = detail(
    seen("missing_lessons", SignSource.SAW_IT, "three times this fortnight"),
    not_known("behaviour_change"),
    done="Sat with him until the bell and walked him to his next lesson.",
    told=Answer.NO,
)
_ALONE_KEPT = acts.Reason(
    "I have spoken with Milo and with his father. He finds the new room hard, and nothing else has changed. "
    "He is where staff can see him and nobody else is involved.",
    "The special needs co-ordinator sees him this week; he may leave with a card; we look again in two "
    "weeks.",
    "Thank you for finding him. We know where he goes now and why, and he has somebody to go to. Tell me at "
    "once if he is missing again.",
)
_TIRED = Concern(
    "Milo Harcastle",
    "Milo fell asleep in tutor time. He said he had been up until three playing with his cousin, who is "
    "staying with them. He had had no breakfast.",
    about="tutor time",
)
_TIRED_KEPT = acts.Reason(
    "His father knows, and the cousin, who is twelve, went home this morning.",
    "Breakfast club for the rest of the week.",
    "Thank you. He has had breakfast, and his father has rung. Please look out for him next week.",
)
_ONLINE = Concern(
    "Aoife O'Brien-Nguyễn",
    "In the lesson about being safe online Aoife said she has over a thousand friends in a game and that "
    'one of them, who says he is 15, "might come to Widnes in the holidays". She was pleased about it and '
    "told the class.",
    about="period 1",
)
_ONLINE_SIGNS = detail(
    seen("many_online_friends", SignSource.CHILD_SAID),
    not_known("met_online_contact"),
    answers=(
        ("online_gaming", "Yes, most evenings, with people she has not met."),
        ("social_media_contacts", "She will not say."),
    ),
    told=Answer.YES,
)
_ONLINE_REFERRAL = Referral(
    _LEAD,
    HALTON,
    where_now="In lessons. She goes home with her sister at half past three.",
    why_now="She speaks of meeting somebody nobody in the family has met, and we do not know his age.",
    wishes="She does not think there is anything to worry about.",
    parents_view="Her parents did not know of it. They will look at the game with her tonight.",
    safe_contact="Either parent.",
)
_NO_FURTHER_ACTION = DecisionDraft(
    decision=Decision.NO_FURTHER_ACTION,
    rationale="Her parents have looked at the account with her. There was no arrangement to meet and nothing "
    "sexual was asked for or sent. She has blocked the contact and reported it in the game.",
    would_change_it="Any attempt to meet, any request for a picture, or the contact coming back by another "
    "name.",
    to_school="We have spoken with both parents and are taking no further action now. You were right to "
    "refer: it was you who brought it to their notice. Please send us a new referral if he writes again or "
    "if she is asked for a picture.",
    advice="It may help her to talk over the lesson about friends online with somebody she likes.",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the stories."""
    days = Days(now, Nation.ENGLAND)
    yield _milo(days)
    yield _online_friends(days)


def _milo(days: Days) -> Story:
    found = days.back(9, "11:20")
    alone = yield Act(found, _ASSISTANT, acts.record(_ALONE.on(found)))
    yield Act(days.back(9, "11:26"), _ASSISTANT, acts.add(alone, _ALONE_SIGNS))
    yield Act(days.back(9, "11:50"), _LEAD, acts.read(alone))
    file_id = yield Act(days.back(9, "11:55"), _LEAD, acts.begin_file(alone, _MILO.card(days.now)))
    yield Act(days.back(9, "15:10"), _LEAD, acts.keep(alone, _ALONE_KEPT))

    # The lead was in court that morning: after half an hour of school time her deputy was told.
    morning = days.back(3, "08:35")
    tired = yield Act(morning, _TUTOR, acts.record(_TIRED.on(morning)))
    yield Act(days.back(3, "09:20"), _DEPUTY, acts.read(tired))
    yield Act(days.back(3, "09:24"), _DEPUTY, acts.put_in_file(tired, file_id))
    yield Act(days.back(3, "11:05"), _DEPUTY, acts.keep(tired, _TIRED_KEPT))


def _online_friends(days: Days) -> Story:
    lesson, card = days.back(8, "10:45"), _AOIFE.card(days.now)
    worry = yield Act(lesson, _TUTOR, acts.record(_ONLINE.on(lesson)))
    yield Act(days.back(8, "10:52"), _TUTOR, acts.add(worry, _ONLINE_SIGNS))
    yield Act(days.back(8, "11:05"), _LEAD, acts.read(worry))
    yield Act(days.back(8, "11:10"), _LEAD, acts.begin_file(worry, card))
    sent = yield Act(days.back(8, "11:40"), _LEAD, acts.refer(_ONLINE_REFERRAL.of(worry, child=card)))
    green = "Nothing is arranged, and both parents are acting on it today."
    yield Act(days.back(8, "12:28"), _WORKER, acts.look_at_queue())
    yield Act(days.back(8, "12:30"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(8, "12:45"), _WORKER, acts.colour(sent, Colour.GREEN, green))
    rang = "Rang both parents. They have looked at the account with her and blocked the contact."
    yield Act(days.back(7, "09:30"), _WORKER, acts.note(sent, rang))
    yield Act(days.back(7, "09:50"), _WORKER, acts.decide(sent, _NO_FURTHER_ACTION))
    yield Act(days.back(7, "10:20"), _LEAD, acts.follow(sent))

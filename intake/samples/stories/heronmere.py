"""At Heronmere, the second school of one council: one concern kept, one its reporter referred herself."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.casework.drafts import DecisionDraft
from intake.samples import acts
from intake.samples.answers import HALTON, Child, Concern, Referral, detail, not_known, seen, someone
from intake.samples.days import Days
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Colour, Decision, Nation, SignSource

_TEACHER, _HEAD, _DEPUTY = someone("Dorota"), someone("Kwabena"), someone("Lucy")
_WORKER = someone("Martin")

_TAVI = Child("Tavi", "Munro-Lee", 10, 90, "Year 6", "An invented address in Runcorn")
_ELSIE = Child("Elsie", "Brackenbury", 11, 20, "Year 6", "An invented address in Widnes")

_TRAINERS = Concern(
    "Tavi Munro-Lee",
    'Tavi has trainers that cost more than anybody here could pay. He said: "My uncle won a bet." He has '
    "been tired this week.",
    about="registration",
)
_TRAINERS_SIGNS = detail(
    seen("unexplained_money_gifts", SignSource.SAW_IT, "trainers, this week"),
    not_known("older_friends"),
    told=Answer.YES,
)
_TRAINERS_KEPT = acts.Reason(
    "His mother showed me the receipt: his uncle bought them, and was with them when he did. The baby has "
    "been keeping everybody awake.",
    "I shall ask Tavi how he is next week.",
    "Thank you for asking rather than guessing. There is a good explanation, and I have seen it.",
)
_OVERHEARD = Concern(
    "Elsie Brackenbury",
    "Elsie asked me whether it is against the law to sleep at a friend's house when the friend is grown up. "
    "She would not say who. Her older sister has been driven to school by three different men this month.",
    about="end of the day",
)
_OVERHEARD_REFERRAL = Referral(
    _TEACHER,
    HALTON,
    where_now="Walked home with her grandmother at twenty past three.",
    why_now="I cannot reach either safeguarding lead, and I did not want it to wait until tomorrow.",
    parents_view="Her grandmother says she is worried about the older sister too.",
    safe_contact="Her grandmother.",
)
_FAMILY_HELP = DecisionDraft(
    decision=Decision.FAMILY_HELP,
    rationale="A grandmother who is asking for help with two girls, and a sister whom her own school has "
    "been asked about. Elsie herself has not been anywhere.",
    would_change_it="If Elsie is collected by anybody her grandmother does not know.",
    to_school="A family help worker will visit Elsie's grandmother this week. We are asking her sister's "
    "school as well. Thank you for not waiting.",
    advice="Please keep letting Elsie ask you things.",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the stories."""
    days = Days(now, Nation.ENGLAND)
    yield _new_trainers(days)
    yield _nobody_to_be_reached(days)


def _new_trainers(days: Days) -> Story:
    morning = days.back(7, "09:25")
    trainers = yield Act(morning, _TEACHER, acts.record(_TRAINERS.on(morning)))
    yield Act(days.back(7, "09:31"), _TEACHER, acts.add(trainers, _TRAINERS_SIGNS))
    yield Act(days.back(7, "10:40"), _DEPUTY, acts.read(trainers))
    yield Act(days.back(7, "10:44"), _DEPUTY, acts.begin_file(trainers, _TAVI.card(days.now)))
    yield Act(days.back(7, "15:30"), _DEPUTY, acts.keep(trainers, _TRAINERS_KEPT))


def _nobody_to_be_reached(days: Days) -> Story:
    """Both leads were away with the choir, so the teacher did what any member of staff may do."""
    afternoon, card = days.back(2, "15:35"), _ELSIE.card(days.now)
    overheard = yield Act(afternoon, _TEACHER, acts.record(_OVERHEARD.on(afternoon)))
    referral = _OVERHEARD_REFERRAL.of(overheard, child=card)
    sent = yield Act(days.back(2, "15:55"), _TEACHER, acts.refer(referral))
    green = "Elsie is safe with her grandmother; the worry is about her sister."
    yield Act(days.back(2, "16:18"), _WORKER, acts.look_at_queue())
    yield Act(days.back(2, "16:20"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(2, "16:30"), _WORKER, acts.colour(sent, Colour.GREEN, green))
    yield Act(days.back(1, "08:15"), _HEAD, acts.read(overheard))
    yield Act(days.back(1, "08:20"), _HEAD, acts.begin_file(overheard, card))
    decided_at = days.back(1, "11:10")
    yield Act(decided_at, _WORKER, acts.decide(sent, _FAMILY_HELP))
    yield Act(decided_at + timedelta(minutes=30), _TEACHER, acts.follow(sent))

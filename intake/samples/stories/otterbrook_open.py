"""At Otterbrook now: a concern nobody has read, one read and undecided, and two referrals under way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.casework.drafts import CallDraft
from intake.routing.directory_folder import read_directory
from intake.samples import acts
from intake.samples.answers import HALTON, Child, Concern, Referral, detail, seen, someone
from intake.samples.days import Days
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Colour, Nation, NotToldReason, OpenState, ParentsTold, SignSource

_TUTOR, _ASSISTANT, _LEAD = someone("Tomasz"), someone("Shanice"), someone("Ruth")
_WORKER = someone("Deborah")
_DESK, _NIGHT = "halton-icart", "halton-edt"

_JANNAH = Child("Jannah", "Pellworth", 15, 200, "Year 11", "An invented address in Widnes")
_ROWAN = Child("Rowan", "Achterlonie", 14, 15, "Year 9", "An invented address in Runcorn")

_OLDER = Concern(
    "Jannah Pellworth",
    "Jannah told two friends in my hearing that her boyfriend is 24 and has his own flat, and that she is "
    "going to live there when she is 16. She had a bracelet on that I have not seen before.",
    about="lunch",
)
_OLDER_SIGNS = detail(
    seen("older_partner", SignSource.CHILD_SAID),
    seen("unexplained_money_gifts", SignSource.SAW_IT, "a bracelet, today"),
    seen("dresses_older", SignSource.STAFF_SAID, "this term"),
    locations=("home",),
    told=Answer.YES,
)
_OLDER_REFERRAL = Referral(
    _LEAD,
    HALTON,
    where_now="In lessons until half past three, then at home with her grandfather.",
    why_now="She means to move in with a man of 24 within a few months.",
    wishes="She says she is happy and wants to be left alone.",
    told=ParentsTold.NOT_YET,
    not_told=(NotToldReason.RISK_TO_CHILD,),
    not_told_words="She says her grandfather would lock her out. We would like advice first.",
    safe_contact="The school, until she has been talked with.",
)
# Told without a time of day: nobody knows at what hour the program will be tried out.
_DANGER = Concern(
    "Rowan Achterlonie",
    "Rowan's aunt rang me. He came to her with a cut over his eye and said that a man he owes money to had "
    'done it, and had said: "Next time it\'s your sister." The man knows where he lives and is waiting '
    "outside in a car.",
    about="within the last hour",
    danger=Answer.YES,
)
_DANGER_SIGNS = detail(
    seen("injuries", SignSource.FAMILY_SAID, "a cut over the eye, today"),
    seen("crime", SignSource.CHILD_SAID, "since the summer"),
    done="Told his aunt to ring 999, which she has. Rang the safeguarding lead. He says that he carries "
    "things for the man.",
    told=Answer.YES,
)
_DANGER_REFERRAL = Referral(
    _LEAD,
    HALTON,
    where_now="At his aunt's, with the door locked. She is with him and his sister.",
    why_now="He has been hurt and threatened, and the man is outside. The police have been rung.",
    danger=Answer.YES,
    wishes="He is frightened for his sister and does not want to go home.",
    told=ParentsTold.NOT_YET,
    not_told=(NotToldReason.COULD_NOT_REACH,),
    not_told_words="His mother is on a flight. His aunt is trying his father.",
    safe_contact="His aunt; the lead has her number.",
)
_PHONES = Concern(
    "Wren Dalgleish-Okoro",
    "Wren had three phones in her bag, none of them hers. She said she was looking after them for somebody. "
    "At break she went out by the back gate and came back with money, which she gave to a boy from Year 11.",
    about="break",
)
_PHONES_SIGNS = detail(
    seen("unexplained_money_gifts", SignSource.SAW_IT, "today"),
    seen("friend_group_change", SignSource.STAFF_SAID, "since half term"),
    done="Asked her whether she was all right. She said she was not allowed to say.",
    told=Answer.NOT_KNOWN,
)
_ARM = Concern(
    "Otis Wenlock-Sharma",
    "Otis would not take his coat off in PE and was holding his arm. He said he fell off his bike. He did "
    "not look at me when he said it. Usually he tells me everything.",
    about="the last lesson I had with him",
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the stories."""
    days = Days(now, Nation.ENGLAND)
    yield _half_way(days)
    yield _in_danger(days)
    yield _undecided(days)
    yield _unread(days)


def _half_way(days: Days) -> Story:
    lunch, card = days.back(1, "12:35"), _JANNAH.card(days.now)
    older = yield Act(lunch, _ASSISTANT, acts.record(_OLDER.on(lunch)))
    yield Act(days.back(1, "12:41"), _ASSISTANT, acts.add(older, _OLDER_SIGNS))
    yield Act(days.back(1, "12:50"), _LEAD, acts.read(older))
    yield Act(days.back(1, "12:54"), _LEAD, acts.begin_file(older, card))
    sent = yield Act(days.back(1, "14:20"), _LEAD, acts.refer(_OLDER_REFERRAL.of(older, child=card)))
    amber = "An older man, gifts, and a plan to leave home; safe tonight."
    yield Act(days.back(1, "15:02"), _WORKER, acts.look_at_queue())
    yield Act(days.back(1, "15:05"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(1, "15:20"), _WORKER, acts.colour(sent, Colour.AMBER, amber))
    asked = "Asked the lead to find out which street the flat is in. Rang nobody in the family, as the "
    "school asks."
    yield Act(days.back(1, "15:45"), _WORKER, acts.note(sent, asked))


def _in_danger(days: Days) -> Story:
    began, card = days.just_now(52), _ROWAN.card(days.now)
    danger = yield Act(began, _TUTOR, acts.record(_DANGER.on(began)))
    yield Act(began + timedelta(minutes=3), _TUTOR, acts.add(danger, _DANGER_SIGNS))
    yield Act(began + timedelta(minutes=6), _LEAD, acts.read(danger))
    yield Act(began + timedelta(minutes=9), _LEAD, acts.begin_file(danger, card))
    referral = _DANGER_REFERRAL.of(danger, child=card)
    sent = yield Act(began + timedelta(minutes=15), _LEAD, acts.refer(referral))
    rung_at = began + timedelta(minutes=17)
    number, team = _who_answers(rung_at)
    rung = CallDraft(
        spoke_to=f"the person who answered for {team}",
        number=number,
        said="Told them what his aunt told us, where he is, and that the police are on their way.",
        called_at=rung_at,
    )
    yield Act(rung_at + timedelta(minutes=3), _LEAD, acts.call(sent, rung))


def _who_answers(instant: datetime) -> tuple[str, str]:
    """Return the number to ring at that hour, and whose it is, as the directory has it."""
    services = read_directory().services
    desk, night = services[_DESK], services[_NIGHT]
    service = desk if desk.hours.state_at(instant) is OpenState.OPEN else night
    return service.phone_at(instant).number, service.name


def _undecided(days: Days) -> Story:
    """Read yesterday; the lead has still to match it to a file, and to refer it or keep it with a reason."""
    at_break = days.back(1, "11:20")
    phones = yield Act(at_break, _TUTOR, acts.record(_PHONES.on(at_break)))
    yield Act(days.back(1, "11:27"), _TUTOR, acts.add(phones, _PHONES_SIGNS))
    yield Act(days.back(1, "15:55"), _LEAD, acts.read(phones))


def _unread(days: Days) -> Story:
    recorded_at = days.in_school(12)
    yield Act(recorded_at, _ASSISTANT, acts.record(_ARM.on(recorded_at)))

"""Kezia and the silver car: two concerns, one referral, an assessment and a safety-plan meeting."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from intake.casework.documents.meeting import AgencyStatement, Invitation, Invitee, Minute, PlanRow
from intake.casework.drafts import DecisionDraft, MeetingDraft, MinuteDraft
from intake.samples import acts
from intake.samples.answers import (
    HALTON,
    Child,
    Concern,
    Referral,
    day_after,
    detail,
    not_known,
    seen,
    someone,
)
from intake.samples.days import Days
from intake.samples.people import Place
from intake.samples.storyteller import Act, Story
from intake.vocabulary import Answer, Attendance, Colour, Decision, Nation, SignSource, StatementKind

_TUTOR, _ASSISTANT, _LEAD = someone("Tomasz"), someone("Shanice"), someone("Ruth")
_WORKER = someone("Deborah")

_KEZIA = Child("Kezia", "Thornbury-Amadi", 14, 120, "Year 10", "An invented address in Widnes")

_LIFT = Concern(
    "Kezia Thornbury-Amadi",
    "When school ended Kezia got into a silver car outside the bottom gate. A man I did not know was "
    "driving; he looked to be in his twenties. When I asked her about it the next morning in tutor time she "
    "said: \"He's just my cousin's mate, he gives me lifts.\" She has a new phone and would not say where "
    "it came from.",
    about="twenty past three, at the bottom gate",
)
_LIFT_SIGNS = detail(
    seen("unknown_vehicles", SignSource.SAW_IT, "that day, and once the week before"),
    seen("unexplained_money_gifts", SignSource.SAW_IT, "a new phone, this week"),
    seen("older_friends", SignSource.CHILD_SAID, "this morning"),
    not_known("missing_home_school"),
    done="Stayed with her until registration. Wrote down part of the number plate: it ends in KX.",
    told=Answer.YES,
)
_TEARS = Concern(
    "Kezia T, 10W",
    "Kezia was crying in the library at lunch. Her phone kept lighting up. She said: \"He'll be cross if I "
    'don\'t answer." I asked who. She said "nobody" and put it away. She has not eaten with her friends '
    "for about two weeks.",
    about="lunch time, in the library",
)
_REFERRAL = Referral(
    _LEAD,
    HALTON,
    where_now="In school, with me, until her mother comes at half past three.",
    why_now="Two members of staff have seen the same thing within a fortnight, and she is afraid of not "
    "answering him.",
    wishes="She wants her mother to know, and does not want her friends to find out.",
    parents_view="Her mother had noticed the phone and is worried. She agrees to this referral.",
    safe_contact="Her mother, on the number we hold. Not Kezia's own phone: he may see it.",
)
_ASSESSMENT = DecisionDraft(
    decision=Decision.ASSESSMENT,
    rationale="Gifts, lifts from an adult the family does not know, and fear of not answering him, seen by "
    "two members of staff apart from each other. Her mother is protective and agrees. A social worker "
    "should see Kezia at home this week.",
    would_change_it="If she goes missing, or the man is named and known to the police: a strategy "
    "discussion.",
    to_school="A social worker will assess with Kezia and her mother, beginning this week. There will be a "
    "meeting to make a safety plan, and you will be asked to it.",
    advice="Please let her stay near staff at the end of the day, and write down any car you see.",
)
_INVITED = (
    Invitee("Ruth Osei-Marlow", "Designated safeguarding lead", Place.OTTERBROOK.value),
    Invitee("Kezia's mother", "Parent", "Family"),
    Invitee("", "School nurse", "Community health"),
    Invitee("", "Constable, missing and exploited children", "Police"),
)
_CAME = (
    replace(_INVITED[0], attendance=Attendance.ATTENDED),
    replace(_INVITED[1], attendance=Attendance.ATTENDED),
    replace(_INVITED[2], attendance=Attendance.APOLOGIES, apologies="In clinic; sent her notes."),
    replace(_INVITED[3], attendance=Attendance.ATTENDED),
)


def stories(now: datetime) -> Iterator[Story]:
    """Return the story."""
    yield _silver_car(Days(now, Nation.ENGLAND))


def _silver_car(days: Days) -> Story:
    first = yield Act(days.back(10, "08:50"), _TUTOR, acts.record(_LIFT.on(days.back(11, "15:20"))))
    yield Act(days.back(10, "08:58"), _TUTOR, acts.add(first, _LIFT_SIGNS))
    yield Act(days.back(10, "09:10"), _LEAD, acts.read(first))
    card = _KEZIA.card(days.now)
    file_id = yield Act(days.back(10, "09:20"), _LEAD, acts.begin_file(first, card))

    lunch = days.back(9, "13:15")
    second = yield Act(lunch, _ASSISTANT, acts.record(_TEARS.on(lunch)))
    yield Act(days.back(9, "13:25"), _LEAD, acts.read(second))
    yield Act(days.back(9, "13:28"), _LEAD, acts.put_in_file(second, file_id))
    sent = yield Act(days.back(9, "13:45"), _LEAD, acts.refer(_REFERRAL.of(first, second, child=card)))
    yield from _triaged(days, sent)
    yield Act(days.back(9, "15:50"), _LEAD, acts.follow(sent))
    yield from _met(days, sent)


def _triaged(days: Days, sent: UUID) -> Generator[Act, Any, None]:
    amber = "Safe with her mother tonight; contact with an unknown adult goes on."
    yield Act(days.back(9, "14:02"), _WORKER, acts.look_at_queue())
    yield Act(days.back(9, "14:05"), _WORKER, acts.take_and_acknowledge(sent))
    yield Act(days.back(9, "14:20"), _WORKER, acts.colour(sent, Colour.AMBER, amber))
    wrong = "Rang the safeguarding lead. The part of the number plate seen ends in KY."
    note = yield Act(days.back(9, "14:40"), _WORKER, acts.note(sent, wrong))
    right = "The number plate ends in KX, as the school wrote, not KY."
    yield Act(days.back(9, "14:52"), _WORKER, acts.correct_note(sent, note, right))
    yield Act(days.back(9, "15:30"), _WORKER, acts.decide(sent, _ASSESSMENT))


def _met(days: Days, sent: UUID) -> Generator[Act, Any, None]:
    starts_at = days.back(4, "14:00")
    invitation = Invitation(
        place="The school's meeting room, and by telephone",
        purpose="To make a plan that keeps Kezia safe, with her and her mother.",
        invitees=_INVITED,
    )
    draft = MeetingDraft(starts_at, invitation)
    meeting = yield Act(days.back(8, "10:00"), _WORKER, acts.arrange(sent, draft))
    minutes = MinuteDraft(_minute(starts_at), corrects=None)
    yield Act(starts_at + timedelta(minutes=105), _WORKER, acts.minute(meeting, minutes))


def _minute(held_at: datetime) -> Minute:
    return Minute(
        invitees=_CAME,
        child_views="Kezia has met the social worker. She said: \"I want it to stop but I don't "
        'want him to think it was me." She would like her tutor to be the one she goes to.',
        parents_views="Her mother wants help with what to say about the phone, and wants the lifts to stop "
        "today.",
        statements=(
            AgencyStatement("School", StatementKind.FACT, "Seen in the silver car on two days."),
            AgencyStatement("School", StatementKind.REPORT, "Kezia says he is a friend of her cousin's."),
            AgencyStatement(
                "Health", StatementKind.OPINION, "She has lost weight and may be sleeping badly."
            ),
        ),
        risk="That an adult is giving Kezia things so that she will do as he says, and that she is met by "
        "car where nobody who knows her can see.",
        plan=_plan(held_at),
        direct_worker="The assessing social worker; Kezia asked that her tutor be there the first time.",
        support_for_parents="A course for parents, and one number that her mother can ring at night.",
        action_against_harm="Police to ask who drives the car. Nobody approaches him before they have spoken "
        "with Kezia.",
        dissent="None.",
        review_on=day_after(held_at, 42),
        written_by="",
    )


def _plan(held_at: datetime) -> tuple[PlanRow, ...]:
    return (
        PlanRow(
            "Meets Kezia at the front gate at the end of each school day",
            "Tomasz Wronabell, school",
            day_after(held_at, 1),
            "Rings her mother, then the duty desk, the same afternoon",
        ),
        PlanRow(
            "Sees Kezia at home every week",
            "Social worker",
            day_after(held_at, 7),
            "The team manager names somebody else",
        ),
        PlanRow(
            "Asks after the car and the phone's number",
            "Police",
            day_after(held_at, 10),
            "Says at the review what could not be done, and why",
        ),
    )

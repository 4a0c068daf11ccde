"""A duty desk at work, for tests that begin further on than an empty hub."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from intake.casework.documents.meeting import (
    AgencyStatement,
    Invitation,
    Invitee,
    Minute,
    NotRecorded,
    PlanRow,
)
from intake.casework.drafts import ColourDraft, DecisionDraft, MeetingDraft, MinuteDraft
from intake.policy.actor import Actor
from intake.vocabulary import Attendance, Colour, Decision, PlanSlot, Role, StatementKind
from tests.factories.people import People
from tests.factories.referrals import Referrals
from tests.support.place import TestPlace

RED = ColourDraft(Colour.RED, "A car waits for her every day.")
ASSESS = DecisionDraft(
    Decision.ASSESSMENT,
    "The car, the gifts and the age gap together.",
    "",
    "A social worker will see Maya in school tomorrow.",
    "Keep her with the head of year.",
)
INVITED = Invitation(
    "Room 2, or by video",
    "Agree who sees Maya, and how the car is stopped.",
    (Invitee("Anna Okafor", "Safeguarding lead", "Sampleford High"), Invitee("", "School nurse", "Health")),
)
MINUTED = Minute(
    invitees=tuple(replace(each, attendance=Attendance.ATTENDED) for each in INVITED.invitees),
    child_views='"I want him to stop coming."',
    parents_views="",
    statements=(AgencyStatement("Police", StatementKind.FACT, "The car belongs to an adult known to us."),),
    risk="That he takes her somewhere she cannot leave.",
    plan=(PlanRow("Visit the owner of the car", "PC Dale", date(2026, 11, 26), "Sgt Moss goes on Friday"),),
    direct_worker="Kit Shaw, youth worker",
    support_for_parents="The family worker rings mum tonight.",
    action_against_harm="The police serve a warning notice.",
    dissent="",
    review_on=date(2027, 1, 20),
    written_by="",
    not_recorded=(NotRecorded(PlanSlot.PARENTS_VIEWS, "Mum could not be reached."),),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A hub with two workers and a manager, and the lead of a school that refers to it."""

    place: TestPlace
    referrals: Referrals
    hub_id: UUID
    lead: Actor
    sam: Actor
    jo: Actor
    manager: Actor

    def arrive(self, **said: object) -> UUID:
        """Have the lead's referral arrive."""
        return self.referrals.arrive(self.lead, self.hub_id, **said)

    def acknowledged(self, referral_id: UUID | None = None) -> UUID:
        """Have Sam take a referral and acknowledge it: version 3."""
        referral_id = referral_id or self.arrive()
        with self.place.writing() as services:
            services.triage.take(self.sam, referral_id, 1)
        with self.place.writing() as services:
            services.triage.acknowledge(self.sam, referral_id, 2)
        return referral_id

    def decided(self, draft: DecisionDraft = ASSESS) -> UUID:
        """Have Sam decide on a referral: version 4."""
        referral_id = self.acknowledged()
        with self.place.writing() as services:
            services.decisions.decide(self.sam, referral_id, 3, draft)
        return referral_id

    def meeting(self, referral_id: UUID | None = None, begins: timedelta = timedelta(hours=-1)) -> UUID:
        """Have Sam arrange a meeting that began an hour ago, or begins at another time from now."""
        referral_id = referral_id or self.acknowledged()
        draft = MeetingDraft(self.place.clock.now() + begins, INVITED)
        with self.place.writing() as services:
            return services.meetings.arrange(self.sam, referral_id, draft)

    def minuted(self, meeting_id: UUID, minute: Minute = MINUTED, corrects: UUID | None = None) -> UUID:
        """Have Sam keep the minutes of a meeting."""
        with self.place.writing() as services:
            return services.meetings.minute(self.sam, meeting_id, MinuteDraft(minute, corrects))


@pytest.fixture
def desk(place: TestPlace, people: People, referrals: Referrals) -> Desk:
    """A duty desk in the workplace of the test."""
    return a_desk(place, people, referrals)


def a_desk(place: TestPlace, people: People, referrals: Referrals) -> Desk:
    """Staff a duty desk."""
    hub_id = people.hub()
    return Desk(
        place=place,
        referrals=referrals,
        hub_id=hub_id,
        lead=people.actor(people.school(), Role.SAFEGUARDING_LEAD, name="Anna Okafor"),
        sam=people.actor(hub_id, Role.DUTY_WORKER, name="Sam Reed"),
        jo=people.actor(hub_id, Role.DUTY_WORKER, name="Jo Marsh"),
        manager=people.actor(hub_id, Role.DUTY_MANAGER, name="Rae Whitlock"),
    )

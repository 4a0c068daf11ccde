"""A school with its people, and children on its roll, put straight into the tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from intake.audit.event import Subject
from intake.audit.events.concerns import ChildFileCreated
from intake.casework.documents.child import ChildCard
from intake.casework.drafts import ConcernDraft, ReferralDraft
from intake.crypto.inventory import CHILD_CARD
from intake.ids import new_id
from intake.models.concern import ChildFile
from intake.policy.actor import Actor
from intake.vocabulary import Answer, ParentsTold, Role, SubjectKind
from tests.factories.people import People
from tests.support.place import TestPlace

HALTON = "E06000006"
CARDIFF = "W06000015"


def card(**known: object) -> ChildCard:
    """Return a child's card of which only what is given is known."""
    blank: dict[str, object] = dict.fromkeys(
        ("given_name", "family_name", "known_as", "age_about", "home_address", "home_postcode", "year_group"),
        "",
    )
    return ChildCard(**{**blank, "born_on": None, **known})  # type: ignore[arg-type]


MAYA = card(
    given_name="Maya",
    family_name="Ellison",
    born_on=date(2012, 3, 9),
    year_group="10",
    home_address="14 Invented Street, Widnes",
    home_postcode="WA8 7QF",
)


def concern(**said: object) -> ConcernDraft:
    """Return a concern to record, in which everything has a plausible answer."""
    usual: dict[str, object] = {
        "child_name": "Maya Ellison",
        "child_file_id": None,
        "danger_now": Answer.NO,
        "missing_now": Answer.NO,
        "happened": 'Maya said: "he waits in the silver car".',
        "occurred_on": date(2026, 11, 23),
        "occurred_about": "just after lunch",
    }
    return ConcernDraft(**{**usual, **said})  # type: ignore[arg-type]


def referral(*concern_ids: UUID, **said: object) -> ReferralDraft:
    """Return a referral to send, in which everything has a plausible answer."""
    usual: dict[str, object] = {
        "concern_ids": concern_ids,
        "child": MAYA,
        "home_authority": HALTON,
        "no_fixed_address": False,
        "found_authority": None,
        "danger_now": Answer.NO,
        "missing_now": Answer.NO,
        "where_now": "In the front office with me",
        "why_now": "",
        "child_wishes": "",
        "parents_told": ParentsTold.YES,
        "not_told_reasons": (),
        "not_told_words": "",
        "parents_view": "",
        "safe_contact": "",
        "sender_phone": "07700 900123",
        "named_staff_ids": (),
    }
    return ReferralDraft(**{**usual, **said})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class School:
    """A school with a lead, two deputies and a teacher."""

    place: TestPlace
    people: People
    id: UUID
    lead: Actor
    deputy: Actor
    second_deputy: Actor
    teacher: Actor

    def child(self, known: ChildCard = MAYA) -> UUID:
        """Put a child on the roll and return the id of the file."""
        file_id = new_id()
        with self.place.writing() as services:
            place = CHILD_CARD.place(row_id=file_id, case_id=file_id, version=1)
            services.unit.session.add(
                ChildFile(
                    id=file_id,
                    organisation_id=self.id,
                    card_sealed=services.keys.seal(known, place, holders=(self.id,)),
                    version=1,
                    made_at=self.place.clock.now(),
                )
            )
            services.audit.record(
                ChildFileCreated(),
                actor=self.lead,
                organisation_id=self.id,
                subject=Subject(SubjectKind.CHILD_FILE, file_id),
            )
        return file_id

    def record(self, actor: Actor | None = None, **said: object) -> UUID:
        """Record a concern, as the teacher unless somebody else is given, and return its id."""
        with self.place.writing() as services:
            return services.concerns.record(actor or self.teacher, concern(**said))

    def read(self, concern_id: UUID) -> None:
        """Have the lead read a concern."""
        with self.place.opening() as services:
            services.concern_reading.open(self.lead, concern_id)


def make_school(place: TestPlace, people: People, authority: str = HALTON) -> School:
    """Make a school in an authority."""
    school_id = people.school(authority)
    return School(
        place=place,
        people=people,
        id=school_id,
        lead=people.actor(school_id, Role.SAFEGUARDING_LEAD, name="Anna Okafor"),
        deputy=people.actor(school_id, Role.DEPUTY_LEAD, name="Ruth Adeyemi", ladder=1),
        second_deputy=people.actor(school_id, Role.DEPUTY_LEAD, name="Tom Hale", ladder=2),
        teacher=people.actor(school_id, Role.REPORTER, name="Priya Nair"),
    )


@pytest.fixture
def school(place: TestPlace, people: People) -> School:
    """A school in Halton with its people."""
    return make_school(place, people)

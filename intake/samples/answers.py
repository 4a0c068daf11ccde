"""Answers as the forms would hand them over, with what is usual left out of the stories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from intake.calendars.local_time import to_local
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, FollowUp, HarmNoted, SignNoted
from intake.casework.drafts import ConcernDraft, ReferralDraft
from intake.casework.signs import CURRENT
from intake.samples.people import PEOPLE, SamplePerson
from intake.vocabulary import Answer, NotToldReason, ParentsTold, SignAnswer, SignSource

HALTON = "E06000006"
CARDIFF = "W06000015"

_DAYS_IN_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the stories; nobody is meant. `years` and `days` are the age at the time of telling."""

    given: str
    family: str
    years: int
    days: int
    year_group: str
    address: str

    def card(self, now: datetime) -> ChildCard:
        """Return the child's card."""
        age = timedelta(days=round(self.years * _DAYS_IN_A_YEAR) + self.days)
        return ChildCard(
            given_name=self.given,
            family_name=self.family,
            known_as="",
            born_on=to_local(now).date() - age,
            age_about="",
            home_address=self.address,
            home_postcode="",
            year_group=self.year_group,
        )


@dataclass(frozen=True, slots=True)
class Concern:
    """The first page of a concern, but for the day on which it happened."""

    child: str
    happened: str
    about: str = ""
    danger: Answer = Answer.NO
    missing: Answer = Answer.NO

    def on(self, instant: datetime) -> ConcernDraft:
        """Return the page; `instant` is any of the day on which it happened."""
        return ConcernDraft(
            child_name=self.child,
            child_file_id=None,
            danger_now=self.danger,
            missing_now=self.missing,
            happened=self.happened,
            occurred_on=to_local(instant).date(),
            occurred_about=self.about,
        )


@dataclass(frozen=True, slots=True)
class Referral:
    """The answers of a referral, but for the concerns and the child's card."""

    sender: SamplePerson
    home: str | None
    where_now: str
    why_now: str
    found: str | None = None
    danger: Answer = Answer.NO
    missing: Answer = Answer.NO
    wishes: str = ""
    told: ParentsTold = ParentsTold.YES
    not_told: tuple[NotToldReason, ...] = ()
    not_told_words: str = ""
    parents_view: str = ""
    safe_contact: str = ""

    def of(self, *concerns: UUID, child: ChildCard) -> ReferralDraft:
        """Return the referral of these concerns about a child."""
        return ReferralDraft(
            concern_ids=concerns,
            child=child,
            home_authority=self.home,
            no_fixed_address=False,
            found_authority=self.found,
            danger_now=self.danger,
            missing_now=self.missing,
            where_now=self.where_now,
            why_now=self.why_now,
            child_wishes=self.wishes,
            parents_told=self.told,
            not_told_reasons=self.not_told,
            not_told_words=self.not_told_words,
            parents_view=self.parents_view,
            safe_contact=self.safe_contact,
            sender_phone=self.sender.phone,
            named_staff_ids=(),
        )


def someone(name: str) -> SamplePerson:
    """Return the sample person whose name begins so."""
    return next(person for person in PEOPLE if person.name.startswith(name))


def seen(code: str, source: SignSource, when: str = "") -> SignNoted:
    """Return a sign as seen."""
    return SignNoted(code, SignAnswer.SEEN, source, when)


def not_known(code: str) -> SignNoted:
    """Return a sign asked about and not known."""
    return SignNoted(code, SignAnswer.NOT_KNOWN, None, "")


def detail(
    *signs: SignNoted,
    harms: Sequence[HarmNoted] = (),
    answers: Sequence[tuple[str, str]] = (),
    locations: Sequence[str] = (),
    done: str = "",
    told: Answer | None = None,
) -> ConcernDetail:
    """Return the second page of a concern."""
    return ConcernDetail(
        catalogue_version=CURRENT,
        signs=signs,
        harms=tuple(harms),
        follow_ups=tuple(FollowUp(question, answer) for question, answer in answers),
        locations=tuple(locations),
        done_so_far=done,
        lead_told_in_person=told,
        anything_else="",
    )


def day_after(instant: datetime, days: int) -> date:
    """Return the local day so many days after an instant's."""
    return to_local(instant).date() + timedelta(days=days)

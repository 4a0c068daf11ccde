"""What people do in the stories: each of these is something a page of the program does as well."""

from uuid import UUID

from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail
from intake.casework.drafts import (
    CallDraft,
    ColourDraft,
    ConcernDraft,
    DecisionDraft,
    KeptDraft,
    MeetingDraft,
    MinuteDraft,
    PassOnDraft,
    ReferralDraft,
)
from intake.policy.actor import Actor
from intake.samples.storyteller import Doing
from intake.services.workplace import Services
from intake.vocabulary import Colour, QueueList

#: Why a concern stays in school, what is done instead, and what its recorder is told.
Reason = KeptDraft


def record(draft: ConcernDraft) -> Doing:
    """Record a concern; gives its id."""
    return lambda services, actor: services.concerns.record(actor, draft)


def add(concern_id: UUID, detail: ConcernDetail) -> Doing:
    """Add the second page to a concern."""
    return lambda services, actor: services.concerns.add(actor, concern_id, detail)


def read(concern_id: UUID) -> Doing:
    """Read a concern."""
    return lambda services, actor: services.concern_reading.open(actor, concern_id)


def keep(concern_id: UUID, reason: Reason) -> Doing:
    """Keep a concern in school, with a reason."""

    def do(services: Services, actor: Actor) -> None:
        version = services.concern_reading.open(actor, concern_id).head.version
        services.concerns.keep(actor, concern_id, reason, version=version)

    return do


def begin_file(concern_id: UUID, card: ChildCard) -> Doing:
    """Begin a file for the child of a concern; gives its id."""

    def do(services: Services, actor: Actor) -> UUID:
        version = services.concern_reading.open(actor, concern_id).head.version
        return services.children.make(actor, concern_id, card, version=version)

    return do


def put_in_file(concern_id: UUID, file_id: UUID) -> Doing:
    """Say which child's file a concern belongs to."""

    def do(services: Services, actor: Actor) -> None:
        version = services.concern_reading.open(actor, concern_id).head.version
        services.children.match(actor, concern_id, file_id, version=version)

    return do


def refer(draft: ReferralDraft) -> Doing:
    """Send a referral; gives its id."""
    return lambda services, actor: services.referrals.submit(actor, draft)


def call(referral_id: UUID, draft: CallDraft) -> Doing:
    """Record a call about a referral."""
    return lambda services, actor: services.referral_calls.record(actor, referral_id, draft)


def follow(referral_id: UUID) -> Doing:
    """Look, in the school, at what became of a referral."""
    return lambda services, actor: services.referral_reading.open(actor, referral_id)


def look_at_queue() -> Doing:
    """Look at the queue."""
    return lambda services, actor: services.queue.show(actor, QueueList.ALL)


def take_and_acknowledge(referral_id: UUID) -> Doing:
    """Read a referral, take it and acknowledge it."""

    def do(services: Services, actor: Actor) -> None:
        version = _version(services, actor, referral_id)
        services.triage.take(actor, referral_id, version)
        services.triage.acknowledge(actor, referral_id, version + 1)

    return do


def colour(referral_id: UUID, value: Colour, reason: str) -> Doing:
    """Give a referral its colour."""

    def do(services: Services, actor: Actor) -> None:
        version = _version(services, actor, referral_id)
        services.triage.colour(actor, referral_id, version, ColourDraft(value, reason))

    return do


def decide(referral_id: UUID, draft: DecisionDraft) -> Doing:
    """Decide on a referral."""

    def do(services: Services, actor: Actor) -> None:
        services.decisions.decide(actor, referral_id, _version(services, actor, referral_id), draft)

    return do


def pass_on(referral_id: UUID, draft: PassOnDraft) -> Doing:
    """Pass a referral on to another service."""

    def do(services: Services, actor: Actor) -> None:
        services.passing_on.pass_on(actor, referral_id, _version(services, actor, referral_id), draft)

    return do


def accept() -> Doing:
    """Read and accept the one referral that waits for the service's answer; gives its id."""

    def do(services: Services, actor: Actor) -> UUID:
        (offer,) = services.offers.listed(actor)
        services.offers.read(actor, offer.id)
        return services.offers.accept(actor, offer.id)

    return do


def note(referral_id: UUID, text: str) -> Doing:
    """Write a case note; gives its id."""
    return lambda services, actor: services.notes.write(actor, referral_id, text)


def correct_note(referral_id: UUID, note_id: UUID, text: str) -> Doing:
    """Correct a case note by another."""
    return lambda services, actor: services.notes.correct(actor, referral_id, note_id, text)


def arrange(referral_id: UUID, draft: MeetingDraft) -> Doing:
    """Arrange a safety-plan meeting; gives its id."""
    return lambda services, actor: services.meetings.arrange(actor, referral_id, draft)


def minute(meeting_id: UUID, draft: MinuteDraft) -> Doing:
    """Keep the minutes of a meeting; gives their id."""
    return lambda services, actor: services.meetings.minute(actor, meeting_id, draft)


def _version(services: Services, actor: Actor, referral_id: UUID) -> int:
    return services.hub_reading.read(actor, referral_id).header.version

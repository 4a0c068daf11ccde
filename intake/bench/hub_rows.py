"""The hub's side of a case: opened, acknowledged, coloured, noted and decided."""

from datetime import timedelta
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events import casework, referrals
from intake.bench.hand import Hand
from intake.bench.story import Story
from intake.crypto import inventory
from intake.crypto.data_keys import DataKey
from intake.ids import new_id
from intake.vocabulary import Compartment, ReferralState

_MINUTE = timedelta(minutes=1)
_OPENED = (Compartment.IDENTITY, Compartment.REFERRAL, Compartment.HUB, Compartment.RELEASE)


class HubRows:
    """Puts what a hub did with a referral into the tables."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def triage(self, story: Story, about: Subject) -> None:
        """Put everything that happened to a referral since it arrived."""
        if story.state is ReferralState.RECEIVED or about.id is None:
            return
        key = self._hand.key(about.id, Compartment.HUB, story.at, story.hub.id)
        at = story.at + 20 * _MINUTE
        for event in (
            referrals.ReferralOpened(compartments=_OPENED),
            referrals.ReferralAcknowledged(),
        ):
            self._hand.happened(story.hub, event, at, by=story.worker, about=about)
        self._colour(story, about, about.id, key)
        for number in range(story.notes):
            self._note(story, about, about.id, key, number)
        if story.state is ReferralState.DECIDED:
            self._decision(story, about, about.id, key)

    def _colour(self, story: Story, about: Subject, referral_id: UUID, key: DataKey) -> None:
        if story.colour is None:
            return
        colour_id, at = new_id(), story.at + 40 * _MINUTE
        reason, noted = self._hand.seal(inventory.COLOUR_REASON, colour_id, key, story.words.colour)
        self._hand.bulk.add(
            "triage_colour",
            id=colour_id,
            referral_id=referral_id,
            colour=story.colour,
            given_by=story.worker,
            given_at=at,
            reason_sealed=reason,
        )
        event = referrals.ReferralColoured(colour_id=colour_id, colour=story.colour)
        self._hand.happened(story.hub, event, at, by=story.worker, about=about, sealed=(noted,))

    def _note(self, story: Story, about: Subject, referral_id: UUID, key: DataKey, number: int) -> None:
        note_id, at = new_id(), story.at + (45 + number) * _MINUTE
        note, noted = self._hand.seal(inventory.CASE_NOTE, note_id, key, story.words.note)
        self._hand.bulk.add(
            "case_note",
            id=note_id,
            referral_id=referral_id,
            written_by=story.hub.people[number % len(story.hub.people)],
            written_at=at,
            note_sealed=note,
        )
        event = casework.NoteWritten(note_id=note_id)
        self._hand.happened(story.hub, event, at, by=story.worker, about=about, sealed=(noted,))

    def _decision(self, story: Story, about: Subject, referral_id: UUID, key: DataKey) -> None:
        decision_id, release_id, at = new_id(), new_id(), story.at + timedelta(hours=5)
        reason, noted = self._hand.seal(inventory.DECISION_REASON, decision_id, key, story.words.decision)
        self._hand.bulk.add(
            "triage_decision",
            id=decision_id,
            referral_id=referral_id,
            decided_by=story.worker,
            decided_at=at,
            reason_sealed=reason,
        )
        decided = referrals.ReferralDecided(decision_id=decision_id)
        self._hand.happened(story.hub, decided, at, by=story.worker, about=about, sealed=(noted,))
        given = self._hand.key(referral_id, Compartment.RELEASE, at, story.hub.id, story.school.id)
        words, noted = self._hand.seal(inventory.RELEASE_WORDS, release_id, given, story.words.release)
        self._hand.bulk.add(
            "release",
            id=release_id,
            referral_id=referral_id,
            released_by=story.worker,
            released_at=at,
            words_sealed=words,
            first_read_at=None,
        )
        released = referrals.ReferralReleased(release_id=release_id)
        self._hand.happened(story.hub, released, at, by=story.worker, about=about, sealed=(noted,))

"""Recording a concern, adding to it, and keeping it in school with a reason."""

from uuid import UUID

from intake.audit.event import Code
from intake.audit.events.concerns import ConcernAddedTo, ConcernKept, ConcernRecorded
from intake.audit.log import AuditLog
from intake.calendars.local_time import to_local
from intake.casework import concern_lifecycle
from intake.casework.completeness import require_concern, require_kept
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, KeptReason
from intake.casework.drafts import ConcernDraft, KeptDraft
from intake.casework.signs import Catalogue, catalogue
from intake.clock import Clock
from intake.crypto.inventory import CONCERN_DETAIL, CONCERN_KEPT, CONCERN_NAME, CONCERN_WORDS
from intake.db import Unit
from intake.errors import NotFound, StaleVersion
from intake.ids import new_id, new_reference
from intake.models.concern import ChildFile, Concern, ConcernAddition
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.restrictions import spread_from_file
from intake.services.alerts import Alerts
from intake.services.case_facts import facts_about
from intake.services.concern_rows import concern_for, subject_of
from intake.services.keys import CaseKeys
from intake.services.staff import Staff
from intake.vocabulary import Compartment, ConcernAct


class Concerns:
    """Takes down what staff saw and heard; every act is in the trail in the same commit."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        staff: Staff,
        alerts: Alerts,
        catalogue: Catalogue,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._staff = staff
        self._alerts = alerts
        self._catalogue = catalogue

    def record(self, actor: Actor, draft: ConcernDraft) -> UUID:
        """Keep a concern and have the lead told; returns its id.

        Raises `Refused` for a missing answer, `NotFound` for a child who is not on this school's roll.
        """
        require_role(actor, Permission.CONCERN_RECORD)
        now = self._clock.now()
        require_concern(draft, today=to_local(now).date())
        self._require_on_roll(actor, draft.child_file_id)
        concern = Concern(
            id=new_id(),
            reference=new_reference("C"),
            organisation_id=actor.organisation_id,
            recorded_by=actor.person_id,
            recorded_at=now,
            danger_now=draft.danger_now,
            missing_now=draft.missing_now,
            state=concern_lifecycle.FIRST,
            child_file_id=draft.child_file_id,
            catalogue_version=self._catalogue.version,
            version=1,
        )
        self._seal_words(concern, draft)
        self._session.add(concern)
        self._session.flush()
        if draft.child_file_id is not None:
            spread_from_file(self._session, draft.child_file_id, concern.id)
        self._audit.record(
            ConcernRecorded(
                danger_now=draft.danger_now,
                missing_now=draft.missing_now,
                catalogue_version=Code(self._catalogue.version),
            ),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=subject_of(concern),
        )
        self._alerts.begin(concern)
        return concern.id

    def add(self, actor: Actor, concern_id: UUID, detail: ConcernDetail) -> None:
        """Add signs and more words to a concern; what was there before stays as it was.

        Raises `NotFound`, also for a sign, harm or place that the catalogue does not have.
        """
        concern = concern_for(self._session, actor, Permission.CONCERN_ADD, concern_id)
        concern.state = concern_lifecycle.step(concern.state, ConcernAct.ADD_DETAIL)
        _require_in_catalogue(detail)
        addition_id = new_id()
        place = CONCERN_DETAIL.place(row_id=addition_id, case_id=concern.id)
        sealed = self._keys.seal(detail, place, holders=(concern.organisation_id,))
        self._session.add(
            ConcernAddition(
                id=addition_id,
                concern_id=concern.id,
                added_by=actor.person_id,
                added_at=self._clock.now(),
                detail_sealed=sealed,
            )
        )
        self._audit.record(
            ConcernAddedTo(addition_id=addition_id),
            actor=actor,
            organisation_id=concern.organisation_id,
            subject=subject_of(concern),
        )

    def keep(self, actor: Actor, concern_id: UUID, draft: KeptDraft, *, version: int) -> None:
        """Decide, with a reason, not to refer a concern; `version` is what the actor had read.

        Raises `NotFound`, `IllegalTransition` where nobody has read it yet or it was referred,
        `StaleVersion` where somebody else decided meanwhile, and `Refused` without a reason.
        """
        concern = concern_for(self._session, actor, Permission.CONCERN_KEEP, concern_id, to_change=True)
        if concern.version != version:
            raise StaleVersion
        require_kept(draft)
        concern.state = concern_lifecycle.step(concern.state, ConcernAct.KEEP)
        reason = KeptReason(draft.reason, draft.doing_instead, draft.feedback_to_reporter)
        place = CONCERN_KEPT.place(row_id=concern.id, case_id=concern.id)
        concern.kept_sealed = self._keys.seal(reason, place, holders=(concern.organisation_id,))
        concern.kept_at = self._clock.now()
        concern.kept_by = actor.person_id
        concern.version += 1
        self._audit.record(
            ConcernKept(), actor=actor, organisation_id=concern.organisation_id, subject=subject_of(concern)
        )

    def _seal_words(self, concern: Concern, draft: ConcernDraft) -> None:
        holders = (concern.organisation_id,)
        recorder = self._staff.card(concern.recorded_by)
        self._keys.begin(concern.id, (Compartment.SCHOOL,), holders=holders)
        words = ConcernWords(
            child_name=draft.child_name,
            happened=draft.happened,
            occurred_on=draft.occurred_on,
            occurred_about=draft.occurred_about,
            recorder_name=recorder.name,
            recorder_post=recorder.post,
        )
        name_place = CONCERN_NAME.place(row_id=concern.id, case_id=concern.id)
        words_place = CONCERN_WORDS.place(row_id=concern.id, case_id=concern.id)
        concern.name_sealed = self._keys.seal(_typed_card(draft.child_name), name_place, holders=holders)
        concern.words_sealed = self._keys.seal(words, words_place, holders=holders)

    def _require_on_roll(self, actor: Actor, child_file_id: UUID | None) -> None:
        if child_file_id is None:
            return
        child_file = self._session.get(ChildFile, child_file_id)
        if child_file is None or child_file.organisation_id != actor.organisation_id:
            raise NotFound
        facts = facts_about(self._session, child_file_id, Facts(), seen_from=actor.organisation_id)
        if facts.shuts_out(actor.person_id):
            raise NotFound


def _typed_card(name: str) -> ChildCard:
    """Return the name exactly as typed, as the card by which a list shows a child nobody has matched yet."""
    return ChildCard(
        given_name=name,
        family_name="",
        known_as="",
        born_on=None,
        age_about="",
        home_address="",
        home_postcode="",
    )


def _require_in_catalogue(detail: ConcernDetail) -> None:
    """Raise `NotFound` for a code this version of the catalogue does not have: no page of ours sent it."""
    signs = catalogue(detail.catalogue_version)
    known = {
        *(sign.code for sign in signs.signs),
        *(harm.code for harm in signs.harms),
        *(question.code for question in signs.questions),
        *(location.code for location in signs.locations),
    }
    said = {
        *(noted.code for noted in detail.signs),
        *(noted.code for noted in detail.harms),
        *(asked.question for asked in detail.follow_ups),
        *detail.locations,
    }
    if not said <= known:
        raise NotFound

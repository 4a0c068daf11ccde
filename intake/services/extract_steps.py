"""What was done about a child of the school, as an extract tells it: from times alone, opening nothing."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from intake.casework.timeline import Step, Timeline
from intake.models.concern import Concern
from intake.models.referral import Referral
from intake.queries.school_file import FileRows
from intake.vocabulary import StepTaken

#: When something was done, which step it was, and by whom, person or service; no time where it was not done.
_Done = tuple[datetime | None, StepTaken, UUID | None]


def timeline(rows: FileRows, names: Mapping[UUID | None, str]) -> Timeline:
    """Return it, with the names of people and services in place of their ids."""
    steps = [
        Step(
            at=at,
            taken=taken,
            reference=reference,
            service=names.get(who, "") if taken in {StepTaken.ARRIVED, StepTaken.DECIDED} else "",
            by="" if taken in {StepTaken.ARRIVED, StepTaken.DECIDED} else names.get(who, ""),
        )
        for reference, (at, taken, who) in _done(rows)
        if at is not None
    ]
    return Timeline(tuple(sorted(steps, key=lambda step: step.at)))


def _done(rows: FileRows) -> Iterator[tuple[str, _Done]]:
    concerns = {concern.id: concern.reference for concern in rows.concerns}
    referrals = {referral.id: referral.reference for referral in rows.referrals}
    for concern in rows.concerns:
        yield from ((concern.reference, each) for each in _of_concern(concern))
    for row in rows.additions:
        yield concerns[row.concern_id], (row.added_at, StepTaken.ADDED, row.added_by)
    for referral in rows.referrals:
        yield from ((referral.reference, each) for each in _of_referral(referral))
    for call in rows.calls:
        yield referrals[call.referral_id], (call.called_at, StepTaken.RANG, call.recorded_by)
    for message in rows.messages:
        ours = message.from_id == rows.file.organisation_id
        taken = StepTaken.ANSWERED if ours else StepTaken.TOLD
        yield referrals[message.referral_id], (message.written_at, taken, message.written_by)


def _of_concern(concern: Concern) -> Iterator[_Done]:
    yield concern.recorded_at, StepTaken.RECORDED, concern.recorded_by
    yield concern.read_at, StepTaken.READ, concern.read_by
    yield concern.kept_at, StepTaken.KEPT, concern.kept_by


def _of_referral(referral: Referral) -> Iterator[_Done]:
    yield referral.submitted_at, StepTaken.REFERRED, referral.sent_by
    yield referral.received_at, StepTaken.ARRIVED, referral.hub_id
    yield referral.acknowledged_at, StepTaken.ACKNOWLEDGED, referral.acknowledged_by
    yield referral.decided_at, StepTaken.DECIDED, referral.hub_id

"""No record, no words: an opening is in the trail, and committed, before anything is decrypted."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

import intake
from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernKept, ConcernOpened
from intake.audit.log import AuditLog
from intake.casework.documents.concern import KeptReason
from intake.clock import SetClock
from intake.crypto.inventory import CONCERN_KEPT
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Unit
from intake.errors import CannotOpen, NotConfirmed
from intake.models.audit import AuditEntry
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.vocabulary import OrganisationKind, Role, SubjectKind

_RING = KeyRing.new()
_CLOCK = SetClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
_SCHOOL, _OTHER = UUID(int=1), UUID(int=2)
_CASE = UUID(int=10)
_SUBJECT = Subject(SubjectKind.CONCERN, _CASE, "C-7K3M-9QTX")
_WORDS = KeptReason(reason="Her gran collects her.", doing_instead="", feedback_to_reporter="")
_PLACE = CONCERN_KEPT.place(row_id=_CASE, case_id=_CASE)


def _lead(organisation_id: UUID = _SCHOOL) -> Actor:
    roles = frozenset({Role.SAFEGUARDING_LEAD})
    return Actor(
        UUID(int=50), organisation_id, OrganisationKind.SCHOOL, roles, UUID(int=60), second_factor=True
    )


def _opening(unit: Unit) -> Opening:
    audit = AuditLog(unit, _CLOCK, _RING)
    return Opening(unit, _CLOCK, audit, CaseKeys(unit, _CLOCK, _RING, audit))


def _events(database: Database) -> list[str]:
    with database.reading() as unit:
        return list(unit.session.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)))


@pytest.fixture(name="blob")
def _blob(database: Database) -> bytes:
    with database.writing() as unit:
        for number in (1, 2):
            unit.session.add(
                Organisation(
                    id=UUID(int=number),
                    kind=OrganisationKind.SCHOOL,
                    name=f"School {number} (test)",
                    authority_code="E06000006",
                    made_at=_CLOCK.now(),
                )
            )
        unit.session.flush()
        audit = AuditLog(unit, _CLOCK, _RING)
        blob = CaseKeys(unit, _CLOCK, _RING, audit).seal(_WORDS, _PLACE, holders=(_SCHOOL,))
        audit.record(ConcernKept(), actor=_lead(), organisation_id=_SCHOOL, subject=_SUBJECT)
        return blob


def test_the_record_is_committed_before_the_words_are_opened(database: Database, blob: bytes) -> None:
    with database.opening() as unit:
        opened = _opening(unit).record(ConcernOpened(), actor=_lead(), subject=_SUBJECT)
        assert _events(database) == ["concern.kept", "concern.opened"]
        assert opened.unseal(KeptReason, blob, _PLACE) == _WORDS
    assert _events(database) == ["concern.kept", "concern.opened"]


def test_the_record_stays_though_the_opening_failed(database: Database, blob: bytes) -> None:
    with database.opening() as unit:
        opened = _opening(unit).record(ConcernOpened(), actor=_lead(_OTHER), subject=_SUBJECT)
        with pytest.raises(CannotOpen):
            opened.unseal(KeptReason, blob, _PLACE)
    assert _events(database).count("concern.opened") == 1


def test_where_the_record_is_not_kept_nothing_is_given(database: Database, blob: bytes) -> None:
    def lose() -> None:
        raise NotConfirmed

    with pytest.raises(NotConfirmed), database.opening() as unit:
        opening = _opening(unit)
        unit.before_commit(lose)
        opening.record(ConcernOpened(), actor=_lead(), subject=_SUBJECT)
    assert _events(database) == ["concern.kept"]


def test_the_keys_of_a_whole_list_are_fetched_before_it_is_opened(database: Database, blob: bytes) -> None:
    with database.opening() as unit:
        opened = _opening(unit).record(ConcernOpened(), actor=_lead(), subject=_SUBJECT)
        opened.load([_CASE])
        assert opened.unseal(KeptReason, blob, _PLACE) == _WORDS


def test_only_opening_goes_round_the_door_that_keeps_words_shut() -> None:
    sources = Path(intake.__file__).parent.rglob("*.py")
    users = {path.name for path in sources if ".unseal_on_record" in path.read_text(encoding="utf-8")}
    assert users == {"keys.py", "opening.py"}

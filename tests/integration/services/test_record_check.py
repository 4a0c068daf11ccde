"""Records are compared with the trail: what was done past the program is named, the rest is not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from intake.ids import new_id
from intake.models import METADATA
from intake.models.erasure import ErasedCase, Erasure
from intake.models.referral import Referral
from intake.models.triage import CaseNote, TriageDecision
from intake.services.sealed_rows import refusals_lifted
from intake.services.workplace import Services
from intake.vocabulary import RecordFault, ReferralState, Role, SubjectKind
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.comparing import compare
from tests.support.databases import on_either
from tests.support.erasing import closed
from tests.support.place import TestPlace

_DECISION, _NOTE, _STATE = "triage_decision.reason_sealed", "case_note.note_sealed", "referral.state"
_SEALED = CaseNote.note_sealed


def wrong(place: TestPlace) -> set[tuple[str, RecordFault]]:
    """Return the columns in which something is wrong, and how."""
    return {(f"{each.table}.{each.column}", each.kind) for each in compare(place).faults}


def past_the_program(place: TestPlace, table: str, act: Callable[[Services], object]) -> None:
    """Change rows as whoever owns the table can, who lifts its refusals first."""
    with place.writing() as services, refusals_lifted(services.unit.session, table):
        act(services)


def _delete_the_decision(services: Services) -> None:
    services.unit.session.execute(delete(TriageDecision))


def _blank_the_decision(services: Services) -> None:
    services.unit.session.execute(update(TriageDecision).values(reason_sealed=b""))


def _exchange_two_notes(services: Services) -> None:
    session = services.unit.session
    (one, of_one), (other, of_other) = session.execute(select(CaseNote.id, _SEALED)).all()
    session.execute(update(CaseNote).where(CaseNote.id == one).values(note_sealed=of_other))
    session.execute(update(CaseNote).where(CaseNote.id == other).values(note_sealed=of_one))


def _put_a_note_in(services: Services) -> None:
    table = METADATA.tables["case_note"]
    row = services.unit.session.execute(select(table).limit(1)).mappings().one()
    services.unit.session.execute(table.insert().values({**row, "id": new_id()}))


def _open_it_again(services: Services) -> None:
    services.unit.session.execute(update(Referral).values(state=ReferralState.DECIDED))


@pytest.mark.parametrize(
    ("harm", "column", "kind"),
    [
        (_delete_the_decision, _DECISION, RecordFault.GONE),
        (_blank_the_decision, _DECISION, RecordFault.GONE),
        (_exchange_two_notes, _NOTE, RecordFault.CHANGED),
        (_put_a_note_in, _NOTE, RecordFault.NEVER_RECORDED),
        (_open_it_again, _STATE, RecordFault.CHANGED),
    ],
)
def test_what_was_done_past_the_program_is_named(
    desk: Desk, harm: Callable[[Services], None], column: str, kind: RecordFault
) -> None:
    referral_id = closed(desk, desk.arrive())
    with desk.place.writing() as services:
        services.notes.write(desk.sam, referral_id, "The car was seen again.")
    before = compare(desk.place)
    assert (before.faults, before.not_covered, before.emptied, before.referrals) == ([], 0, 0, 1)
    past_the_program(desk.place, column.partition(".")[0], harm)
    assert wrong(desk.place) == {(column, kind)}


def _note(place: TestPlace, referral_id: UUID) -> bytes:
    with place.reading() as services:
        found = select(_SEALED).where(CaseNote.referral_id == referral_id)
        return services.unit.session.scalars(found).one()


@on_either
def test_new_keys_and_an_erasure_are_no_harm_and_hide_none(desk: Desk, people: People) -> None:
    place, another = desk.place, people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    erased, kept = (closed(desk, desk.arrive()) for _ in range(2))
    before = _note(place, kept)
    place.clock.instant += timedelta(seconds=1)
    with place.writing() as services:
        services.case_key_keeping.add_keys(kept)
        for sealed in services.case_key_keeping.columns(kept):
            services.case_key_keeping.reseal(kept, sealed)
    with place.writing() as services:
        request_id = services.erasing.ask(desk.manager, SubjectKind.REFERRAL, erased, "The time is over.")
    with place.writing() as services:
        services.second_person.approve(another, request_id)
    found = compare(place)
    assert (_note(place, kept) != before, _note(place, erased)) == (True, b"")
    assert (found.faults, found.not_covered, found.emptied_unsaid) == ([], 0, 0)
    assert found.emptied >= 5

    def put_back(services: Services) -> None:
        services.unit.session.execute(
            update(CaseNote).where(CaseNote.referral_id == kept).values(note_sealed=before)
        )

    def blank(services: Services) -> None:
        """As if the erasure had taken this case too."""
        session = services.unit.session
        session.execute(update(CaseNote).where(CaseNote.referral_id == kept).values(note_sealed=b""))
        number = session.scalars(select(Erasure.id)).one()
        session.add(ErasedCase(erasure_id=number, case_id=kept, organisation_id=desk.hub_id))

    past_the_program(place, "case_note", put_back)
    assert wrong(place) == {(_NOTE, RecordFault.CHANGED)}
    past_the_program(place, "case_note", blank)
    found = compare(place)
    assert (found.faults, found.emptied_unsaid, found.whole) == ([], 1, False)

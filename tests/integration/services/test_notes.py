"""Case notes: only ever added to, each correction naming what it corrects."""

from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from intake.errors import NotFound, Refused
from intake.models.triage import CaseNote
from intake.services.history import NoteKept
from tests.factories.hub_work import Desk

FIRST = "Rang mum at 11:40.\n\n  She will be in after 16:00."
RIGHT = "It was her aunt who answered."


def written(desk: Desk, referral: UUID, text: str = FIRST) -> UUID:
    with desk.place.writing() as services:
        return services.notes.write(desk.sam, referral, text)


def kept(desk: Desk, referral: UUID) -> list[NoteKept]:
    with desk.place.opening() as services:
        history = services.hub_reading.read(desk.sam, referral).history
    return [each for each in history if isinstance(each, NoteKept)]


def test_a_note_is_kept_exactly_as_it_was_typed(desk: Desk) -> None:
    referral = desk.arrive()
    written(desk, referral)

    (note,) = kept(desk, referral)
    assert (note.text, note.by, note.at) == (FIRST, "Sam Reed", desk.place.clock.now())


def test_a_note_may_be_written_before_anybody_has_taken_the_referral(desk: Desk) -> None:
    referral = desk.arrive()

    with desk.place.writing() as services:
        services.notes.write(desk.jo, referral, FIRST)

    assert len(kept(desk, referral)) == 1


def test_a_correction_names_the_note_and_both_are_shown(desk: Desk) -> None:
    referral = desk.arrive()
    wrong = written(desk, referral)
    with desk.place.writing() as services:
        services.notes.correct(desk.jo, referral, wrong, RIGHT)

    correction, note = kept(desk, referral)
    assert (correction.text, correction.corrects, correction.by) == (RIGHT, note.number, "Jo Marsh")
    assert (note.text, note.corrected) == (FIRST, (correction.number,))


def test_a_note_of_another_referral_cannot_be_corrected_from_this_one(desk: Desk) -> None:
    elsewhere = written(desk, desk.arrive())

    with pytest.raises(NotFound), desk.place.writing() as services:
        services.notes.correct(desk.sam, desk.arrive(), elsewhere, RIGHT)


@pytest.mark.parametrize("nothing", ["", "  \n ", "-"])
def test_a_note_says_something(desk: Desk, nothing: str) -> None:
    with pytest.raises(Refused), desk.place.writing() as services:
        services.notes.write(desk.sam, desk.arrive(), nothing)


def test_the_database_itself_refuses_to_change_or_remove_a_note(desk: Desk) -> None:
    note = written(desk, desk.arrive())

    for change in (
        update(CaseNote).where(CaseNote.id == note).values(note_sealed=b""),
        delete(CaseNote).where(CaseNote.id == note),
    ):
        with pytest.raises(DBAPIError, match="only added to"), desk.place.writing() as services:
            services.unit.session.execute(change)

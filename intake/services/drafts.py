"""Half-filled forms, sealed for the person who was typing and given back to nobody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError

from intake.casework.documents.person import FormDraft
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.db import Unit
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.person import FormDraftRow
from intake.services.keys import CaseKeys
from intake.vocabulary import Compartment

LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Author:
    """Whose draft it is, where they were typing it, and their home, which holds the key to all their drafts.

    What somebody types in one organisation is never given back to them in another.
    """

    person_id: UUID
    organisation_id: UUID
    home_id: UUID


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft found again: where its form is, and when it was last kept."""

    path: str
    saved_at: datetime


class Drafts:
    """Keeps, finds and lets go of half-filled forms; `path` is the page the form stands on."""

    def __init__(self, unit: Unit, clock: Clock, keys: CaseKeys) -> None:
        self._session = unit.session
        self._clock = clock
        self._keys = keys

    def keep(self, author: Author, path: str, words: dict[str, list[str]]) -> datetime:
        """Seal what has been typed so far over what was kept before; returns when.

        Raises `NotFound` for an address so long that it is no page of ours.
        """
        if len(path) > LONGEST_PATH:
            raise NotFound
        now = self._clock.now()
        row = self._row(author, path)
        version = 1 if row is None else row.version + 1
        row_id = new_id() if row is None else row.id
        fields = tuple((name, said) for name, several in words.items() for said in several)
        binding = _binding(row_id, author, version)
        document = FormDraft(path=path, fields=fields)
        blob = self._keys.seal(document, binding, holders=(author.home_id,))
        if row is not None:
            row.form_sealed, row.version, row.saved_at = blob, version, now
            return now
        row = FormDraftRow(
            id=row_id,
            person_id=author.person_id,
            organisation_id=author.organisation_id,
            path=path,
            form_sealed=blob,
            version=version,
            saved_at=now,
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            # The page saved itself a moment ago, while its button was pressed: now the row is there.
            return self.keep(author, path, words)
        return now

    def find(self, author: Author, path: str) -> dict[str, list[str]] | None:
        """Return what was typed in this form, by field, or None."""
        row = self._row(author, path)
        if row is None:
            return None
        document = self._keys.unseal(
            FormDraft, row.form_sealed, _binding(row.id, author, row.version), holder=author.home_id
        )
        words: dict[str, list[str]] = {}
        for name, said in document.fields:
            words.setdefault(name, []).append(said)
        return words

    def unfinished(self, author: Author) -> tuple[Unfinished, ...]:
        """Return what the author began here, newest first: where, and since when; never what."""
        rows = self._session.execute(
            select(FormDraftRow.path, FormDraftRow.saved_at)
            .where(*_of(author))
            .order_by(FormDraftRow.saved_at.desc())
        )
        return tuple(Unfinished(path, saved_at) for path, saved_at in rows)

    def let_go(self, author: Author, path: str) -> bool:
        """Forget a draft: its form was sent, or its author threw it away.

        Returns whether there was one: of two who let it go at once, only the first is told so.
        """
        here = (*_of(author), FormDraftRow.path == path)
        gone = self._session.execute(delete(FormDraftRow).where(*here).returning(FormDraftRow.id))
        return gone.one_or_none() is not None

    def _row(self, author: Author, path: str) -> FormDraftRow | None:
        return self._session.scalars(
            select(FormDraftRow).where(*_of(author), FormDraftRow.path == path)
        ).one_or_none()


def _of(author: Author) -> tuple[ColumnElement[bool], ...]:
    return (
        FormDraftRow.person_id == author.person_id,
        FormDraftRow.organisation_id == author.organisation_id,
    )


def _binding(row_id: UUID, author: Author, version: int) -> Binding:
    return Binding(
        table="form_draft",
        column="form_sealed",
        row_id=row_id,
        case_id=author.person_id,
        compartment=Compartment.DRAFT,
        version=version,
    )

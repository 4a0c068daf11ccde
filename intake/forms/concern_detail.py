"""The second page of a concern, which nobody has to fill in: signs, harm happening now, what was done."""

from collections.abc import Iterator
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from intake.casework.documents.concern import ConcernDetail, FollowUp, HarmNoted, SignNoted
from intake.casework.signs import Catalogue, FollowUpQuestion, SignGroup
from intake.forms.base import BaseForm, Part, Rows
from intake.forms.choices import OneOf, OneOfMany, SomeOf, Tick
from intake.forms.concern import YES_NO_NOT_KNOWN
from intake.forms.fields import Hidden, Text, Words
from intake.vocabulary import SignAnswer, SignSource
from intake.words.vocabulary import label

_ANSWERS: Final = {
    answer: label(answer) for answer in (SignAnswer.SEEN, SignAnswer.NOT_SEEN, SignAnswer.NOT_KNOWN)
}
_SOURCES: Final = {source: label(source) for source in SignSource}
_MOST_ROWS: Final = 60


class SignRow(Part):
    """One warning sign: ticked when there is something to say of it, and untouched otherwise."""

    sign = Hidden("")
    ticked = Tick(_l("Something to say about this sign"))
    answer = OneOf(_l("Was it seen?"), _ANSWERS, inline=True)
    source = OneOfMany(_l("How do you know? (optional)"), _SOURCES, blank=_l("Not said"))
    when = Text(_l("When? (optional)"), most=200, autocomplete="off")


class QuestionRow(Part):
    """One question to ask oneself when a sign of its group has been seen."""

    question = Hidden("")
    group = Hidden("")
    answer = Words("", rows=2, most=2_000)


class HarmRow(Part):
    """One harm that may be happening already."""

    harm = Hidden("")
    answer = OneOf("", YES_NO_NOT_KNOWN, inline=True)


class ConcernDetailForm(BaseForm[ConcernDetail]):
    """More about a concern; every question may be left as it is."""

    harms = Rows(HarmRow, most=_MOST_ROWS, least=0)
    signs = Rows(SignRow, most=_MOST_ROWS, least=0)
    questions = Rows(QuestionRow, most=_MOST_ROWS, least=0)
    locations = SomeOf[str](_l("Where does it happen? (optional)"))
    done_so_far = Words(
        _l("What have you done so far? (optional)"),
        hint=_l("Whom you told, what you said to the child, whether you rang anybody."),
        rows=4,
    )
    lead_told_in_person = OneOf(
        _l("Have you told the safeguarding lead in person?"), YES_NO_NOT_KNOWN, inline=True
    )
    anything_else = Words(
        _l("Anything else? (optional)"),
        hint=_l("Names and nicknames, descriptions, cars and number plates, places, user names, dates."),
        rows=4,
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **options: Any) -> None:
        """Ask about the signs, harms and places of one version of the catalogue."""
        self.catalogue = catalogue
        super().__init__(
            *args,
            choices={"locations": {place.code: place.label for place in catalogue.locations}},
            **{**_empty_rows(catalogue), **options},
        )

    def sign_rows(self, group: SignGroup) -> Iterator[tuple[Any, Any]]:
        """Yield each sign of a group with its row."""
        rows = {row.sign.data: row for row in self.signs.parts()}
        for sign in group.signs:
            if sign.code in rows:
                yield sign, rows[sign.code]

    def question_rows(self, group: SignGroup) -> Iterator[tuple[Any, Any]]:
        """Yield each question that follows a sign of this group, with its row."""
        rows = {(row.question.data, row.group.data): row for row in self.questions.parts()}
        for question in questions_of(self.catalogue, group):
            if (question.code, group.code) in rows:
                yield question, rows[question.code, group.code]

    def harm_rows(self) -> Iterator[tuple[Any, Any]]:
        """Yield each harm with its row."""
        rows = {row.harm.data: row for row in self.harms.parts()}
        for harm in self.catalogue.harms:
            if harm.code in rows:
                yield harm, rows[harm.code]

    def says_anything(self) -> bool:
        """Whether there is anything to keep."""
        detail = self.draft()
        words = (detail.done_so_far, detail.anything_else)
        lists = (detail.signs, detail.harms, detail.follow_ups, detail.locations)
        return any(lists) or any(map(str.strip, words)) or detail.lead_told_in_person is not None

    def draft(self) -> ConcernDetail:
        """Return what was said; a sign left alone was not asked, and is not in it."""
        return ConcernDetail(
            catalogue_version=self.catalogue.version,
            signs=tuple(
                SignNoted(row.sign.data, row.answer.data or SignAnswer.SEEN, row.source.data, row.when.data)
                for row in self.signs.parts()
                if row.ticked.data
            ),
            harms=tuple(
                HarmNoted(row.harm.data, row.answer.data) for row in self.harms.parts() if row.answer.data
            ),
            follow_ups=tuple(
                FollowUp(row.question.data, row.answer.data)
                for row in self.questions.parts()
                if row.answer.data.strip()
            ),
            locations=self.locations.data,
            done_so_far=self.done_so_far.data,
            lead_told_in_person=self.lead_told_in_person.data,
            anything_else=self.anything_else.data,
        )


def questions_of(catalogue: Catalogue, group: SignGroup) -> tuple[FollowUpQuestion, ...]:
    """Return the questions that follow up any sign of a group."""
    return catalogue.questions_after(frozenset(sign.code for sign in group.signs))


def _empty_rows(catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
    return {
        "harms": [{"harm": harm.code} for harm in catalogue.harms],
        "signs": [{"sign": sign.code, "answer": SignAnswer.SEEN} for sign in catalogue.signs],
        "questions": [
            {"question": question.code, "group": group.code}
            for group in catalogue.groups
            for question in questions_of(catalogue, group)
        ],
    }

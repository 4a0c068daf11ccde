"""The second page of a concern as it is read: codes put into words, signs under their headings."""

from dataclasses import dataclass

from intake.casework.documents.concern import ConcernDetail, SignNoted
from intake.casework.signs import Catalogue, Sign, catalogue
from intake.vocabulary import Answer, SignAnswer
from intake.words.vocabulary import label


@dataclass(frozen=True, slots=True)
class SignTold:
    """One sign somebody said something about."""

    label: str
    answer: SignAnswer
    answer_words: str
    source: str
    when: str


@dataclass(frozen=True, slots=True)
class SignsUnder:
    """The signs of one heading: seen first, then not known, then looked for and not seen."""

    heading: str
    signs: tuple[SignTold, ...]


@dataclass(frozen=True, slots=True)
class DetailTold:
    """The optional page of a concern, in words; `harm_now` says that harm is happening already."""

    harms: tuple[tuple[str, str], ...]
    harm_now: bool
    groups: tuple[SignsUnder, ...]
    follow_ups: tuple[tuple[str, str], ...]
    locations: tuple[str, ...]
    told_in_person: str
    done_so_far: str
    anything_else: str


_ORDER = (SignAnswer.SEEN, SignAnswer.NOT_KNOWN, SignAnswer.NOT_SEEN)


def detail_told(detail: ConcernDetail) -> DetailTold:
    """Put one addition to a concern into words, by the catalogue it was made with."""
    signs = catalogue(detail.catalogue_version)
    return DetailTold(
        harms=tuple((signs.harm(harm.code).label, str(label(harm.answer))) for harm in detail.harms),
        harm_now=any(harm.answer is Answer.YES for harm in detail.harms),
        groups=tuple(_groups(detail, signs)),
        follow_ups=tuple((signs.question(asked.question).label, asked.answer) for asked in detail.follow_ups),
        locations=tuple(signs.location(code).label for code in detail.locations),
        told_in_person="" if detail.lead_told_in_person is None else str(label(detail.lead_told_in_person)),
        done_so_far=detail.done_so_far,
        anything_else=detail.anything_else,
    )


def _groups(detail: ConcernDetail, signs: Catalogue) -> list[SignsUnder]:
    noted = {note.code: note for note in detail.signs}
    shown = []
    for group in signs.groups:
        told = [_told(sign, noted[sign.code]) for sign in group.signs if sign.code in noted]
        if told:
            told.sort(key=lambda sign: _ORDER.index(sign.answer))
            shown.append(SignsUnder(group.label, tuple(told)))
    return shown


def _told(sign: Sign, note: SignNoted) -> SignTold:
    return SignTold(
        label=sign.label,
        answer=note.answer,
        answer_words=str(label(note.answer)),
        source="" if note.source is None else str(label(note.source)),
        when=note.when,
    )

"""Which child's file a concern belongs to, and a new file's card."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.casework.documents.child import ChildCard
from intake.casework.objections import says_something
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf, Tick
from intake.forms.fields import HiddenNumber, Text, Words
from intake.forms.times import DateParts

#: Chosen where the child has no file in the school yet.
NEW_FILE: Final = "new"
NEW_FILE_WORDS: Final = _l("Somebody else: begin a new file")


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """The file chosen, or the card of a new one: never both."""

    child_file_id: UUID | None
    card: ChildCard | None


class NameQuestions(BaseForm[Any]):
    """What is asked wherever a child's card is written: every part of it may be left empty."""

    given_name = Text(_l("Given name"), autocomplete="off", spellcheck=False)
    family_name = Text(
        _l("Family name (optional)"),
        hint=_l("Leave this empty for a child who has one name."),
        autocomplete="off",
        spellcheck=False,
    )
    known_as = Text(_l("Known as (optional)"), autocomplete="off", spellcheck=False)
    born_on = DateParts(
        _l("Date of birth"), hint=_l("For example, 27 3 2012. Leave it empty if you do not know."), past=True
    )
    age_about = Text(
        _l("If you do not know it: about how old?"),
        hint=_l("For example, about 14. Write 'unborn' for a baby not yet born."),
        most=80,
        width="10",
        autocomplete="off",
    )
    year_group = Text(_l("Year group (optional)"), most=40, width="10", autocomplete="off")
    nhs_number = Text(
        _l("NHS number (optional)"), hint=_l("Ten figures"), most=20, width="10", autocomplete="off"
    )
    upn = Text(
        _l("Unique pupil number, UPN (optional)"),
        hint=_l("One letter and twelve figures"),
        most=20,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )
    identifiers = Words(
        _l("Numbers, plates and nicknames (optional)"),
        hint=_l(
            "One on each line: telephone numbers, email addresses, user names, nicknames and number plates,"
            " or parts of one. The child's, or of somebody who may be harming them."
        ),
        rows=3,
        most=1_000,
        autocomplete="off",
        spellcheck=False,
    )
    home_address = Words(_l("Home address (optional)"), rows=3, most=500, autocomplete="off")
    address_withheld = Tick(
        _l("Withhold the home address"),
        hint=_l(
            "Must somebody not find out where the child lives? Tick this: address and postcode are on no "
            "print, and hidden until a reader says why they must see them. In other words they are blacked "
            "out only where they are written as here: write them nowhere else."
        ),
    )

    def card(self, *, postcode: str) -> ChildCard:
        """Return the card as typed."""
        return ChildCard(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            known_as=self.known_as.data,
            born_on=self.born_on.data,
            age_about=self.age_about.data,
            home_address=self.home_address.data,
            home_postcode=postcode,
            year_group=self.year_group.data,
            nhs_number=self.nhs_number.data,
            upn=self.upn.data,
            identifiers=self.identifiers.data,
            address_withheld=self.address_withheld.data,
        )

    def names_somebody(self) -> bool:
        """Whether anything says who the child is."""
        said = (self.given_name, self.family_name, self.known_as, self.age_about)
        return any(says_something(question.data) for question in said)


class ChildFileForm(NameQuestions):
    """What a child's file says, to be put right."""

    version = HiddenNumber()
    home_postcode = Text(_l("Home postcode (optional)"), most=20, width="10", autocomplete="off")

    def check(self) -> None:
        if not self.names_somebody():
            self.refuse("given_name", _("Give a name, or say about how old the child is."))

    def draft(self) -> ChildCard:
        return self.card(postcode=self.home_postcode.data)


class ChildMatchForm(NameQuestions):
    """Which child a concern is about: one on the roll, or a new file."""

    version = HiddenNumber()
    look_for = Text(_l("Name to look for on the roll"), most=80, autocomplete="off", spellcheck=False)
    which = OneOf[str](_l("Choose the child"), required=_l("Choose the child, or begin a new file."))
    home_postcode = Text(_l("Home postcode (optional)"), most=20, width="10", autocomplete="off")

    def check(self) -> None:
        if self.which.data == NEW_FILE and not self.names_somebody():
            self.refuse("given_name", _("Give a name, or say about how old the child is."))

    def draft(self) -> ChildAnswer:
        if self.which.data != NEW_FILE:
            return ChildAnswer(UUID(str(self.which.data)), None)
        card = self.card(postcode=self.home_postcode.data)
        return ChildAnswer(None, card)

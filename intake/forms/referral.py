"""What is asked when a concern is referred: who, where, why now, and what the family knows."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.casework.documents.child import ChildCard
from intake.casework.drafts import ReferralDraft
from intake.casework.objections import says_something
from intake.forms.base import BaseForm
from intake.forms.child import NameQuestions
from intake.forms.choices import OneOf, OneOfMany, SomeOf
from intake.forms.concern import YES_NO_NOT_KNOWN
from intake.forms.fields import Hidden, Phone, Text, Words
from intake.forms.times import DateParts
from intake.vocabulary import NotToldReason, ParentsTold, PlaceKind
from intake.words.vocabulary import label

#: Chosen where the council is known but not among those listed, or where it is not known.
OTHER_COUNCIL: Final = "other"
UNKNOWN_COUNCIL: Final = "unknown"

_HOME: Final = {
    PlaceKind.KNOWN: _l("I know the postcode or the council"),
    PlaceKind.NO_FIXED_ADDRESS: _l("The child has no fixed address"),
    PlaceKind.NOT_KNOWN: _l("I do not know where the child lives"),
}
_TOLD: Final = {told: label(told) for told in ParentsTold}
_REASONS: Final = {reason: label(reason) for reason in NotToldReason}


class ReferralForm(NameQuestions):
    """Everything a duty worker needs to act and to ring back; little of it is required."""

    more_concerns = SomeOf[UUID](_l("Send these earlier concerns about the same child as well?"))
    home = OneOf(
        _l("Where does the child live?"),
        _HOME,
        required=_l("Say where the child lives. 'I do not know' is an answer."),
    )
    home_postcode = Text(
        _l("Home postcode"),
        hint=_l("The first half is enough to begin with."),
        most=20,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )
    home_council = OneOfMany[str](_l("Which council is that?"), blank=_l("Not chosen"))
    where_now = Words(
        _l("Where is the child now?"),
        hint=_l("For example: in the front office with me. Write 'not known' if nobody knows."),
        required=_l("Say where the child is now. If you do not know, write 'not known'."),
        rows=2,
        most=1_000,
    )
    now_postcode = Text(
        _l("Postcode of that place, if it is not the child's home (optional)"),
        most=20,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )
    now_council = OneOfMany[str](
        _l("If that is in another council's area, which one? (optional)"), blank=_l("The same, or not known")
    )
    danger_now = OneOf(
        _l("Is the child in danger now?"),
        YES_NO_NOT_KNOWN,
        required=_l("Say whether the child is in danger now. 'Not known' is an answer."),
    )
    missing_now = OneOf(
        _l("Is the child missing now?"),
        YES_NO_NOT_KNOWN,
        required=_l("Say whether the child is missing now. 'Not known' is an answer."),
    )
    protection_now = OneOf(
        _l("Does the child need protection before the next working day? (optional)"),
        YES_NO_NOT_KNOWN,
        hint=_l("For example: it is not safe to go home tonight."),
    )
    why_now = Words(
        _l("Why are you referring now? (optional)"),
        hint=_l("What has changed, and what worries you most."),
        rows=4,
    )
    care_council = OneOfMany[str](
        _l("If a council looks after the child, which one? (optional)"), blank=_l("Not in care, or not known")
    )
    has_worker = OneOf(_l("Does the child have a social worker already? (optional)"), YES_NO_NOT_KNOWN)
    due_on = DateParts(
        _l("If the child is not born yet: when is the birth due? (optional)"),
        hint=_l("For example, 27 3 2027. 'Where does the child live' is then about the mother."),
    )
    child_wishes = Words(
        _l("What does the child want? (optional)"),
        hint=_l("In the child's own words, if you have asked. Say so if you have not."),
        rows=3,
    )
    parents_told = OneOf(
        _l("Have the parents or carers been told that you are referring?"),
        _TOLD,
        required=_l("Say whether the parents or carers have been told. 'No' does not stop you."),
    )
    not_told_reasons = SomeOf(_l("If not, why not? (optional)"), _REASONS)
    not_told_words = Words(_l("More about why not (optional)"), rows=3)
    parents_view = Words(_l("What do they say? (optional)"), rows=3)
    safe_contact = Words(
        _l("Is there a safe way to reach the family? (optional)"),
        hint=_l("For example: ring the mother's mobile in the daytime only; leave no message."),
        rows=3,
    )
    sender_phone = Phone(
        _l("Your telephone number, also for tonight"),
        hint=_l("The duty worker rings this number. They may need you after school."),
        required=_l("Give a number on which the duty worker can ring you back today."),
    )
    about_staff = OneOf(_l("Is this about something a member of staff did? (optional)"), YES_NO_NOT_KNOWN)
    named_staff = SomeOf[UUID](
        _l("Is any of these colleagues part of what happened?"),
        hint=_l("Whoever you tick can no longer read this referral, or the concerns in it."),
    )

    def check(self) -> None:
        if not self.names_somebody() and not self.due_on.data:
            words = _("Say who the child is. If you do not know the name, give an age or a description.")
            self.refuse("given_name", words)
        known = self.home.data is PlaceKind.KNOWN
        if known and not self.home_postcode.data.strip() and not self.home_council.data:
            words = _("Type the postcode or choose the council. If you know neither, say so above.")
            self.refuse("home_postcode", words)

    def draft(self) -> ReferralDraft:
        """Return the answers; the concern the referral is begun from is added by the page."""
        known = self.home.data is PlaceKind.KNOWN
        return ReferralDraft(
            concern_ids=self.more_concerns.data,
            child=self._child(self.home_postcode.data if known else ""),
            home_authority=_council(self.home_council.data) if known else None,
            another_council=known and self.home_council.data == OTHER_COUNCIL,
            no_fixed_address=self.home.data is PlaceKind.NO_FIXED_ADDRESS,
            found_authority=_council(self.now_council.data),
            found_postcode="" if self.now_council.data == OTHER_COUNCIL else self.now_postcode.data,
            danger_now=self.danger_now.data,
            missing_now=self.missing_now.data,
            where_now="\n".join(filter(None, (self.where_now.data, self.now_postcode.data.strip()))),
            why_now=self.why_now.data,
            child_wishes=self.child_wishes.data,
            parents_told=self.parents_told.data,
            not_told_reasons=self.not_told_reasons.data,
            not_told_words=self.not_told_words.data,
            parents_view=self.parents_view.data,
            safe_contact=self.safe_contact.data,
            sender_phone=self.sender_phone.data,
            named_staff_ids=self.named_staff.data,
            protection_now=self.protection_now.data,
            in_care=self.care_council.data is not None,
            caring_authority=_council(self.care_council.data),
            due_on=self.due_on.data,
            has_worker=self.has_worker.data,
            about_staff=self.about_staff.data,
        )

    def _child(self, postcode: str) -> ChildCard:
        """Return the child's card; that of one not yet born says so, and when the birth is due."""
        card = self.card(postcode=postcode)
        if self.due_on.data is None or says_something(card.age_about):
            return card
        day = format_date(self.due_on.data, "d MMMM y", locale=get_locale() or "en_GB")
        return replace(card, age_about=_("unborn, due %(day)s", day=day))

    def written(self) -> str:
        """Return everything typed here about what happened, to look for names in."""
        said = (self.where_now, self.why_now, self.child_wishes, self.not_told_words, self.parents_view)
        return "\n".join(question.data for question in (*said, self.safe_contact))


def _council(chosen: Any) -> str | None:
    return None if chosen in {None, OTHER_COUNCIL, UNKNOWN_COUNCIL} else str(chosen)


class SendForm(BaseForm[None]):
    """The last look before sending: it carries only by what it was that the sender was shown."""

    shown = Hidden("")

    def draft(self) -> None:
        """Nothing is asked here: the words wait, sealed, as the draft of the page before."""

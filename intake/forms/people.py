"""What an administrator is asked about a colleague."""

from flask_babel import lazy_gettext as _l

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf, OneOfMany, SomeOf
from intake.forms.fields import Email, HiddenNumber, Phone, Text, Words
from intake.vocabulary import HUB_ROLES, SCHOOL_ROLES, OrganisationKind, Role
from intake.words.vocabulary import label

#: What each role may do, said to whoever gives it.
MEANING = {
    Role.REPORTER: _l("Records concerns, and sees what came of their own."),
    Role.SAFEGUARDING_LEAD: _l("Reads every concern in the school, and refers."),
    Role.DEPUTY_LEAD: _l("Does what the lead does. Is told in turn when a concern stays unread."),
    Role.DUTY_WORKER: _l("Reads what the service receives, and decides what happens next."),
    Role.DUTY_MANAGER: _l("Does what a duty worker does, sets time limits, and sees the trail."),
    Role.AUDITOR: _l("Sees who did what and when. Can open nothing about a child."),
    Role.ADMINISTRATOR: _l("Looks after people's accounts. Can open nothing about a child."),
}
#: When a deputy is told, by their place in the order.
TURNS = {
    1: _l("First, after the lead"),
    2: _l("Second"),
    3: _l("Third"),
    4: _l("Fourth"),
    5: _l("Fifth"),
    6: _l("Sixth"),
}
_WHICH_TURN = _l("When is this deputy told?")
_NO_TURN = _l("Choose when this deputy is told")
_WHY = _l("Why do they need it?")
_WHY_HINT = _l(
    "For every role but that of a reporter. A second administrator reads this and approves. Write nothing"
    " about a child."
)


def roles_of(kind: OrganisationKind) -> dict[Role, str]:
    """Return the roles an organisation of this kind has, in the order people know them, with their names."""
    here = SCHOOL_ROLES if kind is OrganisationKind.SCHOOL else HUB_ROLES
    return {role: label(role) for role in MEANING if role in here}


class CardForm(BaseForm[StaffCard]):
    """What colleagues know somebody by."""

    name = Text(
        _l("Name"),
        hint=_l("As colleagues know them. One name is enough if they have only one."),
        required=_l("Enter their name"),
        most=120,
        autocomplete="off",
        spellcheck=False,
    )
    email = Email(
        _l("Email address"),
        hint=_l("They sign in with it. Mail to it never says anything about a child."),
        required=_l("Enter their work email address"),
        autocomplete="off",
    )
    post = Text(
        _l("Post (optional)"),
        hint=_l("For example, head of year 9"),
        most=120,
        autocomplete="off",
    )
    phone = Phone(
        _l("Telephone number (optional)"), hint=_l("On which colleagues and duty workers can ring them back")
    )

    def card(self) -> StaffCard:
        """Return the card as it was typed, without spaces at its ends."""
        name, email, post, phone = (
            field.data.strip() for field in (self.name, self.email, self.post, self.phone)
        )
        return StaffCard(name=name, email=email, post=post, phone=phone)

    def draft(self) -> StaffCard:
        return self.card()


class DetailsForm(CardForm):
    """The same, to be put right."""

    version = HiddenNumber()


class PersonForm(CardForm):
    """Somebody new, and what they are here; `choices` gives the roles of this kind of organisation."""

    roles: SomeOf[Role] = SomeOf(
        _l("What are they here?"), hints=MEANING, required=_l("Choose at least one role")
    )
    ladder: OneOfMany[int] = OneOfMany(_WHICH_TURN, TURNS)
    why = Words(_WHY, hint=_WHY_HINT, rows=3, most=2_000)

    def check(self) -> None:
        if Role.DEPUTY_LEAD in self.roles.data and self.ladder.data is None:
            self.refuse("ladder", str(_NO_TURN))

    def person(self) -> PersonDraft:
        """Return the person as described."""
        return PersonDraft(
            self.card(), tuple(RoleDraft(role, _ladder(role, self.ladder.data)) for role in self.roles.data)
        )


class RoleForm(BaseForm[RoleDraft]):
    """One more role for somebody; `choices` gives the roles of this kind of organisation."""

    role: OneOf[Role] = OneOf(_l("Give a role"), hints=MEANING, required=_l("Choose a role"))
    ladder: OneOfMany[int] = OneOfMany(_WHICH_TURN, TURNS)
    why = Words(_WHY, hint=_WHY_HINT, rows=3, most=2_000)

    def check(self) -> None:
        if self.role.data is Role.DEPUTY_LEAD and self.ladder.data is None:
            self.refuse("ladder", str(_NO_TURN))

    def draft(self) -> RoleDraft:
        role = self.role.data
        assert isinstance(role, Role)  # noqa: S101 - required, and only ever one of the list
        return RoleDraft(role, _ladder(role, self.ladder.data))


def _ladder(role: Role, said: int | None) -> int:
    return (said or 0) if role is Role.DEPUTY_LEAD else 0

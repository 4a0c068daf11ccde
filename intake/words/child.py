"""How a child is named and how old they are, in as few words as a list has room for."""

from datetime import date

from flask_babel import gettext as _

from intake.casework.age import age_on
from intake.casework.documents.child import ChildCard


def child_name(card: ChildCard) -> str:
    """Return the child's name with the one they go by, or say that it is not known."""
    name = card.full_name.strip()
    if not name:
        return str(_("Name not known"))
    known_as = card.known_as.strip()
    return (
        str(_("%(name)s (known as %(known_as)s)", name=name, known_as=known_as)) if _differs(card) else name
    )


def child_age(card: ChildCard, on: date) -> str:
    """Return the child's age on a local day, as well as it is known."""
    years = age_on(card.born_on, on)
    if years is not None:
        return str(_("age %(age)s", age=years))
    if card.born_on is not None:
        return str(_("not born yet"))
    return _age_about(card.age_about.strip())


def _age_about(said: str) -> str:
    """Return an age as somebody put it, so that 14, 'about 14' and 'unborn' can all be read aloud."""
    if not said:
        return str(_("age not known"))
    if said[0].isdigit():
        return str(_("age about %(about)s", about=said))
    if said.lower().startswith("about"):
        return str(_("age %(about)s", about=said[0].lower() + said[1:]))
    return said


def _differs(card: ChildCard) -> bool:
    known_as = card.known_as.strip()
    return bool(known_as) and known_as not in {card.given_name.strip(), card.full_name.strip()}

"""Children of the school as they are offered for choosing: by name, year and age."""

from collections.abc import Iterable

from flask_babel import gettext as _

from intake.services.children import OnRoll
from intake.views.asking import today
from intake.views.desk import opening
from intake.views.session import current_actor
from intake.words.child import child_age, child_name


def on_roll(typed: str) -> dict[str, str]:
    """Look a name up on the roll, and return the children found as answers to choose from."""
    actor = current_actor()
    with opening() as services:
        found = services.children.search(actor, typed, today())
    with opening() as services:
        return offered(services.children.show(actor, found))


def offered(children: Iterable[OnRoll]) -> dict[str, str]:
    """Return children as answers to choose from, by the id of their file."""
    return {str(child.id): _words(child) for child in children}


def _words(child: OnRoll) -> str:
    card = child.card
    year = card.year_group.strip()
    said = (child_name(card), _("year %(year)s", year=year) if year else "", child_age(card, today()))
    return ", ".join(str(part) for part in said if part)

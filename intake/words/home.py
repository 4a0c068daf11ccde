"""Where a child lives, in words: the address, the postcode in its usual form, and the council."""

from flask_babel import gettext as _

from intake.casework.documents.child import ChildCard
from intake.routing.codes import Reason
from intake.routing.decision import Decision
from intake.routing.postcodes import read_postcode


def home_words(card: ChildCard, council: str = "") -> str:
    """Return where a child lives, the address first, then postcode and council; 'Not known' for nothing."""
    postcode = read_postcode(card.home_postcode).text
    area = ", ".join(part for part in (postcode, council) if part)
    lines = [part for part in (card.home_address.strip(), area) if part]
    return "\n".join(_begun(line) for line in lines) or str(_("Not known"))


def home_council(decision: Decision, *, elsewhere: bool = False) -> str:
    """Name the council a child lives in, or say why there is no name.

    `elsewhere`: the sender knows that it is a council which is not in our list.
    """
    if decision.home is not None:
        return decision.home.name
    if Reason.NO_FIXED_ADDRESS in decision.reasons:
        return str(_("no fixed address"))
    return str(_("another council, not in our list") if elsewhere else _("council not known"))


def _begun(line: str) -> str:
    return line[:1].upper() + line[1:]

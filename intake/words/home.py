"""Where a child lives, in words: the address, the postcode in its usual form, and the council."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.casework.documents.child import ChildCard
from intake.casework.withheld_home import STREET_MARK
from intake.routing.codes import Reason
from intake.routing.decision import Decision
from intake.routing.postcodes import read_postcode

_NO_NAME: Final = {
    Reason.NO_FIXED_ADDRESS: _l("no fixed address"),
    Reason.ANOTHER_COUNCIL: _l("another council, not in our list"),
    Reason.OUTSIDE_ENGLAND_AND_WALES: _l("outside England and Wales"),
}


def home_words(card: ChildCard, council: str = "") -> str:
    """Return where a child lives, the address first, then postcode and council; 'Not known' for nothing.

    Of a home that is withheld only the council is said, and how other words hide it.
    """
    if card.address_withheld:
        hidden = _("Blacked out where it stands in other words: %(mark)s", mark=STREET_MARK)
        return "\n".join(filter(None, (_("Withheld"), _begun(council), hidden)))
    postcode = read_postcode(card.home_postcode).text
    area = ", ".join(part for part in (postcode, council) if part)
    lines = [part for part in (card.home_address.strip(), area) if part]
    return "\n".join(_begun(line) for line in lines) or str(_("Not known"))


def home_council(decision: Decision) -> str:
    """Name the council a child lives in, or say why there is no name."""
    if decision.home is not None:
        return decision.home.name
    why = next((_NO_NAME[reason] for reason in decision.reasons if reason in _NO_NAME), None)
    return str(why or _("council not known"))


def _begun(line: str) -> str:
    return line[:1].upper() + line[1:]

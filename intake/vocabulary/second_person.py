"""Words for what one person asks for and another approves."""

from enum import StrEnum, unique


@unique
class RequestKind(StrEnum):
    """What two people do together: one asks for it with a reason, another approves."""

    ROLE = "role"
    SIGN_IN_LINK = "sign_in_link"
    REOPENING = "reopening"
    LETTING_IN = "letting_in"
    LIFTING = "lifting"
    ERASURE = "erasure"
    HOLD_LIFTING = "hold_lifting"
    PACK = "pack"
    KEYS = "keys"
    SHIFT_CODE = "shift_code"
    EXTRACT = "extract"
    DECOY = "decoy"


@unique
class KeyChange(StrEnum):
    """What is done to keys at the machine once two administrators have allowed it."""

    ROOT = "root"
    ORGANISATION = "organisation"
    CASE = "case"
    ESCROW = "escrow"


@unique
class RequestState(StrEnum):
    """How far a request for a second person has come; one nobody answered in time has expired."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

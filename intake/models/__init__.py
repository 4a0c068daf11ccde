"""The tables; importing this package makes every one of them known."""

from intake.db import Base
from intake.models import (
    audit,
    concern,
    crossing,
    directory,
    erasure,
    key_grant,
    meeting,
    organisation,
    outbox,
    passing,
    passkey,
    person,
    places,
    referral,
    restriction,
    searching,
    second_person,
    shift_code,
    telling,
    triage,
    withheld,
)

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "audit",
    "concern",
    "crossing",
    "directory",
    "erasure",
    "key_grant",
    "meeting",
    "organisation",
    "outbox",
    "passing",
    "passkey",
    "person",
    "places",
    "referral",
    "restriction",
    "searching",
    "second_person",
    "shift_code",
    "telling",
    "triage",
    "withheld",
]

"""The tables; importing this package makes every one of them known."""

from intake.db import Base
from intake.models import (
    audit,
    concern,
    directory,
    key_grant,
    meeting,
    organisation,
    outbox,
    passing,
    person,
    places,
    referral,
    triage,
)

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "audit",
    "concern",
    "directory",
    "key_grant",
    "meeting",
    "organisation",
    "outbox",
    "passing",
    "person",
    "places",
    "referral",
    "triage",
]

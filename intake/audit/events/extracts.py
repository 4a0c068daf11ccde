"""Events of extracts: what is given out of a case."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event
from intake.vocabulary import Audience, Compartment, HeldBack


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractMade(Event):
    """An extract of a case was made for somebody outside; `digest` is the MAC of the text that was given."""

    NAME: ClassVar[str] = "extract.made"
    request_id: UUID
    audience: Audience
    put_in: tuple[HeldBack, ...]
    documents: int
    compartments: tuple[Compartment, ...]
    digest: bytes

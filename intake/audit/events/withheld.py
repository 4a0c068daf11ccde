"""Events of addresses that are withheld."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressWasShown(Event):
    """A person was about to be shown an address that is withheld, and had said why."""

    NAME: ClassVar[str] = "address.shown"
    address_shown_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressReasonsOpened(Event):
    """Why people had an address shown that is withheld was opened."""

    NAME: ClassVar[str] = "address_reasons.opened"
    address_shown_ids: tuple[UUID, ...]

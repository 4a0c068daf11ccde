"""Events of the keys: made anew, what they wrap wrapped anew, let go of, and shared out on paper."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event
from intake.vocabulary import Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class RootAdded(Event):
    """The key ring got a new root key, the active one from then on."""

    NAME: ClassVar[str] = "root.added"
    root_kid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RootsRetired(Event):
    """The key ring let go of root keys that nothing is wrapped under any more."""

    NAME: ClassVar[str] = "root.retired"
    root_kids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAdded(Event):
    """An organisation got a further key pair, to which everything is sealed from then on."""

    NAME: ClassVar[str] = "pair.added"
    holder_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRetired(Event):
    """The private half of an organisation's older pair was let go of: nothing is sealed to it any more."""

    NAME: ClassVar[str] = "pair.retired"
    holder_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysResealed(Event):
    """Pairs and keys of cases were wrapped anew, under the newest there are."""

    NAME: ClassVar[str] = "keys.resealed"
    pairs: int
    grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeyAdded(Event):
    """A part of a case got a new data key, for everybody who holds the one before it."""

    NAME: ClassVar[str] = "case_key.added"
    case_id: UUID
    compartment: Compartment
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResealed(Event):
    """Documents of a case were sealed anew under its newest keys; not a word of them changed."""

    NAME: ClassVar[str] = "case.resealed"
    case_id: UUID
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeyRetired(Event):
    """Older data keys of a part of a case were destroyed: nothing is sealed under them any more."""

    NAME: ClassVar[str] = "case_key.retired"
    case_id: UUID
    compartment: Compartment
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RingSharedOut(Event):
    """The key ring was written out in shares, for paper."""

    NAME: ClassVar[str] = "ring.shared_out"
    fingerprint: bytes
    shares: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RingBroughtBack(Event):
    """The key ring was brought back from shares on paper."""

    NAME: ClassVar[str] = "ring.brought_back"
    fingerprint: bytes

"""Events of the keeping: the trail itself, keys, backups and what the program was loaded with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event
from intake.vocabulary import Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditViewed(Event):
    """Entries of the trail were shown, from the newest to the oldest on the page."""

    NAME: ClassVar[str] = "audit.viewed"
    entries: int
    newest_seq: int
    oldest_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerified(Event):
    """The organisation's chain was checked from its first entry to its last."""

    NAME: ClassVar[str] = "audit.verified"
    entries: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade(Event):
    """A breach pack was made: who saw what of children's records in a time, of everybody or of one person."""

    NAME: ClassVar[str] = "pack.made"
    begins_at: datetime
    ends_at: datetime
    readings: int
    cases: int
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookersShown(Event):
    """It was shown who looked at one child's record."""

    NAME: ClassVar[str] = "lookers.shown"
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingReported(Event):
    """It was reported which looks of a time are worth asking about."""

    NAME: ClassVar[str] = "looking.reported"
    begins_at: datetime
    ends_at: datetime
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingCompared(Event):
    """For that report cards were opened and compared with who looked at them; nobody is shown any."""

    NAME: ClassVar[str] = "looking.compared"
    begins_at: datetime
    ends_at: datetime
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoysShown(Event):
    """It was shown which closed cases of a service are, were or are to be decoys."""

    NAME: ClassVar[str] = "decoys.shown"
    decoys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoyMarked(Event):
    """A closed case is a decoy from now on; which one stands in no entry."""

    NAME: ClassVar[str] = "decoy.marked"
    mark_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoyEnded(Event):
    """A case is no decoy any more."""

    NAME: ClassVar[str] = "decoy.ended"
    mark_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysCreated(Event):
    """A key ring was made for this database; its fingerprint reveals no key."""

    NAME: ClassVar[str] = "keys.created"
    fingerprint: bytes
    root_kid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShared(Event):
    """Another organisation was given the key of a part of a case."""

    NAME: ClassVar[str] = "key.shared"
    holder_id: UUID
    compartment: Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnded(Event):
    """An organisation's hold on the key of a part of a case was ended."""

    NAME: ClassVar[str] = "key.ended"
    holder_id: UUID
    compartment: Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade(Event):
    """A backup was made of the database as it stood just before this entry."""

    NAME: ClassVar[str] = "backup.made"
    rows: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRestored(Event):
    """The database was restored from a backup; what happened after the backup is not in it."""

    NAME: ClassVar[str] = "backup.restored"
    made_at: datetime
    rows: int
    opened: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryLoaded(Event):
    """A version of the directory of services was loaded."""

    NAME: ClassVar[str] = "directory.loaded"
    version: Code
    services: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryProposed(Event):
    """A change to the directory was proposed, by a person, an operator or a newer program."""

    NAME: ClassVar[str] = "directory.proposed"
    proposal_id: UUID
    version: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryApproved(Event):
    """A proposed change to the directory was approved, and is in force as this version."""

    NAME: ClassVar[str] = "directory.approved"
    proposal_id: UUID
    version: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRefused(Event):
    """A proposed change to the directory was refused, or withdrawn by whoever proposed it."""

    NAME: ClassVar[str] = "directory.refused"
    proposal_id: UUID
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesLoaded(Event):
    """A release of the postcode directory was imported, and answers from now on."""

    NAME: ClassVar[str] = "places.loaded"
    released_on: date
    rows: int
    whole: bool
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLoaded(Event):
    """Invented organisations, people and history were loaded, to try the program out."""

    NAME: ClassVar[str] = "sample.loaded"
    organisations: int
    people: int

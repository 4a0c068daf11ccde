"""Events in the school: concerns, children's files, drafts, and who was told to read them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Code, Event
from intake.vocabulary import Answer, MailKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRecorded(Event):
    """A concern was written down and received."""

    NAME: ClassVar[str] = "concern.recorded"
    danger_now: Answer
    missing_now: Answer
    catalogue_version: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernAddedTo(Event):
    """Signs or more words were added to a concern."""

    NAME: ClassVar[str] = "concern.added_to"
    addition_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernOpened(Event):
    """The words of a concern, and these additions to it, were opened."""

    NAME: ClassVar[str] = "concern.opened"
    addition_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ConcernRead(Event):
    """A concern was read by the lead or a deputy for the first time."""

    NAME: ClassVar[str] = "concern.read"


@dataclass(frozen=True, slots=True)
class ConcernKept(Event):
    """It was decided, with a reason, to keep a concern in school."""

    NAME: ClassVar[str] = "concern.kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernMatched(Event):
    """It was said which child's file a concern belongs to."""

    NAME: ClassVar[str] = "concern.matched"
    child_file_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNamed(Event):
    """These colleagues were named in a concern or a referral: from now on they are kept out of it."""

    NAME: ClassVar[str] = "staff.named"
    named_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ChildFileCreated(Event):
    """A file was begun for a child."""

    NAME: ClassVar[str] = "child_file.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFilePutRight(Event):
    """A child's file was put right: `card_version` is what stands now; the versions before it are kept."""

    NAME: ClassVar[str] = "child_file.put_right"
    card_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFileOpened(Event):
    """A child's file was opened, with these concerns in it."""

    NAME: ClassVar[str] = "child_file.opened"
    concern_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollSearched(Event):
    """The school's roll was searched: `terms_mac` of what was typed, how many cards were looked at."""

    NAME: ClassVar[str] = "roll.searched"
    terms_mac: bytes
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCardsListed(Event):
    """These children's identity cards were opened to name the rows of a list; no other words were."""

    NAME: ClassVar[str] = "identity_cards.listed"
    case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaved(Event):
    """A half-filled form was sealed for the person who was typing it."""

    NAME: ClassVar[str] = "draft.saved"
    draft_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRestored(Event):
    """A half-filled form was given back to the person who had typed it."""

    NAME: ClassVar[str] = "draft.restored"
    draft_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Event):
    """A half-filled form was let go: sent, thrown away, or too old."""

    NAME: ClassVar[str] = "draft.discarded"
    draft_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSent(Event):
    """A person was told that a concern waits to be read."""

    NAME: ClassVar[str] = "alert.sent"
    alert_id: UUID
    person_id: UUID
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEscalated(Event):
    """A concern was still unread, so the next person was told."""

    NAME: ClassVar[str] = "alert.escalated"
    alert_id: UUID
    person_id: UUID
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSent(Event):
    """A mail, which carries a reference and nothing else, was handed to the mail server."""

    NAME: ClassVar[str] = "mail.sent"
    mail_id: UUID
    kind: MailKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFailed(Event):
    """The mail server did not take a mail; it is tried again."""

    NAME: ClassVar[str] = "mail.failed"
    mail_id: UUID
    kind: MailKind
    tries: int

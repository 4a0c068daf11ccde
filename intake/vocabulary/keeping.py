"""Words for keys, the trail and the mail."""

from enum import StrEnum, unique


@unique
class Compartment(StrEnum):
    """Which part of a case a sealed document belongs to: each part has its own data key."""

    REFERRAL = "A"
    HUB = "B"
    RESTRICTED = "C"
    IDENTITY = "D"
    RELEASE = "R"
    SCHOOL = "S"
    PEOPLE = "P"
    DRAFT = "W"
    BREACH = "X"
    REQUEST = "Q"


@unique
class Custodian(StrEnum):
    """What keeps the key ring: a file, the service manager, a token, or a key service."""

    FILE = "file"
    CREDENTIAL = "credential"
    TOKEN = "pkcs11"  # noqa: S105 - a device, and no secret
    SERVICE = "transit"


@unique
class SubjectKind(StrEnum):
    """What an entry of the trail is about: the thing a reader of the trail would follow."""

    ORGANISATION = "organisation"
    PERSON = "person"
    CONCERN = "concern"
    CHILD_FILE = "child_file"
    REFERRAL = "referral"
    INSTALLATION = "installation"


@unique
class Asked(StrEnum):
    """What somebody was refused: the kind of thing an address named, whether or not there is one."""

    CONCERN = "concern"
    CHILD_FILE = "child_file"
    REFERRAL = "referral"
    NOTE = "note"
    MEETING = "meeting"
    PERSON = "person"
    MEMBERSHIP = "membership"
    SESSION = "session"
    OFFER = "offer"
    PASSING = "passing"
    BREACH = "breach"
    REQUEST = "request"
    PASSKEY = "passkey"
    IDENTITY = "identity"
    SEARCH = "search"
    RESTRICTION = "restriction"
    GLASS = "glass"
    SHIFT_CODE = "shift_code"
    DUTY_SHIFT = "duty_shift"
    DECOY = "decoy"


@unique
class ChainFault(StrEnum):
    """How a chain of the trail was found broken."""

    ALTERED = "altered"
    MISSING = "missing"
    INSERTED = "inserted"
    TRUNCATED = "truncated"
    REORDERED = "reordered"
    FORK = "fork"
    HEAD = "head"


@unique
class LogFault(StrEnum):
    """How the log of the trail was found not to be what was signed."""

    REWRITTEN = "rewritten"
    LOST = "lost"
    FORGED = "forged"


@unique
class RecordFault(StrEnum):
    """How a record was found not to be as the trail says it was written."""

    GONE = "gone"
    CHANGED = "changed"
    NEVER_RECORDED = "never_recorded"


@unique
class MailKind(StrEnum):
    """Which mail the outbox holds; each carries a reference at the most, and nothing about anybody."""

    CONCERN_TO_READ = "concern_to_read"
    CONCERN_STILL_UNREAD = "concern_still_unread"
    REFERRAL_UPDATED = "referral_updated"
    GLASS_BROKEN = "glass_broken"
    SHIFT_CODE_GIVEN = "shift_code_given"
    WAY_IN_CHANGED = "way_in_changed"

"""Words for people, what they are, and how they sign in."""

from enum import StrEnum, unique


@unique
class Role(StrEnum):
    """What a person is in an organisation, by a membership with a beginning and an end."""

    REPORTER = "reporter"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    DEPUTY_LEAD = "deputy_lead"
    DUTY_WORKER = "duty_worker"
    DUTY_MANAGER = "duty_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


#: Reporters read nobody's words but their own; everyone else proves a second factor.
ROLES_WITH_SECOND_FACTOR = frozenset(Role) - {Role.REPORTER}

#: Whoever gives accounts, or watches everybody, is worth a forged page: no page can ask for their factor.
ROLES_WITH_PASSKEY = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

#: Whoever reads others' words, or manages people, is made so by two administrators together.
ROLES_BY_TWO = frozenset(Role) - {Role.REPORTER}

SCHOOL_ROLES = frozenset(
    {Role.REPORTER, Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD, Role.AUDITOR, Role.ADMINISTRATOR}
)
HUB_ROLES = frozenset({Role.DUTY_WORKER, Role.DUTY_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR})


@unique
class ProvedBy(StrEnum):
    """What a person gave as their second factor."""

    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    SINGLE_SIGN_ON = "single_sign_on"
    SHIFT_CODE = "shift_code"


#: What a forged page cannot be given: a passkey answers only to our own address, and so does our provider.
NOT_PHISHED = frozenset({ProvedBy.PASSKEY, ProvedBy.SINGLE_SIGN_ON})


@unique
class SessionEnd(StrEnum):
    """Why a sign-in session ended."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_OLD = "too_old"
    REVOKED = "revoked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a password


@unique
class SignInFailure(StrEnum):
    """Why a sign-in was refused; nobody is told, but of a missing role whoever gave the right password."""

    UNKNOWN = "unknown"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a password
    WRONG_CODE = "wrong_code"
    WRONG_PASSKEY = "wrong_passkey"
    COPIED_PASSKEY = "copied_passkey"
    NO_LINK = "no_link"
    NOT_LINKED = "not_linked"
    NO_SECOND_FACTOR = "no_second_factor"
    NOT_LATELY = "not_lately"
    DISABLED = "disabled"
    NO_ROLE = "no_role"

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

SCHOOL_ROLES = frozenset(
    {Role.REPORTER, Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD, Role.AUDITOR, Role.ADMINISTRATOR}
)
HUB_ROLES = frozenset({Role.DUTY_WORKER, Role.DUTY_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR})


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
    DISABLED = "disabled"
    NO_ROLE = "no_role"

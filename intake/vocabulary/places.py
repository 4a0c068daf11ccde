"""Words for organisations, services, nations and hours."""

from enum import StrEnum, unique


@unique
class Nation(StrEnum):
    """The nation whose law, procedures and bank holidays apply."""

    ENGLAND = "england"
    WALES = "wales"


@unique
class OrganisationKind(StrEnum):
    """Which side of the door an organisation stands on."""

    SCHOOL = "school"
    HUB = "hub"


@unique
class ServiceKind(StrEnum):
    """What a duty service in the directory is."""

    FRONT_DOOR = "front_door"
    DUTY_TEAM = "duty_team"
    EMERGENCY_DUTY = "emergency_duty"
    STANDBY = "standby"
    POLICE_EMERGENCY = "police_emergency"
    POLICE = "police"
    EDUCATION = "education"
    LADO = "lado"
    OPEN_CASES = "open_cases"
    ADULT = "adult"
    OTHER = "other"


@unique
class OpenState(StrEnum):
    """Whether a service is staffed at an instant; not knowing is an answer, never 'open'."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@unique
class PlaceKind(StrEnum):
    """What is known of where a child lives or is."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    NO_FIXED_ADDRESS = "no_fixed_address"
    ANOTHER_COUNCIL = "another_council"


@unique
class StepKind(StrEnum):
    """What the person referring is told to do next."""

    CALL = "call"
    SEND = "send"
    SEND_OUTSIDE = "send_outside"

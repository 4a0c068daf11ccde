"""Every word that is stored, shown or switched on: no status string is defined anywhere else."""

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
class Answer(StrEnum):
    """An answer to a plain question; 'not known' is an answer."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@unique
class SignAnswer(StrEnum):
    """What was said of one warning sign; an untouched sign was not asked."""

    NOT_ASKED = "not_asked"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_KNOWN = "not_known"


@unique
class SignSource(StrEnum):
    """How the person recording came to know of a sign."""

    SAW_IT = "saw_it"
    CHILD_SAID = "child_said"
    FAMILY_SAID = "family_said"
    STAFF_SAID = "staff_said"
    OTHER_SAID = "other_said"


@unique
class ConcernState(StrEnum):
    """Where a concern stands in the school."""

    RECORDED = "recorded"
    READ = "read"
    REFERRED = "referred"
    KEPT = "kept"


@unique
class ReferralState(StrEnum):
    """Where a referral stands; both sides read it from the clear header."""

    NOT_SENT_BY_US = "not_sent_by_us"
    TOLD_OUTSIDE = "told_outside"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    CLOSED = "closed"


@unique
class Colour(StrEnum):
    """The triage colour; its time limit belongs to the authority, never to this program."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


@unique
class Decision(StrEnum):
    """What the hub decided to do about a referral."""

    EMERGENCY_PROTECTION = "emergency_protection"
    STRATEGY_DISCUSSION = "strategy_discussion"
    SECTION_47_ENQUIRY = "section_47_enquiry"
    ASSESSMENT = "assessment"
    FAMILY_HELP = "family_help"
    ALLOCATED_WORKER = "allocated_worker"
    OTHER_AUTHORITY = "other_authority"
    SIGNPOST = "signpost"
    AWAITING_INFORMATION = "awaiting_information"
    DUPLICATE = "duplicate"
    POLICE_ONLY = "police_only"
    ALLEGATION_AGAINST_STAFF = "allegation_against_staff"
    NATIONAL_REFERRAL_MECHANISM = "national_referral_mechanism"
    NO_FURTHER_ACTION = "no_further_action"


@unique
class ParentsTold(StrEnum):
    """Whether the parents or carers were told of the referral."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


@unique
class NotToldReason(StrEnum):
    """Why parents or carers were not told; never a block to sending."""

    RISK_TO_CHILD = "risk_to_child"
    RISK_TO_OTHERS = "risk_to_others"
    COULD_HINDER_POLICE = "could_hinder_police"
    DELAY_WOULD_HARM = "delay_would_harm"
    COULD_NOT_REACH = "could_not_reach"
    OTHER = "other"


@unique
class MeetingState(StrEnum):
    """Where a safety-plan meeting stands."""

    ARRANGED = "arranged"
    HELD = "held"


@unique
class Attendance(StrEnum):
    """What became of an invitation to a meeting."""

    NO_RESPONSE = "no_response"
    ATTENDED = "attended"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@unique
class StatementKind(StrEnum):
    """How far something an agency said can be relied on."""

    FACT = "fact"
    REPORT = "report"
    OPINION = "opinion"


@unique
class Compartment(StrEnum):
    """Which part of a case a sealed document belongs to: each part has its own data key."""

    REFERRAL = "A"
    HUB = "B"
    IDENTITY = "D"
    RELEASE = "R"
    SCHOOL = "S"
    PEOPLE = "P"
    DRAFT = "W"


@unique
class ServiceKind(StrEnum):
    """What a duty service in the directory is."""

    FRONT_DOOR = "front_door"
    EMERGENCY_DUTY = "emergency_duty"
    POLICE_EMERGENCY = "police_emergency"
    POLICE = "police"
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


@unique
class StepKind(StrEnum):
    """What the person referring is told to do next."""

    CALL = "call"
    SEND = "send"
    SEND_OUTSIDE = "send_outside"


@unique
class SessionEnd(StrEnum):
    """Why a sign-in session ended."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_OLD = "too_old"
    REVOKED = "revoked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a password


@unique
class MailKind(StrEnum):
    """Which mail the outbox holds; every one carries a reference and nothing else."""

    CONCERN_TO_READ = "concern_to_read"
    CONCERN_STILL_UNREAD = "concern_still_unread"
    REFERRAL_UPDATED = "referral_updated"
    SIGN_IN_LINK = "sign_in_link"


@unique
class DayAnswer(StrEnum):
    """How a person says on which day something happened."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    ANOTHER = "another"
    NOT_KNOWN = "not_known"


@unique
class ConcernAct(StrEnum):
    """What may be done with a concern."""

    READ = "read"
    ADD_DETAIL = "add_detail"
    REFER = "refer"
    KEEP = "keep"


@unique
class ReferralAct(StrEnum):
    """What may be done with a referral, on either side of the door."""

    RECORD_CALL = "record_call"
    TAKE = "take"
    HAND_BACK = "hand_back"
    ACKNOWLEDGE = "acknowledge"
    COLOUR = "colour"
    AWAIT_INFORMATION = "await_information"
    DECIDE = "decide"
    RELEASE = "release"
    WRITE_NOTE = "write_note"
    ARRANGE_MEETING = "arrange_meeting"
    CLOSE = "close"


@unique
class MeetingAct(StrEnum):
    """What may be done with a safety-plan meeting."""

    MINUTE = "minute"
    CORRECT = "correct"


@unique
class PlanSlot(StrEnum):
    """One of the six things a safety-plan meeting always speaks of."""

    CHILD_VIEWS = "child_views"
    PARENTS_VIEWS = "parents_views"
    DIRECT_WORKER = "direct_worker"
    SUPPORT_FOR_PARENTS = "support_for_parents"
    ACTION_AGAINST_HARM = "action_against_harm"
    PLAN = "plan"


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
class SignInFailure(StrEnum):
    """Why a sign-in was refused; the person is never told which."""

    UNKNOWN = "unknown"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a password
    WRONG_CODE = "wrong_code"
    DISABLED = "disabled"
    NO_ROLE = "no_role"


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
class QueueList(StrEnum):
    """Which of the service's referrals a duty worker looks at."""

    ALL = "all"
    NOBODYS = "nobodys"
    MINE = "mine"
    DECIDED = "decided"

"""Words for what is sent and what the hub does with it."""

from enum import StrEnum, unique


@unique
class ReferralState(StrEnum):
    """Where a referral stands; both sides read it from the clear header."""

    NOT_SENT_BY_US = "not_sent_by_us"
    TOLD_OUTSIDE = "told_outside"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    CLOSED = "closed"
    PASSED_ON = "passed_on"


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
    WRITE_TO_SCHOOL = "write_to_school"
    ANSWER = "answer"
    WRITE_NOTE = "write_note"
    ARRANGE_MEETING = "arrange_meeting"
    CLOSE = "close"
    PASS_ON = "pass_on"  # noqa: S105 - an act, not a password
    ACCEPT = "accept"
    HAND_OVER = "hand_over"
    SEND_ELSEWHERE = "send_elsewhere"
    TAKE_BACK = "take_back"


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
class QueueList(StrEnum):
    """Which of the service's referrals a duty worker looks at."""

    ALL = "all"
    NOBODYS = "nobodys"
    MINE = "mine"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    DECIDED = "decided"
    CLOSED = "closed"

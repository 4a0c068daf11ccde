"""Every word that is stored, shown or switched on: no status string is defined anywhere else."""

from intake.vocabulary.concerns import Answer, ConcernAct, ConcernState, DayAnswer, SignAnswer, SignSource
from intake.vocabulary.directory import DirectoryChange, ProposalOrigin, ProposalState
from intake.vocabulary.extracts import Audience, HeldBack, StepTaken
from intake.vocabulary.keeping import (
    Asked,
    ChainFault,
    Compartment,
    Custodian,
    LogFault,
    MailKind,
    RecordFault,
    SubjectKind,
)
from intake.vocabulary.looking import AskWhy
from intake.vocabulary.meetings import Attendance, MeetingAct, MeetingState, PlanSlot, StatementKind
from intake.vocabulary.passing import BreachAct, BreachState, PassingAct, PassingState, PassingWhy
from intake.vocabulary.people import (
    HUB_ROLES,
    NOT_PHISHED,
    ROLES_BY_TWO,
    ROLES_WITH_PASSKEY,
    ROLES_WITH_SECOND_FACTOR,
    SCHOOL_ROLES,
    ProvedBy,
    Role,
    SessionEnd,
    SignInFailure,
)
from intake.vocabulary.places import Nation, OpenState, OrganisationKind, PlaceKind, ServiceKind, StepKind
from intake.vocabulary.referrals import (
    Colour,
    Decision,
    NotToldReason,
    ParentsTold,
    QueueList,
    ReferralAct,
    ReferralState,
)
from intake.vocabulary.restrictions import GlassFinding
from intake.vocabulary.searching import IdentifierKind, MatchReason
from intake.vocabulary.second_person import KeyChange, RequestKind, RequestState
from intake.vocabulary.tiers import Tier

__all__ = [
    "HUB_ROLES",
    "NOT_PHISHED",
    "ROLES_BY_TWO",
    "ROLES_WITH_PASSKEY",
    "ROLES_WITH_SECOND_FACTOR",
    "SCHOOL_ROLES",
    "Answer",
    "AskWhy",
    "Asked",
    "Attendance",
    "Audience",
    "BreachAct",
    "BreachState",
    "ChainFault",
    "Colour",
    "Compartment",
    "ConcernAct",
    "ConcernState",
    "Custodian",
    "DayAnswer",
    "Decision",
    "DirectoryChange",
    "GlassFinding",
    "HeldBack",
    "IdentifierKind",
    "KeyChange",
    "LogFault",
    "MailKind",
    "MatchReason",
    "MeetingAct",
    "MeetingState",
    "Nation",
    "NotToldReason",
    "OpenState",
    "OrganisationKind",
    "ParentsTold",
    "PassingAct",
    "PassingState",
    "PassingWhy",
    "PlaceKind",
    "PlanSlot",
    "ProposalOrigin",
    "ProposalState",
    "ProvedBy",
    "QueueList",
    "RecordFault",
    "ReferralAct",
    "ReferralState",
    "RequestKind",
    "RequestState",
    "Role",
    "ServiceKind",
    "SessionEnd",
    "SignAnswer",
    "SignInFailure",
    "SignSource",
    "StatementKind",
    "StepKind",
    "StepTaken",
    "SubjectKind",
    "Tier",
]

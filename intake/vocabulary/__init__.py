"""Every word that is stored, shown or switched on: no status string is defined anywhere else."""

from intake.vocabulary.concerns import Answer, ConcernAct, ConcernState, DayAnswer, SignAnswer, SignSource
from intake.vocabulary.directory import DirectoryChange, ProposalOrigin, ProposalState
from intake.vocabulary.keeping import Asked, ChainFault, Compartment, LogFault, MailKind, SubjectKind
from intake.vocabulary.meetings import Attendance, MeetingAct, MeetingState, PlanSlot, StatementKind
from intake.vocabulary.passing import BreachAct, BreachState, PassingAct, PassingState, PassingWhy
from intake.vocabulary.people import (
    HUB_ROLES,
    ROLES_WITH_SECOND_FACTOR,
    SCHOOL_ROLES,
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

__all__ = [
    "HUB_ROLES",
    "ROLES_WITH_SECOND_FACTOR",
    "SCHOOL_ROLES",
    "Answer",
    "Asked",
    "Attendance",
    "BreachAct",
    "BreachState",
    "ChainFault",
    "Colour",
    "Compartment",
    "ConcernAct",
    "ConcernState",
    "DayAnswer",
    "Decision",
    "DirectoryChange",
    "LogFault",
    "MailKind",
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
    "QueueList",
    "ReferralAct",
    "ReferralState",
    "Role",
    "ServiceKind",
    "SessionEnd",
    "SignAnswer",
    "SignInFailure",
    "SignSource",
    "StatementKind",
    "StepKind",
    "SubjectKind",
]

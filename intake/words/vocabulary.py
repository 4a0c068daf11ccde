"""The words for every value of `intake.vocabulary` that a person may read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake import vocabulary as v
from intake.words.asked import ASKED
from intake.words.audiences import GIVEN_OUT
from intake.words.keeping import KEEPING
from intake.words.looking import WHY
from intake.words.passing import PASSING
from intake.words.searching import IDENTIFIERS, REASONS
from intake.words.signing_in import FAILURES, PROOFS
from intake.words.tiers import MEANINGS

# One table per enum: two enums may keep the same code, `not_known` say, and mean it of different things.
_LABELS: Final[tuple[Mapping[StrEnum, LazyString], ...]] = (
    {v.Nation.ENGLAND: _l("England"), v.Nation.WALES: _l("Wales")},
    {v.OrganisationKind.SCHOOL: _l("School"), v.OrganisationKind.HUB: _l("Duty service")},
    {
        v.Role.REPORTER: _l("Member of staff"),
        v.Role.SAFEGUARDING_LEAD: _l("Safeguarding lead"),
        v.Role.DEPUTY_LEAD: _l("Deputy safeguarding lead"),
        v.Role.DUTY_WORKER: _l("Duty worker"),
        v.Role.DUTY_MANAGER: _l("Duty manager"),
        v.Role.AUDITOR: _l("Auditor"),
        v.Role.ADMINISTRATOR: _l("Administrator"),
    },
    {v.Answer.YES: _l("Yes"), v.Answer.NO: _l("No"), v.Answer.NOT_KNOWN: _l("Not known")},
    {
        v.SignAnswer.NOT_ASKED: _l("Not asked"),
        v.SignAnswer.SEEN: _l("Seen"),
        v.SignAnswer.NOT_SEEN: _l("Not seen"),
        v.SignAnswer.NOT_KNOWN: _l("Not known"),
    },
    {
        v.SignSource.SAW_IT: _l("I saw or heard it myself"),
        v.SignSource.CHILD_SAID: _l("The child told me"),
        v.SignSource.FAMILY_SAID: _l("Somebody in the family told me"),
        v.SignSource.STAFF_SAID: _l("A colleague told me"),
        v.SignSource.OTHER_SAID: _l("Somebody else told me"),
    },
    {
        v.ConcernState.RECORDED: _l("Not read yet"),
        v.ConcernState.READ: _l("Read by the safeguarding lead"),
        v.ConcernState.REFERRED: _l("Referred"),
        v.ConcernState.KEPT: _l("Kept in school"),
    },
    {
        v.ReferralState.NOT_SENT_BY_US: _l("Not sent by us: somebody must ring"),
        v.ReferralState.TOLD_OUTSIDE: _l("Passed on by telephone"),
        v.ReferralState.RECEIVED: _l("Received, not acknowledged yet"),
        v.ReferralState.ACKNOWLEDGED: _l("Acknowledged by a duty worker"),
        v.ReferralState.DECIDED: _l("Decided"),
        v.ReferralState.CLOSED: _l("Closed"),
        v.ReferralState.PASSED_ON: _l("Handed over to another service"),
    },
    {
        v.Colour.RED: _l("Red"),
        v.Colour.AMBER: _l("Amber"),
        v.Colour.GREEN: _l("Green"),
        v.Colour.BLUE: _l("Blue"),
    },
    {
        v.Decision.EMERGENCY_PROTECTION: _l("Protect the child now"),
        v.Decision.STRATEGY_DISCUSSION: _l("Hold a strategy discussion"),
        v.Decision.SECTION_47_ENQUIRY: _l("Make enquiries under section 47"),
        v.Decision.ASSESSMENT: _l("Assess the child's needs"),
        v.Decision.FAMILY_HELP: _l("Offer help to the family"),
        v.Decision.ALLOCATED_WORKER: _l("Pass to the worker the child already has"),
        v.Decision.OTHER_AUTHORITY: _l("Pass to another authority"),
        v.Decision.SIGNPOST: _l("Give advice about other services"),
        v.Decision.AWAITING_INFORMATION: _l("Ask for more information first"),
        v.Decision.DUPLICATE: _l("Already with us as another referral"),
        v.Decision.POLICE_ONLY: _l("For the police alone"),
        v.Decision.ALLEGATION_AGAINST_STAFF: _l("Treat as an allegation about a member of staff"),
        v.Decision.NATIONAL_REFERRAL_MECHANISM: _l("Refer as a possible victim of trafficking"),
        v.Decision.NO_FURTHER_ACTION: _l("Take no further action"),
    },
    {v.ParentsTold.YES: _l("Yes"), v.ParentsTold.NOT_YET: _l("Not yet"), v.ParentsTold.NO: _l("No")},
    {
        v.NotToldReason.RISK_TO_CHILD: _l("Telling them could put the child in danger"),
        v.NotToldReason.RISK_TO_OTHERS: _l("Telling them could put somebody else in danger"),
        v.NotToldReason.COULD_HINDER_POLICE: _l("Telling them could get in the way of the police"),
        v.NotToldReason.DELAY_WOULD_HARM: _l("Waiting to tell them would leave the child at risk"),
        v.NotToldReason.COULD_NOT_REACH: _l("They could not be reached"),
        v.NotToldReason.OTHER: _l("Another reason"),
    },
    {
        v.MeetingState.ARRANGED: _l("Arranged"),
        v.MeetingState.HELD: _l("Held"),
        v.MeetingState.CALLED_OFF: _l("Called off"),
    },
    {
        v.Attendance.NO_RESPONSE: _l("No answer"),
        v.Attendance.ATTENDED: _l("Attended"),
        v.Attendance.APOLOGIES: _l("Sent apologies"),
        v.Attendance.ABSENT: _l("Did not come"),
    },
    {
        v.StatementKind.FACT: _l("Fact: seen, heard or on record"),
        v.StatementKind.REPORT: _l("Report: told by somebody else"),
        v.StatementKind.OPINION: _l("Opinion: a professional's view"),
    },
    {
        v.Compartment.REFERRAL: _l("The referral as it was sent"),
        v.Compartment.HUB: _l("The duty service's own notes"),
        v.Compartment.RESTRICTED: _l("What only the people named in a restriction may read"),
        v.Compartment.IDENTITY: _l("Who the child is"),
        v.Compartment.RELEASE: _l("What the school may read"),
        v.Compartment.SCHOOL: _l("The school's own record"),
        v.Compartment.PEOPLE: _l("Details of staff"),
        v.Compartment.DRAFT: _l("Unfinished forms"),
        v.Compartment.BREACH: _l("What was done about a referral sent to the wrong place"),
        v.Compartment.REQUEST: _l("Why a second person was asked"),
    },
    {
        v.ServiceKind.FRONT_DOOR: _l("Children's services front door"),
        v.ServiceKind.DUTY_TEAM: _l("Duty team"),
        v.ServiceKind.EMERGENCY_DUTY: _l("Emergency duty service"),
        v.ServiceKind.STANDBY: _l("Standby service"),
        v.ServiceKind.POLICE_EMERGENCY: _l("Police, in an emergency"),
        v.ServiceKind.POLICE: _l("Police"),
        v.ServiceKind.EDUCATION: _l("Education safeguarding"),
        v.ServiceKind.LADO: _l("Local authority designated officer (LADO)"),
        v.ServiceKind.OPEN_CASES: _l("Children who have a social worker"),
        v.ServiceKind.ADULT: _l("Adult safeguarding"),
        v.ServiceKind.OTHER: _l("Another service"),
    },
    {
        v.OpenState.OPEN: _l("Open now"),
        v.OpenState.CLOSED: _l("Closed now"),
        v.OpenState.UNKNOWN: _l("Hours not confirmed: ring"),
    },
    {
        v.PlaceKind.KNOWN: _l("Known"),
        v.PlaceKind.NOT_KNOWN: _l("Not known"),
        v.PlaceKind.NO_FIXED_ADDRESS: _l("No fixed address"),
        v.PlaceKind.ANOTHER_COUNCIL: _l("Another council, not in our list"),
    },
    {
        v.StepKind.CALL: _l("Ring"),
        v.StepKind.SEND: _l("We send it for you"),
        v.StepKind.SEND_OUTSIDE: _l("Send it yourself, outside this service"),
    },
    ASKED,
    *PASSING,
    *GIVEN_OUT,
    {
        v.BreachState.UNDECIDED: _l("Not decided yet whether to report it"),
        v.BreachState.TO_REPORT: _l("To be reported"),
        v.BreachState.NOT_TO_REPORT: _l("Not to be reported"),
        v.BreachState.CLOSED: _l("Closed"),
    },
    {
        v.BreachAct.FIND: _l("Found"),
        v.BreachAct.DO: _l("What was done"),
        v.BreachAct.TELL: _l("Who was told"),
        v.BreachAct.REPORT: _l("Decided to report it"),
        v.BreachAct.NOT_REPORT: _l("Decided not to report it"),
        v.BreachAct.CLOSE: _l("Closed"),
    },
    {
        v.RequestKind.ROLE: _l("Give a role"),
        v.RequestKind.SIGN_IN_LINK: _l("Make a new code to set a password"),
        v.RequestKind.REOPENING: _l("Open a closed account again"),
        v.RequestKind.LETTING_IN: _l("Let somebody into a restricted case"),
        v.RequestKind.LIFTING: _l("Lift a restriction"),
        v.RequestKind.ERASURE: _l("Erase a case"),
        v.RequestKind.HOLD_LIFTING: _l("Lift a legal hold"),
        v.RequestKind.PACK: _l("Make a list of who saw what"),
        v.RequestKind.KEYS: _l("Make keys anew, or print the key ring"),
        v.RequestKind.SHIFT_CODE: _l("Give a code for one shift"),
        v.RequestKind.EXTRACT: _l("Give out an extract of a case"),
        v.RequestKind.DECOY: _l("Mark a closed case as a decoy"),
    },
    {
        v.RequestState.WAITING: _l("Waiting"),
        v.RequestState.APPROVED: _l("Approved"),
        v.RequestState.REFUSED: _l("Refused"),
        v.RequestState.WITHDRAWN: _l("Taken back"),
        v.RequestState.EXPIRED: _l("Nobody answered in time"),
    },
    {
        v.GlassFinding.NEEDED: _l("Yes, it was needed"),
        v.GlassFinding.NOT_NEEDED: _l("No, it was not needed"),
    },
    {
        v.SessionEnd.SIGNED_OUT: _l("Signed out"),
        v.SessionEnd.IDLE: _l("Left unused for too long"),
        v.SessionEnd.TOO_OLD: _l("Open for a whole working day"),
        v.SessionEnd.REVOKED: _l("Ended by an administrator"),
        v.SessionEnd.PASSWORD_CHANGED: _l("Ended because the password was changed"),
    },
    {
        v.DayAnswer.TODAY: _l("Today"),
        v.DayAnswer.YESTERDAY: _l("Yesterday"),
        v.DayAnswer.ANOTHER: _l("Another day"),
        v.DayAnswer.NOT_KNOWN: _l("Not known"),
    },
    {
        v.ConcernAct.READ: _l("Read the concern"),
        v.ConcernAct.ADD_DETAIL: _l("Add to the concern"),
        v.ConcernAct.REFER: _l("Refer the concern"),
        v.ConcernAct.KEEP: _l("Keep the concern in school"),
    },
    {
        v.ReferralAct.RECORD_CALL: _l("Record a call"),
        v.ReferralAct.TAKE: _l("Take the referral"),
        v.ReferralAct.HAND_BACK: _l("Hand the referral back"),
        v.ReferralAct.ACKNOWLEDGE: _l("Acknowledge the referral"),
        v.ReferralAct.COLOUR: _l("Give the referral a colour"),
        v.ReferralAct.AWAIT_INFORMATION: _l("Ask for more information"),
        v.ReferralAct.DECIDE: _l("Decide on the referral"),
        v.ReferralAct.WRITE_TO_SCHOOL: _l("Write to the school"),
        v.ReferralAct.ANSWER: _l("Answer the duty service"),
        v.ReferralAct.WRITE_NOTE: _l("Write a note"),
        v.ReferralAct.ARRANGE_MEETING: _l("Arrange a safety-plan meeting"),
        v.ReferralAct.CLOSE: _l("Close the referral"),
        v.ReferralAct.PASS_ON: _l("Pass the referral on"),
        v.ReferralAct.ACCEPT: _l("Accept the referral"),
        v.ReferralAct.HAND_OVER: _l("Hand the referral over by telephone"),
        v.ReferralAct.SEND_ELSEWHERE: _l("Say that the referral came to the wrong place"),
        v.ReferralAct.TAKE_BACK: _l("Take a finished referral back from the wrong place"),
    },
    {
        v.MeetingAct.MINUTE: _l("Write the minutes"),
        v.MeetingAct.CORRECT: _l("Correct the minutes"),
        v.MeetingAct.MOVE: _l("Move the meeting"),
        v.MeetingAct.CALL_OFF: _l("Call the meeting off"),
    },
    {
        v.PlanSlot.CHILD_VIEWS: _l("The child's views"),
        v.PlanSlot.PARENTS_VIEWS: _l("The parents' or carers' views"),
        v.PlanSlot.DIRECT_WORKER: _l("The worker who works directly with the child"),
        v.PlanSlot.SUPPORT_FOR_PARENTS: _l("Support for the parents or carers"),
        v.PlanSlot.ACTION_AGAINST_HARM: _l("Action against whoever is harming the child"),
        v.PlanSlot.PLAN: _l("The plan: who does what by when"),
    },
    {
        v.SubjectKind.ORGANISATION: _l("An organisation"),
        v.SubjectKind.PERSON: _l("A person"),
        v.SubjectKind.CONCERN: _l("A concern"),
        v.SubjectKind.CHILD_FILE: _l("A child's file"),
        v.SubjectKind.REFERRAL: _l("A referral"),
        v.SubjectKind.INSTALLATION: _l("This installation"),
    },
    {
        v.ProposalOrigin.PERSON: _l("An administrator"),
        v.ProposalOrigin.OPERATOR: _l("The operator, from files"),
        v.ProposalOrigin.SHIPPED: _l("A newer version of the program"),
    },
    {
        v.ProposalState.OPEN: _l("Waits for approval"),
        v.ProposalState.APPROVED: _l("Approved"),
        v.ProposalState.REFUSED: _l("Refused"),
        v.ProposalState.WITHDRAWN: _l("Withdrawn"),
        v.ProposalState.OVERTAKEN: _l("Overtaken by a newer one"),
    },
    {
        v.DirectoryChange.NUMBER: _l("Change the telephone number"),
        v.DirectoryChange.CHECKED: _l("I rang a number or read the page today"),
        v.DirectoryChange.HOURS: _l("Change the hours"),
        v.DirectoryChange.DAY: _l("Say that one day is different"),
        v.DirectoryChange.END: _l("Say when the service ends"),
    },
    FAILURES,
    PROOFS,
    WHY,
    REASONS,
    IDENTIFIERS,
    MEANINGS,
    *KEEPING,
    {
        v.QueueList.ALL: _l("All waiting"),
        v.QueueList.NOBODYS: _l("Nobody has it"),
        v.QueueList.MINE: _l("Mine"),
        v.QueueList.OVERDUE: _l("Overdue"),
        v.QueueList.ANSWERED: _l("School answered"),
        v.QueueList.DECIDED: _l("Decided"),
        v.QueueList.CLOSED: _l("Closed"),
    },
)

_BY_KIND: Final = {type(next(iter(labels))): labels for labels in _LABELS}


def label(member: StrEnum) -> LazyString:
    """Return the words for a value of the vocabulary, in the reader's language when they are shown."""
    return _BY_KIND[type(member)][member]

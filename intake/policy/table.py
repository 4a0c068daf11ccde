"""The whole truth of who may: permission -> rows of (roles, what must also be true)."""

from dataclasses import dataclass

from intake.policy.permissions import Permission
from intake.policy.predicates import (
    Predicate,
    not_named,
    of_own_hub,
    of_own_organisation,
    of_own_school,
    recorded_by_actor,
    recorded_by_another,
    sent_by_actor,
)
from intake.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Row:
    """One way of being allowed: any of the roles, and every predicate."""

    roles: frozenset[Role]
    must: tuple[Predicate, ...] = ()


EVERYBODY = frozenset(Role)
LEADS = frozenset({Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD})
STAFF = LEADS | {Role.REPORTER}
DUTY = frozenset({Role.DUTY_WORKER, Role.DUTY_MANAGER})
WATCHERS = frozenset({Role.DUTY_MANAGER, Role.AUDITOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

_LEADS_HERE = Row(LEADS, (of_own_school, not_named))
_RECORDER = Row(STAFF, (of_own_school, recorded_by_actor, not_named))
_SENDER = Row(STAFF, (of_own_school, sent_by_actor, not_named))
_DUTY_HERE = Row(DUTY, (of_own_hub, not_named))

TABLE: dict[Permission, tuple[Row, ...]] = {
    Permission.ACCOUNT_OWN: (Row(EVERYBODY),),
    Permission.CONCERN_RECORD: (Row(STAFF),),
    Permission.CONCERN_LIST_OWN: (Row(STAFF),),
    Permission.CONCERN_LIST: (Row(LEADS),),
    Permission.CONCERN_OPEN: (_LEADS_HERE, _RECORDER),
    Permission.CONCERN_ADD: (_LEADS_HERE, _RECORDER),
    Permission.CONCERN_KEEP: (_LEADS_HERE,),
    Permission.CHILD_SEARCH: (Row(STAFF),),
    Permission.CHILD_MATCH: (_LEADS_HERE,),
    Permission.CHILD_OPEN: (_LEADS_HERE,),
    Permission.REFERRAL_SUBMIT: (_LEADS_HERE, _RECORDER),
    Permission.REFERRAL_LIST_SENT: (Row(STAFF),),
    Permission.REFERRAL_OPEN_SENT: (_LEADS_HERE, _SENDER),
    Permission.REFERRAL_RECORD_CALL: (_LEADS_HERE, _SENDER),
    Permission.REFERRAL_ANSWER: (_LEADS_HERE, _SENDER),
    Permission.QUEUE_LIST: (Row(DUTY),),
    Permission.REFERRAL_OPEN: (_DUTY_HERE,),
    Permission.REFERRAL_READ_COPY: (_DUTY_HERE,),
    Permission.REFERRAL_TAKE: (_DUTY_HERE,),
    Permission.REFERRAL_ACKNOWLEDGE: (_DUTY_HERE,),
    Permission.REFERRAL_COLOUR: (_DUTY_HERE,),
    Permission.REFERRAL_DECIDE: (_DUTY_HERE,),
    Permission.REFERRAL_WRITE: (_DUTY_HERE,),
    Permission.REFERRAL_CLOSE: (_DUTY_HERE,),
    Permission.REFERRAL_PASS_ON: (_DUTY_HERE,),
    Permission.REFERRAL_ACCEPT: (_DUTY_HERE,),
    Permission.REFERRAL_WRONG_PLACE: (_DUTY_HERE,),
    Permission.REFERRAL_SENT_WRONG: (_LEADS_HERE,),
    Permission.PASSING_OPEN: (Row(DUTY | WATCHERS, (of_own_organisation, not_named)),),
    Permission.BREACH_OPEN: (Row(LEADS | WATCHERS, (of_own_organisation, not_named)),),
    Permission.BREACH_HANDLE: (Row(LEADS | {Role.DUTY_MANAGER}, (of_own_organisation, not_named)),),
    Permission.NOTE_WRITE: (_DUTY_HERE,),
    Permission.MEETING_ARRANGE: (_DUTY_HERE,),
    Permission.MEETING_MINUTE: (_DUTY_HERE,),
    Permission.MEETING_OPEN: (_DUTY_HERE,),
    Permission.LIMITS_SET: (Row(frozenset({Role.DUTY_MANAGER})),),
    Permission.AUDIT_VIEW: (Row(WATCHERS, (of_own_organisation,)),),
    Permission.AUDIT_VERIFY: (Row(WATCHERS, (of_own_organisation,)),),
    Permission.PEOPLE_MANAGE: (Row(ADMINISTRATORS, (of_own_organisation,)),),
    Permission.DIRECTORY_VIEW: (Row(EVERYBODY),),
    Permission.DIRECTORY_PROPOSE: (Row(ADMINISTRATORS),),
    Permission.DIRECTORY_APPROVE: (Row(ADMINISTRATORS, (recorded_by_another,)),),
    Permission.HEALTH_VIEW: (Row(ADMINISTRATORS),),
}

"""The whole truth of who may: permission -> rows of (roles, what must also be true)."""

from dataclasses import dataclass

from intake.policy.permissions import Permission
from intake.policy.predicates import (
    Predicate,
    about_another,
    by_own_factor,
    decides,
    known_to_actor,
    of_own_hub,
    of_own_organisation,
    of_own_school,
    open_to_actor,
    recorded_by_actor,
    recorded_by_another,
    restricted,
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
WORKERS = frozenset({Role.DUTY_WORKER})
MANAGERS = frozenset({Role.DUTY_MANAGER})
WATCHERS = MANAGERS | {Role.AUDITOR}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

_LEADS_HERE = Row(LEADS, (of_own_school, open_to_actor))
_RECORDER = Row(STAFF, (of_own_school, recorded_by_actor, open_to_actor))
_SENDER = Row(STAFF, (of_own_school, sent_by_actor, open_to_actor))
_DUTY_HERE = Row(DUTY, (of_own_hub, open_to_actor))

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
    Permission.CHILD_CORRECT: (_LEADS_HERE,),
    Permission.CHILD_LOOKERS: (_LEADS_HERE,),
    Permission.REFERRAL_SUBMIT: (_LEADS_HERE, _RECORDER),
    Permission.REFERRAL_LIST_SENT: (Row(STAFF),),
    Permission.REFERRAL_OPEN_SENT: (_LEADS_HERE, _SENDER),
    Permission.REFERRAL_RECORD_CALL: (_LEADS_HERE, _SENDER),
    Permission.REFERRAL_ANSWER: (_LEADS_HERE, _SENDER),
    Permission.CASE_SEARCH: (Row(LEADS | DUTY),),
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
    Permission.PASSING_OPEN: (Row(DUTY | WATCHERS, (of_own_organisation, open_to_actor)),),
    Permission.BREACH_OPEN: (Row(LEADS | WATCHERS, (of_own_organisation, open_to_actor)),),
    Permission.BREACH_HANDLE: (Row(LEADS | {Role.DUTY_MANAGER}, (of_own_organisation, open_to_actor)),),
    Permission.NOTE_WRITE: (_DUTY_HERE,),
    Permission.MEETING_ARRANGE: (_DUTY_HERE,),
    Permission.MEETING_MINUTE: (_DUTY_HERE,),
    Permission.MEETING_OPEN: (_DUTY_HERE,),
    Permission.REFERRAL_RESTRICT: (Row(MANAGERS, (of_own_hub, open_to_actor)),),
    Permission.CONCERN_RESTRICT: (_LEADS_HERE,),
    Permission.RESTRICTION_OPEN: (
        Row(DUTY, (of_own_hub, restricted, open_to_actor)),
        Row(STAFF, (of_own_school, restricted, open_to_actor)),
    ),
    Permission.RESTRICTION_CHANGE: (
        Row(MANAGERS, (of_own_hub, restricted, decides)),
        Row(LEADS, (of_own_school, restricted, decides)),
    ),
    Permission.RESTRICTION_APPROVE: (
        Row(LEADS | DUTY, (of_own_organisation, restricted, decides, recorded_by_another, by_own_factor)),
    ),
    Permission.REFERRAL_LOOKERS: (Row(MANAGERS, (of_own_hub, open_to_actor)),),
    Permission.REFERRAL_TIE: (_DUTY_HERE,),
    Permission.CONCERN_TIE: (_LEADS_HERE,),
    Permission.GLASS_BREAK: (Row(DUTY),),
    Permission.GLASS_REVIEW: (Row(WATCHERS, (of_own_hub, recorded_by_another, by_own_factor)),),
    Permission.SHIFT_CODE_SEE: (Row(DUTY | WATCHERS, (of_own_hub,)),),
    Permission.SHIFT_CODE_GIVE: (Row(MANAGERS, (of_own_hub, about_another, by_own_factor)),),
    Permission.SHIFT_CODE_ASK: (Row(WORKERS, (of_own_hub, about_another, by_own_factor)),),
    Permission.SHIFT_CODE_APPROVE: (
        Row(DUTY, (of_own_organisation, about_another, recorded_by_another, by_own_factor)),
    ),
    Permission.SHIFT_CODE_REVIEW: (
        Row(WATCHERS, (of_own_hub, about_another, recorded_by_another, by_own_factor)),
    ),
    Permission.REFERRAL_ERASE: (Row(MANAGERS, (of_own_hub, open_to_actor)),),
    Permission.FILE_ERASE: (_LEADS_HERE,),
    Permission.ERASURE_APPROVE: (
        Row(LEADS | MANAGERS, (of_own_organisation, open_to_actor, recorded_by_another, by_own_factor)),
    ),
    Permission.EXTRACT_MAKE: (Row(MANAGERS, (of_own_hub, known_to_actor, by_own_factor)),),
    Permission.FILE_EXTRACT: (Row(LEADS, (of_own_school, known_to_actor, by_own_factor)),),
    Permission.EXTRACT_APPROVE: (
        Row(LEADS | MANAGERS, (of_own_organisation, known_to_actor, recorded_by_another, by_own_factor)),
    ),
    Permission.LIMITS_SET: (Row(MANAGERS),),
    Permission.ROTA_KEEP: (Row(MANAGERS, (of_own_hub,)),),
    Permission.DECOY_SEE: (Row(WATCHERS, (of_own_hub,)),),
    Permission.DECOY_MARK: (Row(MANAGERS, (of_own_hub, open_to_actor)),),
    Permission.DECOY_APPROVE: (
        Row(MANAGERS, (of_own_organisation, open_to_actor, recorded_by_another, by_own_factor)),
    ),
    Permission.AUDIT_VIEW: (Row(WATCHERS, (of_own_organisation,)),),
    Permission.AUDIT_VERIFY: (Row(WATCHERS, (of_own_organisation,)),),
    Permission.PEOPLE_MANAGE: (Row(ADMINISTRATORS, (of_own_organisation,)),),
    Permission.PEOPLE_APPROVE: (Row(ADMINISTRATORS, (of_own_organisation, recorded_by_another)),),
    Permission.PACK_APPROVE: (
        Row(WATCHERS | ADMINISTRATORS, (of_own_organisation, recorded_by_another, by_own_factor)),
    ),
    Permission.KEYS_ASK: (Row(ADMINISTRATORS, (of_own_organisation,)),),
    Permission.KEYS_APPROVE: (
        Row(ADMINISTRATORS, (of_own_organisation, recorded_by_another, by_own_factor)),
    ),
    Permission.SECOND_PERSON_SEE: (
        Row(ADMINISTRATORS | LEADS | DUTY | WATCHERS, (of_own_organisation, open_to_actor)),
    ),
    Permission.DIRECTORY_VIEW: (Row(EVERYBODY),),
    Permission.DIRECTORY_PROPOSE: (Row(ADMINISTRATORS),),
    Permission.DIRECTORY_APPROVE: (Row(ADMINISTRATORS, (recorded_by_another,)),),
    Permission.HEALTH_VIEW: (Row(ADMINISTRATORS),),
}

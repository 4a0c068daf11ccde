"""Every permission, every role, every relation, against an expectation written out by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from intake.errors import Erased, NotFound, NotPermitted, SecondFactorNeeded
from intake.policy.actor import Actor, Glass
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role, role_may
from intake.policy.second_person import TWO_PEOPLE
from intake.vocabulary import HUB_ROLES, SCHOOL_ROLES, OrganisationKind, Role

ME, OTHER, CASE = UUID(int=1), UUID(int=2), UUID(int=3)
HERE, ELSEWHERE = UUID(int=10), UUID(int=11)

#: Letters: R reporter, L lead, D deputy, W duty worker, M duty manager, A auditor, S administrator.
LETTERS = {
    "R": Role.REPORTER,
    "L": Role.SAFEGUARDING_LEAD,
    "D": Role.DEPUTY_LEAD,
    "W": Role.DUTY_WORKER,
    "M": Role.DUTY_MANAGER,
    "A": Role.AUDITOR,
    "S": Role.ADMINISTRATOR,
}

#: The relations, as facts: mine, a colleague's here, here but naming me, and another organisation's.
RELATIONS = {
    "mine": Facts(school_id=HERE, hub_id=HERE, organisation_id=HERE, recorded_by=ME, sent_by=ME),
    "here": Facts(school_id=HERE, hub_id=HERE, organisation_id=HERE, recorded_by=OTHER, sent_by=OTHER),
    # Even what I wrote or sent myself: somebody named in it is not to see what became of it.
    "names me": Facts(
        school_id=HERE,
        hub_id=HERE,
        organisation_id=HERE,
        recorded_by=ME,
        sent_by=ME,
        named=frozenset({ME}),
    ),
    "elsewhere": Facts(
        school_id=ELSEWHERE, hub_id=ELSEWHERE, organisation_id=ELSEWHERE, recorded_by=OTHER, sent_by=OTHER
    ),
    "nobody's": Facts(),
}

#: permission: (mine, here, names me, elsewhere, nobody's)
EXPECTED = {
    Permission.ACCOUNT_OWN: ("RLDWMAS", "RLDWMAS", "RLDWMAS", "RLDWMAS", "RLDWMAS"),
    Permission.CONCERN_RECORD: ("RLD", "RLD", "RLD", "RLD", "RLD"),
    Permission.CONCERN_LIST_OWN: ("RLD", "RLD", "RLD", "RLD", "RLD"),
    Permission.CONCERN_LIST: ("LD", "LD", "LD", "LD", "LD"),
    Permission.CONCERN_OPEN: ("RLD", "LD", "", "", ""),
    Permission.CONCERN_ADD: ("RLD", "LD", "", "", ""),
    Permission.CONCERN_KEEP: ("LD", "LD", "", "", ""),
    Permission.CHILD_SEARCH: ("RLD", "RLD", "RLD", "RLD", "RLD"),
    Permission.CHILD_MATCH: ("LD", "LD", "", "", ""),
    Permission.CHILD_OPEN: ("LD", "LD", "", "", ""),
    Permission.CHILD_CORRECT: ("LD", "LD", "", "", ""),
    Permission.CHILD_LOOKERS: ("LD", "LD", "", "", ""),
    Permission.REFERRAL_SUBMIT: ("RLD", "LD", "", "", ""),
    Permission.REFERRAL_LIST_SENT: ("RLD", "RLD", "RLD", "RLD", "RLD"),
    Permission.REFERRAL_OPEN_SENT: ("RLD", "LD", "", "", ""),
    Permission.REFERRAL_RECORD_CALL: ("RLD", "LD", "", "", ""),
    Permission.REFERRAL_ANSWER: ("RLD", "LD", "", "", ""),
    Permission.CASE_SEARCH: ("LDWM", "LDWM", "LDWM", "LDWM", "LDWM"),
    Permission.QUEUE_LIST: ("WM", "WM", "WM", "WM", "WM"),
    Permission.REFERRAL_OPEN: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_READ_COPY: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_TAKE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_ACKNOWLEDGE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_COLOUR: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_DECIDE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_WRITE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_CLOSE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_PASS_ON: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_ACCEPT: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_WRONG_PLACE: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_SENT_WRONG: ("LD", "LD", "", "", ""),
    Permission.PASSING_OPEN: ("WMA", "WMA", "", "", ""),
    Permission.BREACH_OPEN: ("LDMA", "LDMA", "", "", ""),
    Permission.BREACH_HANDLE: ("LDM", "LDM", "", "", ""),
    Permission.NOTE_WRITE: ("WM", "WM", "", "", ""),
    Permission.MEETING_ARRANGE: ("WM", "WM", "", "", ""),
    Permission.MEETING_MINUTE: ("WM", "WM", "", "", ""),
    Permission.MEETING_OPEN: ("WM", "WM", "", "", ""),
    Permission.REFERRAL_RESTRICT: ("M", "M", "", "", ""),
    Permission.CONCERN_RESTRICT: ("LD", "LD", "", "", ""),
    Permission.RESTRICTION_OPEN: ("", "", "", "", ""),
    Permission.RESTRICTION_CHANGE: ("", "", "", "", ""),
    Permission.RESTRICTION_APPROVE: ("", "", "", "", ""),
    Permission.REFERRAL_LOOKERS: ("M", "M", "", "", ""),
    Permission.REFERRAL_TIE: ("WM", "WM", "", "", ""),
    Permission.CONCERN_TIE: ("LD", "LD", "", "", ""),
    Permission.GLASS_BREAK: ("WM", "WM", "WM", "WM", "WM"),
    Permission.GLASS_REVIEW: ("", "MA", "", "", ""),
    Permission.SHIFT_CODE_SEE: ("WMA", "WMA", "WMA", "", ""),
    Permission.SHIFT_CODE_GIVE: ("M", "M", "M", "", ""),
    Permission.SHIFT_CODE_ASK: ("W", "W", "W", "", ""),
    Permission.SHIFT_CODE_APPROVE: ("", "WM", "", "", ""),
    Permission.SHIFT_CODE_REVIEW: ("", "MA", "", "", ""),
    Permission.REFERRAL_ERASE: ("M", "M", "", "", ""),
    Permission.FILE_ERASE: ("LD", "LD", "", "", ""),
    Permission.ERASURE_APPROVE: ("", "LDM", "", "", ""),
    Permission.EXTRACT_MAKE: ("M", "M", "", "", ""),
    Permission.FILE_EXTRACT: ("LD", "LD", "", "", ""),
    Permission.EXTRACT_APPROVE: ("", "LDM", "", "", ""),
    Permission.LIMITS_SET: ("M", "M", "M", "M", "M"),
    Permission.ROTA_KEEP: ("M", "M", "M", "", ""),
    Permission.DECOY_SEE: ("MA", "MA", "MA", "", ""),
    Permission.DECOY_MARK: ("M", "M", "", "", ""),
    Permission.DECOY_APPROVE: ("", "M", "", "", ""),
    Permission.AUDIT_VIEW: ("MA", "MA", "MA", "", ""),
    Permission.AUDIT_VERIFY: ("MA", "MA", "MA", "", ""),
    Permission.PEOPLE_MANAGE: ("S", "S", "S", "", ""),
    Permission.PEOPLE_APPROVE: ("", "S", "", "", ""),
    Permission.PACK_APPROVE: ("", "MAS", "", "", ""),
    Permission.KEYS_ASK: ("S", "S", "S", "", ""),
    Permission.KEYS_APPROVE: ("", "S", "", "", ""),
    Permission.SECOND_PERSON_SEE: ("SLDWMA", "SLDWMA", "", "", ""),
    Permission.DIRECTORY_VIEW: ("RLDWMAS", "RLDWMAS", "RLDWMAS", "RLDWMAS", "RLDWMAS"),
    Permission.DIRECTORY_PROPOSE: ("S", "S", "S", "S", "S"),
    Permission.DIRECTORY_APPROVE: ("", "S", "", "S", "S"),
    Permission.HEALTH_VIEW: ("S", "S", "S", "S", "S"),
}


#: What is only for those to whom a case is restricted: (mine, a colleague's).
RESTRICTED = {
    Permission.RESTRICTION_OPEN: ("RLDWM", "RLDWM"),
    Permission.RESTRICTION_CHANGE: ("LDM", "LDM"),
    Permission.RESTRICTION_APPROVE: ("", "LDWM"),
}

#: What decides on a restriction: only the named do, however somebody else came to see the case.
DECIDING = {Permission.RESTRICTION_CHANGE, Permission.RESTRICTION_APPROVE}
#: What nobody does who sees a case behind broken glass alone: what was given out does not come back.
GIVING_OUT = {Permission.EXTRACT_MAKE, Permission.FILE_EXTRACT, Permission.EXTRACT_APPROVE}


def restricted(relation: str, *only: UUID) -> Facts:
    return replace(RELATIONS[relation], case_id=CASE, only=frozenset(only))


def actor(*roles: Role, second_factor: bool = True) -> Actor:
    kind = OrganisationKind.HUB if set(roles) <= HUB_ROLES else OrganisationKind.SCHOOL
    return Actor(ME, HERE, kind, frozenset(roles), UUID(int=99), second_factor)


def letters(said: str) -> set[Role]:
    return {LETTERS[letter] for letter in said}


def test_the_expectation_speaks_of_every_permission() -> None:
    assert set(EXPECTED) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_the_table_says_what_was_written_out(permission: Permission, role: Role) -> None:
    for said, facts in zip(EXPECTED[permission], RELATIONS.values(), strict=True):
        allowed = role in {LETTERS[letter] for letter in said}
        assert may(actor(role), permission, facts) is allowed


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_what_is_restricted_is_for_the_named_and_for_others_as_if_it_named_them(
    permission: Permission, role: Role
) -> None:
    mine, here = RESTRICTED.get(permission, EXPECTED[permission][:2])
    assert may(actor(role), permission, restricted("mine", ME, OTHER)) is (role in letters(mine))
    assert may(actor(role), permission, restricted("here", ME, OTHER)) is (role in letters(here))
    assert may(actor(role), permission, restricted("mine", OTHER)) is (
        role in letters(EXPECTED[permission][2])
    )
    assert may(actor(role), permission, restricted("mine")) is (role in letters(EXPECTED[permission][2]))


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_behind_broken_glass_a_restriction_is_open_and_not_decided_on_and_what_names_one_is_not(
    permission: Permission, role: Role
) -> None:
    who = replace(actor(role), glass=Glass(OTHER, datetime(2026, 11, 23, tzinfo=UTC), frozenset({CASE})))
    facts = restricted("here", OTHER)
    as_if_named = may(actor(role), permission, restricted("here", ME))
    assert may(who, permission, facts) is (as_if_named and permission not in DECIDING | GIVING_OUT)
    # Where too few of the named are left to decide, the glass counts: nobody else ever could.
    assert may(who, permission, replace(facts, too_few=True)) is (
        as_if_named and permission not in GIVING_OUT
    )
    assert may(actor(role), permission, replace(facts, too_few=True)) is may(actor(role), permission, facts)
    assert may(who, permission, replace(facts, case_id=OTHER)) is may(actor(role), permission, facts)
    named = replace(facts, named=frozenset({ME}))
    assert may(who, permission, named) is may(actor(role), permission, replace(named, only=None))


def test_what_is_done_behind_glass_is_done_under_it_and_nothing_else_is() -> None:
    who = replace(
        actor(Role.DUTY_WORKER), glass=Glass(OTHER, datetime(2026, 11, 23, tzinfo=UTC), frozenset({CASE}))
    )
    assert [who.under(CASE), who.under(ME), who.under(None)] == [OTHER, None, None]
    assert actor(Role.DUTY_WORKER).under(CASE) is None


@pytest.mark.parametrize("permission", [kind for kind in Permission if kind.startswith("shift_code.")])
def test_a_code_for_one_shift_is_anothers_and_leads_to_no_other_code(permission: Permission) -> None:
    both, of_another = actor(Role.DUTY_WORKER, Role.DUTY_MANAGER), replace(RELATIONS["here"], case_id=OTHER)
    only_seen = permission is Permission.SHIFT_CODE_SEE
    assert may(both, permission, of_another)
    assert may(both, permission, replace(of_another, case_id=ME)) is only_seen
    assert may(replace(both, by_shift_code=True), permission, of_another) is only_seen


@pytest.mark.parametrize(
    "permission",
    sorted({Permission.EXTRACT_MAKE, Permission.FILE_EXTRACT, *(two.approve for two in TWO_PEOPLE.values())}),
)
@pytest.mark.parametrize("role", Role)
def test_whoever_is_in_by_a_code_for_one_shift_is_nobodys_second_person_and_gives_nothing_out(
    permission: Permission, role: Role
) -> None:
    deceived = replace(actor(role), phishable=True, by_shift_code=True)
    assert not may(deceived, permission, RELATIONS["here"])
    assert not may(deceived, permission, restricted("here", ME, OTHER))


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_what_is_never_ones_to_do_and_what_is_not_ones_own_are_told_apart(
    permission: Permission, role: Role
) -> None:
    who = actor(role)
    ever = any(role in letters(said) for said in (*EXPECTED[permission], *RESTRICTED.get(permission, ())))
    assert role_may(who, permission) is ever
    for said, facts in zip(EXPECTED[permission], RELATIONS.values(), strict=True):
        if role in {LETTERS[letter] for letter in said}:
            require(who, permission, facts)
        else:
            with pytest.raises(NotFound if ever else NotPermitted):
                require(who, permission, facts)


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES - {Role.AUDITOR, Role.ADMINISTRATOR, Role.REPORTER}))
def test_a_lead_without_the_second_factor_can_still_record_a_concern(role: Role) -> None:
    without = actor(role, second_factor=False)
    assert role_may(without, Permission.CONCERN_RECORD)
    assert not role_may(without, Permission.CONCERN_LIST)
    assert without.needs_second_factor


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REPORTER}))
def test_nobody_reads_anothers_words_without_the_second_factor(role: Role) -> None:
    without = actor(role, second_factor=False)
    others = RELATIONS["here"]
    for permission in Permission:
        if permission not in {Permission.DIRECTORY_VIEW, Permission.ACCOUNT_OWN}:
            assert not may(without, permission, others) or permission in {
                Permission.CONCERN_RECORD,
                Permission.CONCERN_LIST_OWN,
                Permission.CHILD_SEARCH,
                Permission.REFERRAL_LIST_SENT,
            }


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD])
def test_a_lead_is_asked_for_the_second_factor_where_it_would_let_them_in_and_nowhere_else(
    role: Role,
) -> None:
    without = actor(role, second_factor=False)
    require(without, Permission.CONCERN_OPEN, RELATIONS["mine"])
    with pytest.raises(SecondFactorNeeded):
        require(without, Permission.CONCERN_OPEN, RELATIONS["here"])
    for relation in ("names me", "elsewhere", "nobody's"):
        with pytest.raises(NotFound):
            require(without, Permission.CONCERN_OPEN, RELATIONS[relation])


def test_an_auditor_of_a_school_does_not_become_a_reporter_by_leaving_the_second_factor_out() -> None:
    without = Actor(
        ME, HERE, OrganisationKind.SCHOOL, frozenset({Role.AUDITOR}), UUID(int=99), second_factor=False
    )
    assert without.proven_roles == frozenset()
    assert not role_may(without, Permission.CONCERN_RECORD)


def test_an_auditor_of_a_school_comes_in_nowhere_that_only_a_hub_has() -> None:
    who = replace(actor(Role.AUDITOR), organisation_kind=OrganisationKind.SCHOOL)
    assert role_may(who, Permission.AUDIT_VIEW)
    assert not role_may(who, Permission.GLASS_REVIEW)


def test_a_reporter_has_no_second_factor_to_wait_for() -> None:
    assert not actor(Role.REPORTER, second_factor=False).needs_second_factor


def test_a_list_is_refused_by_role() -> None:
    require_role(actor(Role.DUTY_WORKER), Permission.QUEUE_LIST)
    with pytest.raises(NotPermitted):
        require_role(actor(Role.REPORTER), Permission.QUEUE_LIST)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_what_is_erased_is_nobodys_and_only_whoever_might_have_opened_it_is_told_so(
    permission: Permission, role: Role
) -> None:
    for relation in RELATIONS.values():
        facts = replace(relation, case_id=CASE, erased=True)
        assert not may(actor(role), permission, facts)
        told = Erased if may(actor(role), permission, relation) else (NotFound, NotPermitted)
        with pytest.raises(told) as refused:
            require(actor(role), permission, facts)
        assert getattr(refused.value, "case_id", CASE) == CASE

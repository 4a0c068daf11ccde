"""How far a list may look."""

from uuid import UUID

import pytest

from intake.errors import NotPermitted
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import Reach, reach, roles_that_may, served_in
from intake.policy.second_person import ALLOWED_ONCE, kinds_seen
from intake.policy.table import LEADS, MANAGERS
from intake.vocabulary import OrganisationKind, RequestKind, Role

ME, HERE = UUID(int=1), UUID(int=10)


def actor(*roles: Role, second_factor: bool = True) -> Actor:
    return Actor(ME, HERE, OrganisationKind.SCHOOL, frozenset(roles), UUID(int=99), second_factor)


def test_a_reporter_reaches_only_what_they_wrote() -> None:
    assert reach(actor(Role.REPORTER), Permission.CONCERN_LIST_OWN) == Reach(HERE, ME)


def test_a_lead_reaches_the_whole_school() -> None:
    assert reach(actor(Role.REPORTER, Role.SAFEGUARDING_LEAD), Permission.REFERRAL_LIST_SENT) == Reach(
        HERE, None
    )


def test_a_lead_without_the_second_factor_reaches_only_what_they_wrote() -> None:
    without = actor(Role.SAFEGUARDING_LEAD, second_factor=False)
    assert reach(without, Permission.CONCERN_LIST_OWN) == Reach(HERE, ME)


def test_an_auditor_who_also_reports_does_not_reach_the_schools_list() -> None:
    assert reach(actor(Role.REPORTER, Role.AUDITOR), Permission.CONCERN_LIST_OWN) == Reach(HERE, ME)


def test_a_list_that_is_not_ones_to_see_has_no_reach() -> None:
    with pytest.raises(NotPermitted):
        reach(actor(Role.REPORTER), Permission.CONCERN_LIST)


def test_a_school_has_no_glass_to_review_though_its_auditors_role_would_do() -> None:
    assert served_in(Permission.GLASS_REVIEW) == {OrganisationKind.HUB}
    assert served_in(Permission.AUDIT_VIEW) == {OrganisationKind.HUB, OrganisationKind.SCHOOL}


def test_what_only_one_sides_roles_do_is_served_there_alone() -> None:
    assert served_in(Permission.QUEUE_LIST) == {OrganisationKind.HUB}
    assert served_in(Permission.CONCERN_LIST) == {OrganisationKind.SCHOOL}


def test_nobody_sees_a_request_of_a_kind_they_neither_make_nor_approve() -> None:
    people = {RequestKind.ROLE, RequestKind.SIGN_IN_LINK, RequestKind.REOPENING}
    assert kinds_seen(actor(Role.REPORTER)) == frozenset()
    assert kinds_seen(actor(Role.ADMINISTRATOR)) == people | ALLOWED_ONCE - {RequestKind.EXTRACT}
    of_restrictions = {RequestKind.LETTING_IN, RequestKind.LIFTING}
    assert kinds_seen(actor(Role.DUTY_WORKER)) == of_restrictions | {RequestKind.SHIFT_CODE}
    of_cases = set(RequestKind) - people - ALLOWED_ONCE - {RequestKind.SHIFT_CODE, RequestKind.DECOY}
    of_cases |= {RequestKind.EXTRACT}
    assert kinds_seen(actor(Role.SAFEGUARDING_LEAD)) == of_cases
    assert kinds_seen(actor(Role.AUDITOR)) == {RequestKind.PACK}


def test_the_roles_that_may_ever_do_something_are_those_of_all_its_rows() -> None:
    assert roles_that_may(Permission.KEYS_ASK) == {Role.ADMINISTRATOR}
    assert roles_that_may(Permission.RESTRICTION_CHANGE) == LEADS | MANAGERS

"""The trail as its own organisation reads it: filtered, followed, and each look recorded."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from intake.errors import NotFound, NotPermitted
from intake.models.audit import AuditEntry
from intake.policy.actor import Actor
from intake.queries.trail import TrailFilter
from intake.services.trail import Followed, TrailShown
from intake.vocabulary import ChainFault, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People


def look(
    desk: Desk, wanted: TrailFilter | None = None, *, below: int | None = None, actor: Actor | None = None
) -> TrailShown:
    with desk.place.opening() as services:
        return services.trail.show(actor or desk.manager, wanted or TrailFilter(), below)


def follow(desk: Desk, referral: UUID, actor: Actor | None = None) -> Followed:
    reference = desk.referrals.header(referral).reference
    with desk.place.opening() as services:
        return services.trail.follow(actor or desk.manager, reference)


def events(shown: TrailShown) -> list[str]:
    return [happened.event for happened in shown.happened]


def test_the_newest_stands_first_with_who_did_it(desk: Desk) -> None:
    desk.acknowledged()

    happened = look(desk).happened
    assert [(each.event, each.who) for each in happened] == [
        ("referral.acknowledged", "Sam Reed"),
        ("referral.taken", "Sam Reed"),
        ("referral.received", ""),
    ]


def test_a_look_at_the_trail_is_in_the_trail(desk: Desk) -> None:
    desk.arrive()
    look(desk)

    (seen, *_rest) = look(desk).happened
    assert (seen.event, seen.who) == ("audit.viewed", "Rae Whitlock")
    assert seen.said == {"entries": 1, "newest_seq": 1, "oldest_seq": 1}


def test_it_is_filtered_by_person_kind_reference_and_day(desk: Desk) -> None:
    first = desk.acknowledged()
    desk.place.clock.instant += timedelta(days=1)
    with desk.place.writing() as services:
        services.triage.take(desk.jo, first, 3)

    reference = desk.referrals.header(first).reference
    assert events(look(desk, TrailFilter(person_id=desk.jo.person_id))) == ["referral.taken"]
    assert len(look(desk, TrailFilter(event="referral.taken")).happened) == 2
    assert len(look(desk, TrailFilter(reference=reference)).happened) == 4
    assert events(look(desk, TrailFilter(event="referral.taken", on=date(2026, 11, 24)))) == [
        "referral.taken"
    ]
    assert look(desk, TrailFilter(reference="R-2222-2222")).happened == ()


def test_pages_join_without_a_gap(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.queries.trail.PAGE", 2)
    desk.acknowledged()
    newest = look(desk)
    older = look(desk, below=newest.older)

    assert [each.seq for each in (*newest.happened, *older.happened)] == [3, 2, 1]
    assert older.older is None


def test_only_ones_own_organisation_is_seen(desk: Desk, people: People) -> None:
    desk.acknowledged()
    auditor = people.actor(desk.lead.organisation_id, Role.AUDITOR)

    assert events(look(desk, actor=auditor)) == ["referral.sent"]


def test_a_duty_worker_does_not_see_it(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        look(desk, actor=desk.sam)


def test_one_referral_is_followed_in_order_to_where_the_school_meets_the_hub(desk: Desk) -> None:
    followed = follow(desk, desk.acknowledged())

    assert [each.event for each in followed.happened] == [
        "referral.received",
        "referral.taken",
        "referral.acknowledged",
    ]
    (joint,) = followed.joints
    assert (joint.sent_by, joint.received_by) == ("Sampleford High (test)", "Duty desk (test)")
    assert (joint.sent_seq, joint.received_seq, joint.agrees) == (1, 1, True)


def test_the_school_sees_the_same_joint_from_its_side(desk: Desk, people: People) -> None:
    auditor = people.actor(desk.lead.organisation_id, Role.AUDITOR)

    (joint,) = follow(desk, desk.acknowledged(), auditor).joints
    assert (joint.received_by, joint.agrees) == ("Duty desk (test)", True)


def test_what_was_sent_and_never_received_is_said(desk: Desk, people: People) -> None:
    referral = desk.arrive()
    auditor = people.actor(desk.lead.organisation_id, Role.AUDITOR)
    without_its_guards(desk, "DELETE FROM audit_entry WHERE event = 'referral.received'")

    (joint,) = follow(desk, referral, auditor).joints
    assert (joint.received_seq, joint.agrees) == (None, False)


def test_a_joint_whose_other_half_was_altered_does_not_agree(desk: Desk) -> None:
    referral = desk.arrive()
    without_its_guards(desk, "UPDATE audit_entry SET detail = '{}' WHERE event = 'referral.sent'")

    (joint,) = follow(desk, referral).joints
    assert not joint.agrees


def test_a_reference_that_never_passed_here_is_nothing(desk: Desk) -> None:
    with pytest.raises(NotFound), desk.place.opening() as services:
        services.trail.follow(desk.manager, "R-2222-2222")


def test_an_untouched_chain_is_whole_and_that_is_recorded(desk: Desk) -> None:
    desk.acknowledged()
    with desk.place.reading() as services:
        checked = services.trail.check(desk.manager)
    with desk.place.opening() as services:
        services.trail.record_check(desk.manager, checked)

    assert (checked.whole, checked.entries) == (True, 3)
    assert look(desk).happened[0].said == {"entries": 3, "whole": True}


def test_a_changed_entry_is_named(desk: Desk) -> None:
    desk.acknowledged()
    without_its_guards(
        desk, "UPDATE audit_entry SET event = 'referral.closed' WHERE event = 'referral.taken'"
    )

    with desk.place.reading() as services:
        fault = services.trail.check(desk.manager).fault
        assert fault is not None
        assert (fault.seq, fault.kind) == (2, ChainFault.ALTERED)
        assert services.trail.name_of(fault.organisation_id) == "Duty desk (test)"


def test_the_people_to_choose_from_are_ones_own(desk: Desk) -> None:
    with desk.place.opening() as services:
        names = services.trail.people(desk.manager)

    assert list(names.values()) == ["Jo Marsh", "Rae Whitlock", "Sam Reed"]


def test_nothing_said_of_a_child_is_in_any_entry(desk: Desk) -> None:
    desk.decided()

    with desk.place.reading() as services:
        rows = services.unit.session.scalars(select(AuditEntry)).all()
    everything = " ".join(f"{row.event} {row.detail} {row.reference}" for row in rows)
    for word in ("Maya", "Ellison", "silver", "social worker", "gifts", "assessment"):
        assert word not in everything


def without_its_guards(desk: Desk, statement: str) -> None:
    """Do what somebody with the run of the database could do, and the program itself cannot."""
    lift = (
        ("DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete")
        if desk.place.database.is_sqlite
        else ("DROP TRIGGER audit_entry_only_added_to ON audit_entry",)
    )
    with desk.place.writing() as services:
        for each in (*lift, statement):
            services.unit.session.execute(text(each))

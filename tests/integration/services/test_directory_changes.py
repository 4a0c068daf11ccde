"""One proposes, another approves: what comes into force, for whom it is refused, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.db import Database
from intake.errors import NotFound, NotPermitted, Refused
from intake.models.audit import AuditEntry
from intake.routing.directory_folder import directory_of, read_texts
from intake.services.directory_check import check
from intake.services.directory_loading import Loaded
from intake.services.shelf import Shelf
from intake.services.shipped_directory import bring_files, load_shipped
from intake.services.workplace import Services, Workplace
from intake.vocabulary import ProposalOrigin, ProposalState, Role
from tests.factories.directory import HALTON, Changes
from tests.factories.people import People
from tests.support.place import TestPlace


def events(services: Services) -> list[str]:
    names = services.unit.session.scalars(select(AuditEntry.event).order_by(AuditEntry.at))
    return [name for name in names if name.startswith("directory.")]


def other_process(place: TestPlace) -> Workplace:
    """Return the same database as another process has it, which has read no version but the shipped one."""
    return Workplace(place.database, replace(place.tools, shelf=Shelf(place.tools.shelf.shipped)))


def newer_shipped(place: TestPlace, was: str, becomes: str) -> Workplace:
    """Return the same database under a newer program, which ships Halton's file with other words."""
    texts = read_texts()
    texts[HALTON] = texts[HALTON].replace(was, becomes)
    return Workplace(place.database, replace(place.tools, shelf=Shelf(directory_of(texts))))


def take_newer(place: Workplace, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str) -> Loaded:
    texts = read_texts()
    texts[HALTON] = texts[HALTON].replace(was, becomes)
    monkeypatch.setattr("intake.services.shipped_directory.read_texts", lambda: texts)
    return load_shipped(place)


def test_set_up_takes_the_shipped_directory_once_with_its_check(changes: Changes) -> None:
    assert load_shipped(changes.place) is Loaded.KNOWN
    with changes.place.reading() as services:
        assert services.directory is changes.place.tools.shelf.shipped
        found = services.directory_checks.of(services.directory.version)
    assert found == check(changes.place.tools.shelf.shipped, changes.place.clock.now())


def test_a_change_is_in_force_for_every_process_as_soon_as_it_is_approved(changes: Changes) -> None:
    elsewhere, before = other_process(changes.place), changes.in_force()
    with elsewhere.reading() as services:
        assert services.directory.version == before
    proposal_id = changes.propose(changes.with_number())
    assert changes.in_force() == before
    changes.approve(proposal_id)
    with elsewhere.reading() as services:
        assert services.directory.services["halton-icart"].phones[0].number == "0151 496 0000"
        assert services.directory_versions.directory(before).version == before
        found = services.directory_checks.of(services.directory.version)
        assert found is not None
        assert found.covered
        assert sorted(events(services)) == [
            "directory.approved",
            "directory.loaded",
            "directory.loaded",
            "directory.proposed",
        ]
    assert elsewhere.tools.shelf.latest.version == changes.in_force()


def test_nobody_approves_their_own_change_whichever_organisation_they_are_in(
    changes: Changes, people: People
) -> None:
    proposal_id = changes.propose(changes.with_number())
    assert not changes.preview(proposal_id, changes.proposer).may_approve
    with pytest.raises(NotFound):
        changes.approve(proposal_id, changes.proposer)
    lead = people.actor(changes.proposer.organisation_id, Role.SAFEGUARDING_LEAD)
    with pytest.raises(NotPermitted):
        changes.preview(proposal_id, lead)
    assert changes.preview(proposal_id).may_approve


def test_a_change_is_decided_on_once(changes: Changes) -> None:
    proposal_id = changes.propose(changes.with_number())
    with changes.place.writing() as services:
        services.directory_changes.refuse(changes.approver, proposal_id, "They have not moved.")
    shown = changes.preview(proposal_id)
    assert (shown.proposed.card.state, shown.proposed.card.answer) == (
        ProposalState.REFUSED,
        "They have not moved.",
    )
    with pytest.raises(Refused, match=r"directory\.already_decided"):
        changes.approve(proposal_id)
    with (
        pytest.raises(Refused, match=r"directory\.already_decided"),
        changes.place.writing() as services,
    ):
        services.directory_changes.refuse(changes.approver, proposal_id, "Again.")


def test_whoever_proposed_a_change_may_withdraw_it(changes: Changes) -> None:
    proposal_id = changes.propose(changes.with_number())
    with changes.place.writing() as services:
        services.directory_changes.refuse(changes.proposer, proposal_id, "I misheard.")
    assert changes.preview(proposal_id).proposed.card.state is ProposalState.WITHDRAWN


def test_a_change_that_changes_nothing_is_not_proposed(changes: Changes) -> None:
    with pytest.raises(Refused, match=r"directory\.nothing_changed"):
        changes.propose(changes.texts())


def test_a_change_made_from_an_older_version_is_put_upon_the_newer_one(changes: Changes) -> None:
    number = changes.propose(changes.with_number())
    checked = changes.propose(changes.with_check(), by=changes.approver)
    changes.approve(number)
    assert changes.preview(checked, changes.proposer).moved_on
    changes.approve(checked, changes.proposer)
    text = changes.texts()[HALTON]
    assert "0151 496 0000" in text
    assert 'checked_by = "Test team"' in text


def test_changes_to_the_same_lines_clash_and_both_are_kept(changes: Changes) -> None:
    first = changes.propose(changes.with_number())
    second = changes.propose(changes.with_number("0151 496 0999"))
    changes.approve(first)
    shown = changes.preview(second)
    assert (shown.put.clashing, shown.version, shown.found) == ((HALTON,), "", None)
    with pytest.raises(Refused, match=r"directory\.clashes"):
        changes.approve(second)
    with changes.place.reading() as services:
        assert "0151 496 0999" in services.directory_versions.texts(shown.proposed.card.version)[HALTON]


def test_two_changes_that_cannot_stand_together_are_said_not_to_be_readable(changes: Changes) -> None:
    texts = changes.texts()
    copied = {**texts, "copy.toml": texts[HALTON].replace("E06000006", "E06000099").replace("halton-", "hh-")}
    other = {**texts, "again.toml": copied["copy.toml"]}
    changes.approve(changes.propose(copied))
    shown = changes.preview(changes.propose(other, base=changes.place.tools.shelf.shipped.version))
    assert shown.put.directory is None
    assert "has another file already" in shown.put.fault


def test_what_was_shown_is_what_is_approved(changes: Changes) -> None:
    proposal_id = changes.propose(changes.with_number())
    found = check(changes.place.tools.shelf.shipped, changes.place.clock.now())
    with (
        pytest.raises(Refused, match=r"directory\.changed_meanwhile"),
        changes.place.writing() as services,
    ):
        services.directory_changes.approve(
            changes.approver, proposal_id, shown="another", found=found, answer=""
        )


def test_a_change_already_made_by_another_is_not_approved_again(changes: Changes) -> None:
    same = [changes.propose(changes.with_number()) for _ in range(2)]
    changes.approve(same[0])
    with pytest.raises(Refused, match=r"directory\.nothing_changed"):
        changes.approve(same[1])


def test_a_gap_keeps_a_change_from_being_approved_until_it_is_accepted_in_writing(changes: Changes) -> None:
    texts = changes.texts()
    text = texts[HALTON].replace('whenever_closed = "halton-icart"', 'notation = "Mo-Fr 18:00-24:00"')
    proposal_id = changes.propose({**texts, HALTON: text})
    found = changes.preview(proposal_id).found
    assert found is not None
    assert [one.code for one in found.authorities if one.gaps] == ["E06000006"]
    with pytest.raises(Refused, match=r"directory\.gap"):
        changes.approve(proposal_id)
    accepted = text.replace(
        "[[service]]",
        "[[authority.accepted_gap]]\nbegins = 2026-01-01T00:00:00\nends = 2029-01-01T00:00:00\n"
        'reason = "The police stand in."\naccepted_by = "Test team"\naccepted_on = 2026-11-23\n\n[[service]]',
        1,
    )
    proposal_id = changes.propose({**texts, HALTON: accepted})
    # What its author accepts stands by itself on the page of whoever approves it.
    ((council, gap),) = changes.preview(proposal_id).newly_accepted
    assert (council.name, gap.reason) == ("Halton", "The police stand in.")
    changes.approve(proposal_id)
    with changes.place.reading() as services:
        kept = services.directory_checks.of(services.directory.version)
    assert kept is not None
    assert "The police stand in." in next(one for one in kept.authorities if one.code == "E06000006").accepted


def test_a_council_that_would_be_gone_keeps_a_change_from_being_approved(changes: Changes) -> None:
    texts = changes.texts()
    proposal_id = changes.propose({**texts, HALTON: "# gone\n"})
    with pytest.raises(Refused, match=r"directory\.council_gone"):
        changes.approve(proposal_id)


def test_an_account_made_after_a_change_was_proposed_does_not_approve_it(
    changes: Changes, people: People
) -> None:
    proposal_id = changes.propose(changes.with_number())
    changes.place.clock.instant += timedelta(minutes=1)
    newcomer = people.actor(changes.proposer.organisation_id, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match=r"directory\.newcomer"):
        changes.approve(proposal_id, newcomer)
    changes.approve(proposal_id)


def test_a_newer_shipped_directory_is_taken_where_nobody_changed_anything(
    changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = newer_shipped(changes.place, "Halton iCART", "Halton front door")
    assert take_newer(newer, monkeypatch, "Halton iCART", "Halton front door") is Loaded.TAKEN
    assert changes.in_force() == newer.tools.shelf.shipped.version


def test_a_newer_shipped_directory_is_offered_beside_what_administrators_approved(
    changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes.approve(changes.propose(changes.with_number()))
    approved = changes.in_force()
    was = 'name = "Halton iCART"'
    desk, door = 'name = "Halton desk"', 'name = "Halton front door"'
    assert take_newer(newer_shipped(changes.place, was, desk), monkeypatch, was, desk) is Loaded.OFFERED
    newer = newer_shipped(changes.place, was, door)
    assert take_newer(newer, monkeypatch, was, door) is Loaded.OFFERED
    assert changes.in_force() == approved
    with changes.place.reading() as services:
        (waiting,) = services.directory_changes.listed(changes.approver, waiting=True)
        decided = services.directory_changes.listed(changes.approver, waiting=False)
    assert waiting.card.origin is ProposalOrigin.SHIPPED
    assert ProposalState.OVERTAKEN in {each.card.state for each in decided}
    changes.approve(waiting.card.id)
    text = changes.texts()[HALTON]
    assert "Halton front door" in text
    assert "0151 496 0000" in text
    later = newer_shipped(changes.place, 'name = "Halton iCART"', 'name = "Halton later"')
    assert take_newer(later, monkeypatch, 'name = "Halton iCART"', 'name = "Halton later"') is Loaded.OFFERED
    with changes.place.reading() as services:
        (last,) = services.directory_changes.listed(changes.approver, waiting=True)
    assert last.card.base_version == newer.tools.shelf.shipped.version


def test_an_operators_files_wait_for_an_administrator(changes: Changes) -> None:
    text = changes.with_number()[HALTON]
    found = bring_files(changes.place, {HALTON: text}, "From the council's list")
    with changes.place.reading() as services:
        (waiting,) = services.directory_changes.listed(changes.approver, waiting=True)
    assert (waiting.card.origin, waiting.card.version, waiting.by) == (
        ProposalOrigin.OPERATOR,
        found.version,
        "",
    )
    changes.approve(waiting.card.id)
    assert changes.in_force() == found.version
    with pytest.raises(Refused):
        bring_files(changes.place, {HALTON: text}, "The same again")


def test_the_history_tells_every_version_and_what_it_changed(changes: Changes) -> None:
    changes.approve(changes.propose(changes.with_number()))
    with changes.place.reading() as services:
        newest, first = services.directory_history.listed(changes.approver)
        opened = services.directory_history.open(changes.approver, newest.card.seq)
        begun = services.directory_history.open(changes.approver, first.card.seq)
        with pytest.raises(NotFound):
            services.directory_history.open(changes.approver, 99)
    assert newest.proposed is not None
    assert newest.proposed.by.startswith("Person")
    assert (first.proposed, begun.lines) == (None, ())
    assert any('number = "0151 496 0000"' in each.put_in for each in opened.lines)


def test_which_directory_is_in_force_is_one_read_of_one_row(changes: Changes, database: Database) -> None:
    plan = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    statement = f"{plan} SELECT version FROM directory_in_force ORDER BY seq DESC LIMIT 1"  # noqa: S608 - no input
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        told = str(connection.exec_driver_sql(statement).all())
    assert "SORT" not in told.upper()

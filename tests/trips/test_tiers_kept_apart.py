"""Two tiers upon one PostgreSQL, each under its own role: what goes through both, and what neither gets."""

import json
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from intake.audit.chain import installation_chain
from intake.audit.log import JOINT
from intake.casework.documents.referral import ReferralAsSent
from intake.crypto.inventory import REFERRAL_DOCUMENT
from intake.crypto.pairs import KeyPair
from intake.db import Database
from intake.errors import CannotOpen, NotFound
from intake.ids import new_id
from intake.mail.console import ConsoleMailer
from intake.models import METADATA
from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.models.organisation import Organisation
from intake.models.outbox import OutboxMail
from intake.models.person import Person
from intake.models.referral import Referral, ReferralSent
from intake.services import database_roles as roles
from intake.services.checkpoints import Checkpoints
from intake.services.grants import Grants
from intake.services.holders import Holders, kept_pair
from intake.services.housekeeping import Housekeeping
from intake.services.postman import Postman
from intake.services.trail import JointShown
from intake.services.workplace import Workplace
from intake.vocabulary import Compartment, MailKind, OrganisationKind, Role, Tier
from tests.factories.people import People
from tests.support import walk_school
from tests.support.client import Answer, Visitor
from tests.support.postgres import PostgresServer
from tests.support.prying import Pried, pry
from tests.support.split import Split, split_upon
from tests.support.whole_walk import Walked, walk_whole

pytestmark = pytest.mark.unmeasured

#: What a school's tier writes for a hub's chain in the walk, and may read there: nothing that a hub did.
_WRITTEN_FOR_HUBS = {
    *("breach.told", "grant.ended", "referral.received", "referral.received_for_information")
}
_INSUFFICIENT_PRIVILEGE = "42501"
#: What says nothing about the child and differs from one referral to the next.
_VARYING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[CR]-[0-9A-Z]{4}-[0-9A-Z]{4}\b|"
    r"(?<=name=\"csrf_token\" value=\")[^\"]+|(?<=name=\"once_key\" value=\")[^\"]+|nonce=\"[^\"]+\""
)


@dataclass(frozen=True, slots=True)
class Both:
    """Both tiers after the whole walk, and the database as its owner has it."""

    split: Split
    walked: Walked
    owner: Database
    schools: frozenset[UUID]
    hubs: frozenset[UUID]


@pytest.fixture(scope="module")
def both(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Both]:
    """The whole walk, each half of it under its own tier's key ring and database role."""
    name = postgres_server.new_database(postgres_template)
    url = postgres_server.url(name)
    with closing(Database(url)) as owner:
        for _ in range(2):
            with owner.writing() as unit:
                roles.apply(unit.session)
        with split_upon(lambda tier: Database(url.replace("postgres@", f"{roles.ROLES[tier]}@"))) as split:
            walked = walk_whole(split.walk, carry_mail=split.take_in, erasing=False)
            split.take_in()
            schools, hubs = (frozenset(_of_kind(owner, kind)) for kind in OrganisationKind)
            yield Both(split, walked, owner, schools, hubs)
    postgres_server.drop_database(name)


def _of_kind(owner: Database, kind: OrganisationKind) -> Iterator[UUID]:
    with owner.reading() as unit:
        yield from unit.session.scalars(select(Organisation.id).where(Organisation.kind == kind))


def test_words_of_each_side_are_read_on_the_pages_of_the_other(both: Both) -> None:
    say = both.split.walk.say
    in_hub = both.walked.people["worker"].get(both.walked.hub_page).text
    in_school = both.walked.people["lead"].get(both.walked.referral).text
    assert say("referral.why_now") in in_hub
    assert say("answer.text") in in_hub
    assert say("decision.to_school") in in_school
    assert say("message.text") in in_school
    assert say("note.text") not in in_school


@pytest.mark.parametrize("tier", [Tier.SCHOOL, Tier.HUB])
def test_each_tier_proves_its_own_chains(both: Both, tier: Tier) -> None:
    theirs = both.schools if tier is Tier.SCHOOL else both.hubs
    found = both.split.chains(tier)
    assert {each.organisation_id for each in found} == theirs | {installation_chain(tier)}
    assert [each for each in found if not each.whole] == []
    assert both.split.records_wrong(tier) == []


def test_what_was_received_carries_the_mac_of_what_was_sent(both: Both) -> None:
    with both.owner.reading() as unit:
        entries = unit.session.scalars(select(AuditEntry)).all()
        macs = {(each.organisation_id, each.seq): (each.event, each.mac) for each in entries}
        received = [each for each in entries if each.event == "referral.received"]
        crossed = [each for each in received if UUID(json.loads(each.detail)[JOINT]["chain"]) in both.schools]
        assert len(crossed) >= 2
        for each in crossed:
            joint = json.loads(each.detail)[JOINT]
            event, mac = macs[UUID(joint["chain"]), joint["seq"]]
            assert (event, mac.hex()) == ("referral.sent", joint["mac"])


def test_everything_that_crossed_was_taken_in_and_the_school_wrote_its_own_mail(both: Both) -> None:
    crossing, taken = METADATA.tables["crossing"], METADATA.tables["crossing_taken"]
    with both.owner.reading() as unit:
        assert unit.session.scalars(select(crossing.c.to_id).distinct()).all() != []
        left = select(crossing.c.id).where(crossing.c.id.not_in(select(taken.c.crossing_id)))
        assert unit.session.scalars(left).all() == []
        news = select(OutboxMail.organisation_id).where(OutboxMail.kind == MailKind.REFERRAL_UPDATED)
        assert set(unit.session.scalars(news)) == both.schools


@pytest.mark.parametrize("tier", [Tier.SCHOOL, Tier.HUB])
def test_each_side_sees_where_its_trail_meets_the_others(both: Both, tier: Tier) -> None:
    place, organisations = (
        (both.split.school, both.schools) if tier is Tier.SCHOOL else (both.split.hub, both.hubs)
    )
    auditors = [People(place).actor(each, Role.AUDITOR) for each in organisations]
    with both.owner.reading() as unit:
        references = unit.session.scalars(select(Referral.reference)).all()
    joints: list[JointShown] = []
    for auditor in auditors:
        for reference in references:
            with place.opening() as services, suppress(NotFound):
                joints += services.trail.follow(auditor, reference).joints
    assert len(joints) >= 2
    assert [each for each in joints if not each.agrees] == []


def test_who_opened_what_at_the_wrong_hub_is_asked_of_that_hub(both: Both) -> None:
    lead = both.walked.people["lead"]
    pages = {path for path in lead.get("/breaches").shown.links.values() if path.startswith("/breaches/")}
    assert len(pages) >= 2
    for page in pages:
        text = lead.get(page).text
        assert "It is not kept here: ask them for it." in text
        assert "Nobody there opened anything" not in text


def of_the_hubs(both: Both, pried: Pried, session: Session) -> bool:
    """Whether no school holds a document: what a hub writes for itself, or about its own people."""
    held_by = select(KeyGrant.organisation_id).where(
        KeyGrant.case_id == pried.case_id, KeyGrant.compartment == pried.compartment
    )
    return not set(session.scalars(held_by)) & both.schools


def opened_wrongly(both: Both, session: Session, tier: Tier) -> list[Pried]:
    """Return what a tier's ring opens by a grant of the other's, or of a part that is the other's own."""
    ours = both.schools if tier is Tier.SCHOOL else both.hubs
    never = {Compartment.HUB} if tier is Tier.SCHOOL else {Compartment.SCHOOL}
    found = pry(session, (both.split.school if tier is Tier.SCHOOL else both.split.hub).tools.key_ring)
    return [each for each in found if each.opened_by - ours or (each.compartment in never and each.opened_by)]


def test_with_the_whole_database_a_schools_key_ring_opens_nothing_that_is_a_hubs(both: Both) -> None:
    with both.owner.reading() as unit:
        found = pry(unit.session, both.split.school.tools.key_ring)
        tried = [each for each in found if of_the_hubs(both, each, unit.session)]
        assert opened_wrongly(both, unit.session, Tier.SCHOOL) == []
        assert opened_wrongly(both, unit.session, Tier.HUB) == []
    assert [each for each in tried if each.opened_by] == []
    assert {each.compartment for each in tried} >= {
        Compartment.HUB,
        Compartment.RESTRICTED,
        Compartment.PEOPLE,
    }
    # What it may open it opens: else the trying would prove nothing.
    opened = {each.compartment for each in found if each.opened_by}
    assert opened >= {Compartment.SCHOOL, Compartment.REFERRAL, Compartment.IDENTITY, Compartment.RELEASE}


class Undone(Exception):
    """What was tried is not kept."""


def test_a_grant_of_a_hubs_notes_to_the_school_would_be_noticed(both: Both) -> None:
    referral_id = UUID(both.walked.referral.rpartition("/")[2])
    (school,) = both.schools
    with pytest.raises(Undone), Workplace(both.owner, both.split.hub.tools).writing() as services:
        session = services.unit.session
        hub = session.get_one(Referral, referral_id).hub_id
        assert hub is not None
        services.keys.share(referral_id, Compartment.HUB, by=hub, with_organisation=school)
        session.flush()
        wrong = opened_wrongly(both, session, Tier.SCHOOL)
        assert {each.column for each in wrong} >= {"case_note.note_sealed", "triage_decision.reason_sealed"}
        assert {each.case_id for each in wrong} == {referral_id}
        raise Undone


def test_a_pair_of_a_hubs_opens_in_no_other_tier(both: Both) -> None:
    with both.owner.reading() as unit:
        for row in unit.session.scalars(select(OrganisationKey)):
            kept = kept_pair(row)
            assert kept is not None
            other = both.split.hub if row.organisation_id in both.schools else both.split.school
            with pytest.raises(CannotOpen):
                other.tools.key_ring.open_pair(kept)


def test_one_school_holds_no_key_to_what_another_sent(both: Both) -> None:
    other = People(both.split.school).school(name="Another school (test)")
    (school,) = both.schools
    with both.split.school.reading() as services:
        sent = services.unit.session.scalars(select(ReferralSent)).all()
        assert len(sent) >= 2
        for row in sent:
            place = REFERRAL_DOCUMENT.place(row_id=row.referral_id, case_id=row.referral_id)
            open_by = partial(services.keys.unseal_on_record, ReferralAsSent, row.document_sealed, place)
            assert open_by(holder=school).school_name == "The school (test)"
            with pytest.raises(CannotOpen):
                open_by(holder=other)


@pytest.mark.parametrize("tier", [Tier.SCHOOL, Tier.HUB])
def test_the_rounds_of_each_tier_go_under_its_role(both: Both, tier: Tier) -> None:
    place = both.split.school if tier is Tier.SCHOOL else both.split.hub
    letters: list[str] = []
    Housekeeping(place).round()
    Postman(place, ConsoleMailer(letters.append)).round()
    signed = Checkpoints(place).round() if tier is Tier.SCHOOL else Checkpoints(place).sign()
    assert bool(signed) is (tier is Tier.HUB)
    with place.reading() as services:
        report = services.health.look().report()
    assert report["tier"] == tier.value
    assert report["key_ring_belongs"] is True
    assert report["chains_broken"] == 0
    assert {"for your account" in one for one in letters if "how you sign" not in one} == {tier is Tier.HUB}


@pytest.mark.parametrize("said", ["hub_id", "pair"])
def test_a_header_or_a_pair_put_in_its_place_gets_no_key_of_a_hubs(both: Both, said: str) -> None:
    """A taken-over school's tier may write that a school has a referral, or a pair of its own for a hub."""
    referral_id = UUID(both.walked.referral.rpartition("/")[2])
    (school,) = both.schools
    with pytest.raises(Undone), Workplace(both.owner, both.split.hub.tools).writing() as services:
        session = services.unit.session
        referral = session.get_one(Referral, referral_id)
        hub = referral.hub_id
        assert hub is not None
        if said == "hub_id":
            referral.hub_id = school
            Grants(services.audit, services.keys).ended_afar(referral, hub)
            assert Compartment.HUB not in services.keys.held(referral_id, school)
        else:
            taken_over = both.split.school.tools.key_ring
            Holders(services.unit, services.tools.clock, taken_over).add(KeyPair.new(hub, version=99))
            with pytest.raises(CannotOpen):
                services.holders.public_keys({hub})
        raise Undone


def refused(both: Both, tier: Tier, statement: str) -> bool:
    """Whether the database refuses a statement to a tier's role."""
    place = both.split.school if tier is Tier.SCHOOL else both.split.hub
    with place.database.engine.connect() as connection:
        try:
            connection.exec_driver_sql(statement)
        except ProgrammingError as trouble:
            return getattr(trouble.orig, "sqlstate", "") == _INSUFFICIENT_PRIVILEGE
        finally:
            connection.rollback()
    return False


@pytest.mark.parametrize("tier", [Tier.SCHOOL, Tier.HUB])
def test_the_tables_of_the_other_tier_are_closed(both: Both, tier: Tier) -> None:
    other = {Tier.SCHOOL: "hub", Tier.HUB: "school"}[tier]
    closed = [table.name for table in METADATA.sorted_tables if table.info["tier"] == other]
    assert len(closed) >= 4
    for table in closed:
        assert refused(both, tier, f"SELECT count(*) FROM {table}"), table  # noqa: S608 - names of our own
        assert refused(both, tier, f"INSERT INTO {table} DEFAULT VALUES"), table


@pytest.mark.parametrize("tier", [Tier.SCHOOL, Tier.HUB])
def test_what_is_only_added_to_is_changed_by_nobody(both: Both, tier: Tier) -> None:
    for table in roles.tables_of(tier):
        if table.name in roles.ONLY_ADDED_TO:
            key = table.primary_key.columns[0].name
            assert refused(both, tier, f"UPDATE {table.name} SET {key} = {key}"), table.name  # noqa: S608
            assert refused(both, tier, f"DELETE FROM {table.name}"), table.name  # noqa: S608
        assert refused(both, tier, f"TRUNCATE {table.name} CASCADE"), table.name
    assert not refused(both, tier, "SELECT count(*) FROM audit_entry")


def test_what_is_only_added_to_is_what_the_database_itself_says(both: Both) -> None:
    columns = """
        SELECT tgrelid::regclass::text, array(
            SELECT attname::text FROM pg_attribute WHERE attrelid = tgrelid AND attnum > 0
            AND tgattr::text <> '' AND NOT attnum = ANY(string_to_array(tgattr::text, ' ')::int[])
        ) FROM pg_trigger WHERE NOT tgisinternal
    """
    with both.owner.engine.connect() as connection:
        found = {table: set(may) for table, may in connection.exec_driver_sql(columns)}
    assert found.keys() == roles.ONLY_ADDED_TO.keys()
    for table, may in roles.ONLY_ADDED_TO.items():
        assert set(may) <= found[table], table


def test_of_shared_tables_a_schools_role_sees_nothing_that_is_a_hubs(both: Both) -> None:
    ids = ", ".join(f"'{each}'" for each in both.hubs)
    with both.owner.engine.connect() as owner, both.split.school.database.engine.connect() as school:
        for limit in roles.limits(Tier.SCHOOL):
            if limit.reads == limit.writes and "organisation_id" in METADATA.tables[limit.table].columns:
                theirs = f"SELECT count(*) FROM {limit.table} WHERE organisation_id IN ({ids})"  # noqa: S608
                assert school.exec_driver_sql(theirs).scalar_one() == 0, limit.table
        for table in ("sign_in_session", "outbox_mail", "search", "restriction"):
            theirs = f"SELECT count(*) FROM {table} WHERE organisation_id IN ({ids})"  # noqa: S608
            assert school.exec_driver_sql(theirs).scalar_one() == 0, table
        of_hubs = f"SELECT DISTINCT event FROM audit_entry WHERE organisation_id IN ({ids})"  # noqa: S608
        assert set(school.exec_driver_sql(of_hubs).scalars()) == _WRITTEN_FOR_HUBS
        assert len(set(owner.exec_driver_sql(of_hubs).scalars())) > 2 * len(_WRITTEN_FOR_HUBS)
        everybody = "SELECT count(*) FROM audit_entry"
        assert owner.exec_driver_sql(everybody).scalar_one() > school.exec_driver_sql(everybody).scalar_one()
        open_accounts = (
            "SELECT count(*) FROM person JOIN organisation ON organisation.id = person.organisation_id "
            "WHERE kind = 'hub' AND disabled_at IS NULL"
        )
        assert owner.exec_driver_sql(open_accounts).scalar_one() > 0
        assert school.exec_driver_sql(open_accounts).scalar_one() == 0


def test_a_schools_role_does_nothing_in_a_hubs_name(both: Both) -> None:
    hub, school = next(iter(both.hubs)), next(iter(both.schools))
    with both.owner.reading() as unit:
        of_hub = select(Person.id).where(Person.organisation_id == hub).limit(1)
        person = unit.session.scalars(of_hub).one()
    made, now = f"'{new_id()}'", "'2026-11-23 10:00Z'"
    for into, values in {
        "sign_in_session (id, token_hash, person_id, organisation_id, began_at, seen_at)": (
            f"{made}, 'x', '{person}', '{hub}', {now}, {now}"
        ),
        "membership (id, person_id, organisation_id, role, ladder, from_at)": (
            f"{made}, '{person}', '{hub}', 'duty_worker', 0, {now}"
        ),
        "organisation (id, kind, name, authority_code, made_at)": f"{made}, 'hub', 'x', 'x', {now}",
        "audit_head (organisation_id, seq, mac, seal)": f"'{hub}', 1, 'x', 'x'",
        "crossing (id, to_id, from_id, from_seq, event, subject_kind, detail, sent_at)": (
            f"{made}, '{school}', '{hub}', 1, 'x', 'referral', '{{}}', {now}"
        ),
        "crossing_taken (crossing_id, organisation_id, seq, mac, taken_at)": (
            f"{made}, '{hub}', 1, 'x', {now}"
        ),
    }.items():
        statement = f"INSERT INTO {into} VALUES ({values})"  # noqa: S608 - names and values of our own
        assert refused(both, Tier.SCHOOL, statement), statement


def seen(page: Answer) -> str:
    return _VARYING.sub("...", page.shown.html)


def refer(both: Both) -> list[str]:
    """Record and send a referral; gives every page of it that the lead is shown, and its own address."""
    walk, people = both.split.walk, both.walked.people
    concern = walk_school.record(walk, people["teacher"], "the same child")
    people["lead"].get(concern)
    referral = walk_school.refer(walk, people["lead"], concern)
    return [*(seen(people["lead"].get(path)) for path in (f"{referral}/call", referral)), referral]


def test_a_school_is_not_told_whether_a_child_is_known_to_the_hub(both: Both) -> None:
    *first, _ = refer(both)
    *again, referral = refer(both)
    known = referral.replace("/referrals/", "/queue/") + "/known"
    # The hub knows: what was sent first is found when the same child is sent again.
    assert "These may be about the same child." in both.walked.people["worker"].get(known).text
    assert again == first
    lead: Visitor = both.walked.people["lead"]
    nowhere = seen(lead.get(f"/queue/{new_id()}/nowhere", status=404))
    for path in (known, "/queue", known.removesuffix("/known"), f"/queue/{new_id()}/known"):
        assert seen(lead.get(path, status=404)) == nowhere

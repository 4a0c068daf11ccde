"""What each tier may do in the database, as PostgreSQL's own roles: one table, from what the models say.

A table of the other tier is not there for a role. Of a shared table in which rows belong to somebody a role
has only those of its own tier's organisations and people. What is only added to is never changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from intake.audit.chain import installation_chain
from intake.models import METADATA
from intake.vocabulary import Tier

#: Owns the tables: sets up, backs up, restores, and makes keys anew. No process that serves is it.
MIGRATOR = "pass_it_on_migrator"
ROLES: Mapping[Tier, str] = {Tier.SCHOOL: "pass_it_on_school", Tier.HUB: "pass_it_on_hub"}

#: What is only added to, and the columns that say what became of it; a test holds it to the database's own.
ONLY_ADDED_TO: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("audit_batch", "audit_checkpoint", "audit_entry", "audit_stretch", "breach_entry", "case_note"),
            *("concern_addition", "crossing", "crossing_taken", "directory_check", "directory_in_force"),
            *(
                "directory_snapshot",
                "earlier_card",
                "erased_case",
                "erasure",
                "meeting_change",
                "minute",
                "plan_action",
                "referral_call",
            ),
            *("referral_closing", "referral_sent", "routing_record", "triage_colour", "triage_decision"),
        ),
        (),
    ),
    "breach": ("report_by_at", "state", "version"),
    "decoy_mark": ("ended_by", "ended_at"),
    "directory_proposal": ("state", "decided_by", "decided_at", "answer"),
    "passing": ("state", "answered_by", "answered_at", "told_at", "answer_sealed"),
    "referral_message": ("first_read_at",),
    "release": ("first_read_at",),
    "shift_code": ("used_at", "ended_by", "ended_at", "reviewed_by", "reviewed_at", "review_sealed"),
}
#: What a process that serves removes: what ran out, was used, or was taken back by whose it was.
REMOVED_FROM = frozenset(
    {
        *(
            "colour_limit",
            "duty_shift",
            "form_draft",
            "key_grant",
            "known_device",
            "linked_identity",
            "once_key",
            "passkey",
        ),
        *("recovery_code", "restricted_case", "search", "spent_challenge", "throttle"),
        *("identifier_token", "identifier_index"),
    }
)
#: Whose rows stand for both tiers, though they name an organisation or a person: whoever is named in a
#: referral is kept out of it on both sides.
_OF_BOTH = frozenset({"exclusion"})
#: Whose rows belong to a tier, and are read by both: keys and their public halves, and who works where.
_READ_BY_BOTH = frozenset(
    {"crossing", "crossing_taken", "key_grant", "membership", "organisation", "organisation_key"}
)
#: What a tier may do with the other's rows all the same: it gives them keys, and lets go of one that ended,
#: to give it anew or with the last key to a case. One that stands it neither changes nor ends.
_ALSO_WRITTEN: Mapping[str, Mapping[str, str]] = {
    "key_grant": {"INSERT": "WITH CHECK (true)", "DELETE": "USING (ended_at IS NOT NULL)"}
}
#: Where what happened to the installation has a chain too.
_CHAINS = frozenset({"audit_entry", "audit_head", "crossing_taken"})
#: A school sees of a hub's chain what its own tier wrote for it: that something was received, or ended.
_ANSWERING = (
    "EXISTS (SELECT FROM crossing_taken WHERE crossing_taken.organisation_id = audit_entry.organisation_id "
    "AND crossing_taken.seq = audit_entry.seq)"
)
#: The one log of both tiers' entries is signed in the hubs', so that tier reads every chain.
_READ_BY_HUBS = frozenset({"audit_entry", "audit_head"})
#: Before they are made again, so that none is left of a table that is limited no more.
_FORGET_LIMITS = (
    "DO $$ DECLARE limit_ record; BEGIN "
    "FOR limit_ IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP "
    "EXECUTE format('DROP POLICY %I ON public.%I', limit_.policyname, limit_.tablename); END LOOP; END $$"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """Which rows of a table a role may read, and which it may write."""

    table: str
    reads: str
    writes: str


def tables_of(tier: Tier) -> tuple[Table, ...]:
    """Return the tables that are there for a tier."""
    return tuple(table for table in METADATA.sorted_tables if table.info["tier"] in {"shared", tier.value})


def rights(table: Table) -> tuple[str, ...]:
    """Return what a role may do to a table that is there for it."""
    may_change = ONLY_ADDED_TO.get(table.name)
    changing = ("UPDATE",) if may_change is None else (f"UPDATE ({', '.join(may_change)})",)
    return (
        *("SELECT", "INSERT"),
        *(() if may_change == () else changing),
        *(("DELETE",) if table.name in REMOVED_FROM else ()),
    )


def limits(tier: Tier) -> Iterator[Limit]:
    """Yield the rows to which a role is held, for every table in which rows belong to a tier."""
    for table in tables_of(tier):
        whose = _whose(table, tier)
        if whose is not None:
            yield Limit(table.name, _read(table, tier, whose), whose)


def statements() -> Iterator[str]:
    """Yield what makes the roles and their rights what they should be; done again, nothing changes."""
    for role in (MIGRATOR, *ROLES.values()):
        # Made by somebody else at this very moment, it is no duplicate yet: its name is only taken.
        there = "duplicate_object OR unique_violation"
        yield f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN {there} THEN NULL; END $$"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT ALL ON SCHEMA public TO {MIGRATOR}"
    for name in (*(table.name for table in METADATA.sorted_tables), "alembic_version"):
        yield f"ALTER TABLE {name} OWNER TO {MIGRATOR}"
    yield f"ALTER FUNCTION only_added_to() OWNER TO {MIGRATOR}"
    yield _FORGET_LIMITS
    for tier, role in ROLES.items():
        yield from _of_role(tier, role)
    for table in sorted({limit.table for tier in ROLES for limit in limits(tier)}):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"


def apply(session: Session) -> None:
    """Make roles and rights what they should be, all of it or nothing."""
    for statement in statements():
        session.execute(text(statement))


def _of_role(tier: Tier, role: str) -> Iterator[str]:
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT ON alembic_version TO {role}"
    for table in tables_of(tier):
        yield f"GRANT {', '.join(rights(table))} ON {table.name} TO {role}"
    for limit in limits(tier):
        of = f"ON {limit.table} FOR"
        yield f"CREATE POLICY {role}_reads {of} SELECT TO {role} USING ({limit.reads})"
        yield f"CREATE POLICY {role}_writes {of} ALL TO {role} USING ({limit.writes})"
        for act, which in _ALSO_WRITTEN.get(limit.table, {}).items():
            yield f"CREATE POLICY {role}_also_{act.lower()}s {of} {act} TO {role} {which}"


def _whose(table: Table, tier: Tier) -> str | None:
    """Return by what a row is known to belong to a tier; None where rows belong to nobody or to both."""
    if table.info["tier"] != "shared" or table.name in _OF_BOTH:
        return None
    if table.name == "organisation":
        return f"kind = '{tier.value}'"
    if table.name in _CHAINS:
        return f"{_through(table, 'organisation', tier)} OR organisation_id = '{installation_chain(tier)}'"
    if table.name == "crossing":
        # What waits for another crossing names no entry yet.
        return f"from_seq IS NULL OR {_through(table, 'organisation', tier, 'from_id')}"
    organisation = table.columns.get("organisation_id")
    if organisation is not None and not organisation.nullable:
        return _through(table, "organisation", tier)
    through = next((each for each in ("person", "restriction") if f"{each}_id" in table.columns), None)
    return None if through is None else _through(table, through, tier)


def _read(table: Table, tier: Tier, whose: str) -> str:
    """Return which rows of a table a role may read: its own, and what both must know."""
    if table.name in _READ_BY_BOTH or (tier is Tier.HUB and table.name in _READ_BY_HUBS):
        return "true"
    # A school asks whether anybody could receive a referral: of a hub's accounts it sees which are closed.
    more = {"person": "disabled_at IS NOT NULL", "audit_entry": _ANSWERING}.get(table.name)
    return whose if more is None else f"{whose} OR {more}"


def _through(table: Table, holder: str, tier: Tier, column: str = "") -> str:
    """Return that what a row belongs to is an organisation of the tier, or belongs to one."""
    also = (
        ""
        if holder == "organisation"
        else f"JOIN organisation ON organisation.id = {holder}.organisation_id "
    )
    return (
        f"EXISTS (SELECT FROM {holder} {also}"
        f"WHERE {holder}.id = {table.name}.{column or f'{holder}_id'} AND organisation.kind = '{tier.value}')"
    )

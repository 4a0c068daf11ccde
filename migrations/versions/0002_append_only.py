"""What was written stays written: the trail, minutes, notes, decisions and routing are only added to.

Old code runs on this schema: yes, it never changes or deletes these rows.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "audit_entry",
    "case_note",
    "concern_addition",
    "minute",
    "plan_action",
    "referral_call",
    "routing_record",
    "triage_colour",
    "triage_decision",
)


def upgrade() -> None:
    """Have the database itself refuse to change or delete these rows."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )


def downgrade() -> None:
    """Take the refusals away."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{act}")
        return
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_only_added_to ON {table}")
    op.execute("DROP FUNCTION only_added_to()")

"""Referrals passed on, and those sent to the wrong place. What was said of either stays as it was written.

Old code runs on this schema: yes, until a referral is handed over by telephone, a state it does not know.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: By table, the columns that stay as they were written; none named are all of them. What becomes of a passing
#: on, and how far a breach has come, is put down beside the rest.
TABLES = {
    "breach": ("id", "referral_id", "had_id", "answerable_id", "had_from_at", "found_by", "found_at"),
    "breach_entry": (),
    "passing": (
        "id",
        "referral_id",
        "routing_record_id",
        "from_id",
        "to_id",
        "to_service",
        "why",
        "passed_by",
        "passed_at",
        "words_sealed",
        "had_from_at",
        "acknowledged_at",
        "acknowledged_by",
    ),
}


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change what stands in them."""
    _make_passing()
    _make_breach()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, columns in TABLES.items():
        of = f" OF {', '.join(columns)}" if columns else ""
        if sqlite:
            for name, act in (("update", f"UPDATE{of}"), ("delete", "DELETE")):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE{of} OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
            )


def downgrade() -> None:
    """Take the refusals away, and the tables."""
    for table in ("breach_entry", "breach", "passing"):
        op.drop_table(table)


def _make_passing() -> None:
    op.create_table(
        "passing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("routing_record_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("to_service", sa.String(length=80), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("passed_by", sa.Uuid(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("had_from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["passed_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["routing_record_id"], ["routing_record.id"]),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_passing_referral", "passing", ["referral_id", "passed_at"])
    op.create_index("ix_passing_offered", "passing", ["to_id", "state", "passed_at"])
    op.create_index("ix_passing_from", "passing", ["from_id", "passed_at"])


def _make_breach() -> None:
    op.create_table(
        "breach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("had_id", sa.Uuid(), nullable=False),
        sa.Column("answerable_id", sa.Uuid(), nullable=False),
        sa.Column("had_from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_by_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answerable_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["found_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["had_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_breach_had", "breach", ["had_id", "state", "found_at"])
    op.create_index("ix_breach_answerable", "breach", ["answerable_id", "state", "found_at"])
    op.create_table(
        "breach_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_breach_entry_breach", "breach_entry", ["breach_id", "written_at"])

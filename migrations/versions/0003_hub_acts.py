"""What a hub says and does outside a decision: messages, closing, meetings moved. More stays written.

Old code runs on this schema: yes, until a meeting is called off, a state it does not know.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: By table, the columns that stay as they were written; none named are all of them. When words were first
#: read is put down beside them later, once.
TABLES = {
    "meeting_change": (),
    "referral_closing": (),
    "referral_message": (
        "id",
        "referral_id",
        "from_id",
        "to_id",
        "written_by",
        "written_at",
        "words_sealed",
    ),
    "referral_sent": (),
    "release": ("id", "referral_id", "released_by", "released_at", "words_sealed"),
}


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change what stands in them."""
    _make_tables()
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
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if sqlite:
            for name in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{name}")
        else:
            op.execute(f"DROP TRIGGER {table}_only_added_to ON {table}")
    op.drop_index("ix_referral_due", table_name="referral")
    for table in ("meeting_change", "referral_closing", "referral_message"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "meeting_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_meeting_change_meeting", "meeting_change", ["meeting_id", "changed_at"])
    op.create_table(
        "referral_closing",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.PrimaryKeyConstraint("referral_id"),
    )
    op.create_table(
        "referral_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_referral_message_referral", "referral_message", ["referral_id", "written_at"])
    op.create_index(
        "ix_referral_message_unread", "referral_message", ["to_id", "first_read_at", "referral_id"]
    )
    op.create_index("ix_referral_due", "referral", ["hub_id", "in_queue", "due_at", "id"])

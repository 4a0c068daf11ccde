"""Versions of the directory in force, how each was checked, and the changes proposed to it.

Old code runs on this schema: yes, it neither knows the new tables nor changes the texts that stay as
they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: By table, the columns that stay as they were written; none named are all of them. What became of a
#: proposal is put down beside it later.
TABLES = {
    "directory_snapshot": (),
    "directory_in_force": (),
    "directory_check": (),
    "directory_proposal": (
        "id",
        "base_version",
        "version",
        "origin",
        "proposed_by",
        "proposed_at",
        "why",
    ),
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
    if op.get_bind().dialect.name == "sqlite":
        for name in ("update", "delete"):
            op.execute(f"DROP TRIGGER directory_snapshot_no_{name}")
    else:
        op.execute("DROP TRIGGER directory_snapshot_only_added_to ON directory_snapshot")
    for table in ("directory_in_force", "directory_check", "directory_proposal"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "directory_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("base_version", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["base_version"], ["directory_snapshot.version"]),
        sa.ForeignKeyConstraint(["version"], ["directory_snapshot.version"]),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_directory_proposal_state", "directory_proposal", ["state", "proposed_at"])
    op.create_table(
        "directory_in_force",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["version"], ["directory_snapshot.version"]),
        sa.ForeignKeyConstraint(["proposal_id"], ["directory_proposal.id"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "directory_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["directory_snapshot.version"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_directory_check_version", "directory_check", ["version", "checked_at"])

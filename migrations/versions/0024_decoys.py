"""Which closed cases are decoys, without naming any.

Which case, and by what it was asked, is only added to; that the mark ended is put down beside it.

Old code runs on this schema: no, it does not know a request of the kind by which one is marked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "decoy_mark"
WRITTEN = ("id", "organisation_id", "request_id", "case_mac")


def upgrade() -> None:
    """Make the table, and have the database itself refuse to change which case was marked."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("case_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["second_person_request.id"]),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_decoy_mark_service", TABLE, ["organisation_id"])
    of = f" OF {', '.join(WRITTEN)}"
    if op.get_bind().dialect.name == "sqlite":
        for name, act in (("update", f"UPDATE{of}"), ("delete", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {act} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is only added to'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {TABLE}_only_added_to BEFORE UPDATE{of} OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )


def downgrade() -> None:
    """Take the table away: no case is a decoy any more."""
    op.drop_table(TABLE)

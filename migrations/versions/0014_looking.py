"""What was opened beside a database that could only be read, and has been entered since.

Old code runs on this schema: yes, it knows nothing of the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "audit_batch"


def upgrade() -> None:
    """Make the table, and have the database itself refuse to change what stands in it."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is only added to'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {TABLE}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )


def downgrade() -> None:
    """Take the table away, and its refusals with it."""
    op.drop_table(TABLE)

"""What a child's file said before it was put right.

Old code runs on this schema: yes, it shows the card that stands, and none from before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "earlier_card"


def upgrade() -> None:
    """Make the table, and have the database itself refuse to change what stands in it."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_file_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("card_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_right_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["child_file_id"], ["child_file.id"]),
        sa.ForeignKeyConstraint(["put_right_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_earlier_card_child_file", TABLE, ["child_file_id", "version"])
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

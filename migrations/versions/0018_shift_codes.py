"""Codes for one shift, and until when a session lasts that one of them proved.

What a code is and why it was given is only added to; what became of it is put down beside it.

Old code runs on this schema: no, it does not know what a session is proved by that such a code proved.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "shift_code"
WRITTEN = (
    "id",
    "organisation_id",
    "person_id",
    "request_id",
    "reason_sealed",
    "code_hash",
    "given_by",
    "given_at",
    "until_at",
)


def upgrade() -> None:
    """Make the table, and have the database itself refuse to change what was given to whom."""
    op.add_column("sign_in_session", sa.Column("until_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["second_person_request.id"]),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shift_code_person", TABLE, ["person_id", "until_at"])
    op.create_index("ix_shift_code_review", TABLE, ["organisation_id", "reviewed_at", "given_at"])
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
    """Take the table and the column away; a session that such a code proved is not proved any more."""
    op.drop_table(TABLE)
    op.execute(
        "UPDATE sign_in_session SET second_factor_at = NULL, proved_by = NULL WHERE proved_by = 'shift_code'"
    )
    op.drop_column("sign_in_session", "until_at")

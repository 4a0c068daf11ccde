"""Who is to be told of a referral for information, and a copy that was in the wrong place.

Nobody is said to be told of referrals that were sent before: whom their routing named is sealed with them.

Old code runs on this schema: yes, it marks no call as still to be made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; every breach there was is of a referral, and of no copy."""
    op.create_table(
        "telling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("routing_record_id", sa.Uuid(), nullable=False),
        sa.Column("service_slug", sa.String(length=80), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["referral_call.id"]),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["routing_record_id"], ["routing_record.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_telling_referral", "telling", ["referral_id"])
    op.create_index("ix_telling_waiting", "telling", ["told_at", "referral_id"])
    op.add_column("breach", sa.Column("was_copy", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take the column and the table away."""
    op.drop_column("breach", "was_copy")
    op.drop_table("telling")

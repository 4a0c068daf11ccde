"""Postcodes and their councils, as the ONS postcode directory gives them.

Old code runs on this schema: yes, it does not know these tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables; a postcode's row lies in its key, without a row number of its own, on SQLite."""
    op.create_table(
        "postcode_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("loaded_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "postcode",
        sa.Column("release_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outward", sa.String(length=4), nullable=False),
        sa.Column("inward", sa.String(length=3), nullable=False),
        sa.Column("authority_code", sa.String(length=9), nullable=True),
        sa.Column("police_area", sa.String(length=9), nullable=True),
        sa.Column("country", sa.String(length=1), nullable=True),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("release_id", "outward", "inward"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop both: they can be imported again."""
    op.drop_table("postcode")
    op.drop_table("postcode_release")

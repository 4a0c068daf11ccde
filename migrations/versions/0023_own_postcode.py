"""Somebody's own home postcode, sealed apart from the card colleagues know them by; and who is on duty when.

Old code runs on this schema: yes, it neither asks for a postcode nor keeps a rota.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add where a postcode is sealed, with its version, and the shifts."""
    op.add_column("person", sa.Column("home_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("person", sa.Column("home_version", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_shift_service", "duty_shift", ["organisation_id", "ends_at"])


def downgrade() -> None:
    """Take both away: whoever gave a postcode has given none, and nobody stands on a rota."""
    op.drop_table("duty_shift")
    op.drop_column("person", "home_version")
    op.drop_column("person", "home_sealed")

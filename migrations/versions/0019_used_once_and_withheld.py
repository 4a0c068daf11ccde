"""When what two people had allowed was done; who was shown an address that is withheld.

Old code runs on this schema: yes, and it asks nobody before keys are changed or a list of who saw what is
made; a card with an address that is withheld does not open to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("second_person_request", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "address_shown",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("shown_to", sa.Uuid(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["shown_to"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_address_shown_case", "address_shown", ["case_id", "organisation_id"])


def downgrade() -> None:
    """Take the table and the column away."""
    op.drop_table("address_shown")
    op.drop_column("second_person_request", "used_at")

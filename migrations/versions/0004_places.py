"""Postcodes and their councils, as the ONS postcode directory gives them.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Take nothing away."""

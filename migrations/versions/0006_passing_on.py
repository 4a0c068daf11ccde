"""Passing a referral on to another service.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Take nothing away."""

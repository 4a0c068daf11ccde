"""Checkpoints of the trail: the log's leaves and the sizes and roots that were signed.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Take nothing away."""

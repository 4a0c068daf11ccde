"""Ways back in, and counts that all nodes share.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

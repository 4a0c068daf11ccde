"""What is disclosed, and to whom.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

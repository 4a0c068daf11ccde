"""What the reports on looking are made of.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

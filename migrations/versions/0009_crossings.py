"""What crosses from one tier to the other.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

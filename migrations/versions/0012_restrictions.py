"""Restricted cases and breaking the glass.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

"""Versions of the directory, and the changes proposed to it.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Take nothing away."""

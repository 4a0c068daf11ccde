"""What wants a second person, what is held, and what was erased.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

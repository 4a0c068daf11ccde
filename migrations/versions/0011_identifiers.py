"""Near-unique identifiers, to be found by.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

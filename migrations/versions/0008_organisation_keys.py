"""Keys of the organisations' own.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

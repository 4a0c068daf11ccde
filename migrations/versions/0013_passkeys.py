"""Passkeys and single sign-on.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing yet."""

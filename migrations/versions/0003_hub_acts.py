"""What a hub says and does outside a decision.

Old code runs on this schema: yes, nothing is changed yet.
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Take nothing away."""

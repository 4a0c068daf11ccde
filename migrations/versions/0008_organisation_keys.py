"""Key pairs of organisations, and by what each grant is wrapped: until now always by a root of the key ring.

Old code runs on this schema: yes, until a grant is sealed to a pair, which it cannot open. Going down is
refused from then on, for it would drop the pairs and so whatever was sealed to them: go back to a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; every grant there is was wrapped by a root (16)."""
    op.create_table(
        "organisation_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("suite", sa.Integer(), nullable=False),
        sa.Column("public_half", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("ring", sa.String(length=80), nullable=False),
        sa.Column("root_kid", sa.Integer(), nullable=False),
        sa.Column("private_half", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_organisation_key", "organisation_key", ["organisation_id", "version"], unique=True)
    op.add_column("key_grant", sa.Column("suite", sa.Integer(), server_default="16", nullable=False))
    op.create_index("ix_key_grant_wrapping", "key_grant", ["suite", "organisation_id", "root_kid"])


def downgrade() -> None:
    """Take away the table, and what each grant is wrapped by; not where a pair opens something."""
    by_a_pair = op.get_bind().scalar(sa.text("SELECT count(*) FROM key_grant WHERE suite <> 16"))
    if by_a_pair:
        raise RuntimeError(
            f"{by_a_pair} keys are sealed to pairs that would be lost: restore a backup instead"
        )
    op.drop_index("ix_key_grant_wrapping", "key_grant")
    op.execute("ALTER TABLE key_grant DROP COLUMN suite")
    op.drop_table("organisation_key")

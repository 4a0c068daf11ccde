"""Near-unique identifiers, to be found by, and what somebody searched for today.

Old code runs on this schema: yes, it leaves the new tables alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what is there already is indexed by the first search of its service."""
    op.create_table(
        "identifier_token",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("index_version", sa.Integer(), nullable=False),
        sa.Column("token", sa.LargeBinary(length=8), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("case_id", "organisation_id", "kind", "index_version", "token"),
    )
    op.create_index(
        "ix_identifier_token", "identifier_token", ["organisation_id", "kind", "index_version", "token"]
    )
    op.create_table(
        "identifier_index",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("index_version", sa.Integer(), nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["referral.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("terms_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_search_made", "search", ["made_at"])


def downgrade() -> None:
    """Take the tables away: identifiers stand on the cards, and can be indexed again."""
    for table in ("search", "identifier_index", "identifier_token"):
        op.drop_table(table)

"""Restricted cases and breaking the glass.

Old code runs on this schema: yes, but it shows a restricted case to everybody in its organisation.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (
    "glass_case",
    "broken_glass",
    "restricted_note",
    "restricted_to",
    "restricted_case",
    "restriction",
)


def upgrade() -> None:
    """Make the tables."""
    _make_restrictions()
    op.create_table(
        "broken_glass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(40), nullable=True),
        sa.Column("finding_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_broken_glass_person", "broken_glass", ["person_id", "organisation_id", "until_at"], unique=False
    )
    op.create_index(
        "ix_broken_glass_review", "broken_glass", ["organisation_id", "reviewed_at", "began_at"], unique=False
    )
    op.create_table(
        "glass_case",
        sa.Column("broken_glass_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["broken_glass_id"], ["broken_glass.id"]),
        sa.PrimaryKeyConstraint("broken_glass_id", "case_id"),
    )
    op.create_index("ix_glass_case", "glass_case", ["case_id"], unique=False)


def downgrade() -> None:
    """Take the tables away."""
    for table in TABLES:
        op.drop_table(table)


def _make_restrictions() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_restriction_case", "restriction", ["case_id", "organisation_id"], unique=False)
    op.create_table(
        "restricted_case",
        sa.Column("restriction_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["restriction_id"], ["restriction.id"]),
        sa.PrimaryKeyConstraint("restriction_id", "case_id"),
    )
    op.create_index("ix_restricted_case", "restricted_case", ["case_id", "organisation_id"], unique=False)
    _make_named()


def _make_named() -> None:
    op.create_table(
        "restricted_to",
        sa.Column("restriction_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["restriction_id"], ["restriction.id"]),
        sa.PrimaryKeyConstraint("restriction_id", "person_id"),
    )
    op.create_index("ix_restricted_to_person", "restricted_to", ["person_id"], unique=False)
    op.create_table(
        "restricted_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("restriction_id", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["restriction_id"], ["restriction.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_restricted_note", "restricted_note", ["restriction_id", "written_at"], unique=False)

"""Whether it was said of this very case that an account has a tie to the child.

Of which cases it was said is read from the trail.

Old code runs on this schema: yes, what it keeps somebody out of counts as no tie.
"""

import json
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_EXCLUSION = sa.table(
    "exclusion",
    sa.column("case_id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("tie", sa.Boolean()),
)
_ENTRY = sa.table(
    "audit_entry", sa.column("event", sa.String()), sa.column("subject_id", sa.Uuid()), sa.column("detail")
)


def upgrade() -> None:
    """Mark the ties there are."""
    op.add_column("exclusion", sa.Column("tie", sa.Boolean(), server_default=sa.false(), nullable=False))
    found = op.get_bind().execute(
        sa.select(_ENTRY.c.subject_id, _ENTRY.c.detail).where(_ENTRY.c.event == "conflict.declared")
    )
    for case_id, detail in found.all():
        person_id = UUID(json.loads(detail)["person_id"])
        said = (_EXCLUSION.c.case_id == case_id) & (_EXCLUSION.c.person_id == person_id)
        op.execute(_EXCLUSION.update().where(said).values(tie=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("exclusion", "tie")

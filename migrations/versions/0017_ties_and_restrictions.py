"""Whether it was said of this very case that an account has a tie; and of restrictions one stands on a case.

Of which cases a tie was said is read from the trail. Where two people restricted a case at once and both
restrictions stand, the case is kept by the later one, and the earlier is lifted as of then.

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


_RESTRICTION = sa.table(
    "restriction",
    sa.column("id", sa.Uuid()),
    sa.column("organisation_id", sa.Uuid()),
    sa.column("case_id", sa.Uuid()),
    sa.column("set_at", sa.DateTime(timezone=True)),
    sa.column("lifted_at", sa.DateTime(timezone=True)),
)
_REACHED = sa.table("restricted_case", sa.column("restriction_id", sa.Uuid()))
_STANDS = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    """Mark the ties there are, and have one restriction stand where there were more."""
    op.add_column("exclusion", sa.Column("tie", sa.Boolean(), server_default=sa.false(), nullable=False))
    _mark_ties()
    _lift_the_earlier()
    op.create_index(
        "ix_restriction_standing",
        "restriction",
        ["organisation_id", "case_id"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    """Take the index and the column away."""
    op.drop_index("ix_restriction_standing", "restriction")
    op.drop_column("exclusion", "tie")


def _mark_ties() -> None:
    found = op.get_bind().execute(
        sa.select(_ENTRY.c.subject_id, _ENTRY.c.detail).where(_ENTRY.c.event == "conflict.declared")
    )
    for case_id, detail in found.all():
        person_id = UUID(json.loads(detail)["person_id"])
        said = (_EXCLUSION.c.case_id == case_id) & (_EXCLUSION.c.person_id == person_id)
        op.execute(_EXCLUSION.update().where(said).values(tie=True))


def _lift_the_earlier() -> None:
    standing = sa.select(_RESTRICTION).where(_RESTRICTION.c.lifted_at.is_(None))
    last: dict[tuple[UUID, UUID], UUID] = {}
    for row in op.get_bind().execute(standing.order_by(_RESTRICTION.c.set_at, _RESTRICTION.c.id)).all():
        case = (row.organisation_id, row.case_id)
        if case in last:
            earlier = _RESTRICTION.update().where(_RESTRICTION.c.id == last[case])
            op.execute(earlier.values(lifted_at=row.set_at))
            op.execute(_REACHED.delete().where(_REACHED.c.restriction_id == last[case]))
        last[case] = row.id

"""Whether a breach was of a copy stays as it was written, as the rest of what a breach is made of does.

Old code runs on this schema: yes, nothing ever changes it.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_BEFORE = ("id", "referral_id", "had_id", "answerable_id", "had_from_at", "found_by", "found_at")


def upgrade() -> None:
    """Have the database refuse to change that column too."""
    _refuse((*_BEFORE, "was_copy"))


def downgrade() -> None:
    """Refuse what was refused before."""
    _refuse(_BEFORE)


def _refuse(columns: tuple[str, ...]) -> None:
    of = ", ".join(columns)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER breach_no_update")
        op.execute(
            f"CREATE TRIGGER breach_no_update BEFORE UPDATE OF {of} ON breach "
            "BEGIN SELECT RAISE(ABORT, 'breach is only added to'); END"
        )
    else:
        op.execute("DROP TRIGGER breach_only_added_to ON breach")
        op.execute(
            f"CREATE TRIGGER breach_only_added_to BEFORE UPDATE OF {of} OR DELETE OR TRUNCATE ON breach "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )

"""How Alembic meets the database: on a connection it is handed, one transaction a revision."""

from alembic import context
from sqlalchemy import Connection, text

from intake.models import METADATA


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        # A migration that cannot have its lock gives up instead of stopping the desk behind it.
        connection.execute(text("SET lock_timeout = '2s'"))
        connection.execute(text("SET statement_timeout = '60s'"))
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=sqlite,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    _run(given)
else:
    with given.connect() as opened:
        _run(opened)
        opened.commit()

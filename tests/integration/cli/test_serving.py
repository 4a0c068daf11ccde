"""The servers as processes: what makes them refuse, that they answer, and that they stop when told."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from config import Settings
from intake.app import open_workplace
from intake.cli.serving.start import open_ready
from intake.cli.setup import set_up
from intake.crypto.key_ring import KeyRing
from intake.models.directory import DirectorySnapshot
from intake.services.workplace import Workplace
from intake.vocabulary import MailKind, Role
from tests.factories.people import People
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.practice import practice_on_either
from tests.support.served import Site, free_port, serving

# Before whatever the machine's own clock says when the tests are run.
LONG_AGO = datetime(2026, 1, 5, 10, tzinfo=UTC)
_STARTS_WITHIN_SECONDS = 3.0
_PATIENCE_SECONDS = 20.0

# What starts a server is measured in tests/unit/cli/serving; here every process would measure it anew.
pytestmark = pytest.mark.unmeasured


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Site:
    """Where a program runs upon an empty database of the newest schema, with a key ring."""
    KeyRing.create(tmp_path / "keys" / "keyring.json")
    return _site(tmp_path, DATABASE_URL=database_url)


@pytest.fixture
def practice_site(practice: TestPlace, practice_ring: KeyRing, tmp_path: Path) -> Site:
    """Where the practice copy is loaded already."""
    url = practice.database.engine.url.render_as_string(hide_password=False)
    practice_ring.keep(tmp_path / "keys" / "keyring.json")
    return _site(tmp_path, DATABASE_URL=url)


def _site(folder: Path, **settings: str) -> Site:
    return Site(
        {
            "INTAKE_INSTANCE": str(folder / "instance"),
            "INTAKE_KEY_RING": str(folder / "keys" / "keyring.json"),
            **settings,
        }
    )


def _with(site: Site, **settings: str) -> Site:
    return Site({**site.settings, **settings}, site.port)


class _Letterbox:
    """A mail server that keeps what it is handed."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter: the mail server calls it by this name."""
        self.letters.append(envelope)
        return "250 taken"


def test_the_practice_copy_answers_and_says_where_and_who(practice_site: Site, practice: TestPlace) -> None:
    practice.clock.instant = LONG_AGO
    _put_in_the_post(practice)
    began = time.monotonic()
    with serving(practice_site, "sample", "serve") as running:
        took = time.monotonic() - began
        status, welcome = running.get("/")
        elsewhere, _ = running.get("/", Host="elsewhere.example")
        _until(lambda: b"mail to" in running.so_far() and b"http://" in running.so_far())
        code, written, complaints = running.stop(signal.SIGINT)

    assert (status, elsewhere) == (200, 421)
    assert "Practice copy" in welcome
    assert f"http://localhost:{practice_site.port}" in written
    assert "ruth@otterbrook.example" in written
    assert "copper kettle tuesday" in written
    assert "C-7K3M-9QTX" in written
    assert (code, complaints) == (0, "")
    assert took < _STARTS_WITHIN_SECONDS * _slowness()


@practice_on_either
def test_what_is_under_way_is_finished_before_it_stops(practice_site: Site) -> None:
    with serving(practice_site, "sample", "serve") as running:
        with socket.create_connection(("127.0.0.1", practice_site.port), timeout=10) as half:
            half.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n")
            time.sleep(0.3)
            running.process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            half.sendall(b"\r\n")
            answer = half.recv(4096)
        code, _, _ = running.stop()

    assert answer.startswith(b"HTTP/1.1 200")
    assert code == 0


def test_from_nothing_to_the_practice_copy_in_one_command_and_again(tmp_path: Path) -> None:
    site = _site(tmp_path)
    with serving(site, "sample", "run") as running:
        _, first, complaints = running.stop(signal.SIGINT)
    began = time.monotonic()
    with serving(site, "sample", "run") as running:
        took = time.monotonic() - began
        _, again, _ = running.stop(signal.SIGINT)

    assert complaints == ""
    assert "fortnight of history" in first
    assert "Everything is in place." in again
    assert "fortnight of history" not in again
    assert took < _STARTS_WITHIN_SECONDS * _slowness()


def test_a_machine_that_was_set_up_loads_the_practice_copy_once(site: Site) -> None:
    _set_up(site, ("serve",))

    first, again = site.run("sample", "load"), site.run("sample", "load")

    assert (first.returncode, again.returncode) == (0, 0)
    assert "fortnight of history" in first.stdout
    assert again.stdout == ""


def test_it_serves_for_real_behind_a_proxy_and_sends_mail(site: Site) -> None:
    letterbox = _Letterbox()
    post = Controller(letterbox, hostname="127.0.0.1", port=free_port())
    post.start()
    real = _with(
        site,
        INTAKE_PUBLIC_URL="https://intake.example",
        INTAKE_TRUSTED_PROXIES="1",
        INTAKE_SMTP_HOST="127.0.0.1",
        INTAKE_SMTP_PORT=str(post.port),
    )
    _set_up(real, ("serve",))
    _put_in_the_post(open_workplace(Settings.from_env(real.environment)))
    try:
        with serving(real, "serve") as running:
            status, page = running.get("/", Host="intake.example", X_Forwarded_Proto="https")
            running.get("/sign-in?next=/concerns/Kezia", Host="intake.example")
            _until(lambda: letterbox.letters)
            code, written, complaints = running.stop()
    finally:
        post.stop()

    lines = [json.loads(line) for line in complaints.splitlines()]
    assert (status, code, written) == (200, 0, "")
    assert "Practice copy" not in page
    assert {line["event"] for line in lines} >= {"serving", "request"}
    (told,) = [line for line in lines if line["event"] == "directory.checked"]
    assert (told["level"], told["gaps"], "cardiff-mash" in told["unknown_hours"]) == ("info", [], True)
    assert "/sign-in" in {line.get("rule") for line in lines}
    assert "Kezia" not in complaints
    (letter,) = letterbox.letters
    assert b"C-7K3M-9QTX" in (letter.original_content or b"")
    assert b"https://intake.example/sign-in" in (letter.original_content or b"")


@pytest.mark.parametrize("words", [("sample", "serve"), ("serve",)], ids=["practice", "real"])
@on_either
def test_without_its_key_ring_nothing_starts_and_none_is_made(site: Site, words: tuple[str, ...]) -> None:
    _set_up(site, words)
    ring = Path(site.settings["INTAKE_KEY_RING"])
    ring.unlink()

    refused = _with(site, **_MAIL).run(*words)

    assert _one_line(refused.stderr).startswith("intake: There is no key ring at")
    assert refused.returncode == 2
    assert not ring.exists()


@pytest.mark.parametrize("words", [("sample", "serve"), ("serve",)], ids=["practice", "real"])
@on_either
def test_another_databases_key_ring_is_refused(site: Site, tmp_path: Path, words: tuple[str, ...]) -> None:
    _set_up(site, words)
    KeyRing.create(tmp_path / "other" / "keyring.json")

    refused = _with(site, **_MAIL, INTAKE_KEY_RING=str(tmp_path / "other" / "keyring.json")).run(*words)

    assert "sealed with key ring" in _one_line(refused.stderr)
    assert refused.returncode == 2


@practice_on_either
def test_the_practice_copy_is_never_served_as_real(practice_site: Site) -> None:
    refused = _with(practice_site, **_MAIL).run("serve")

    assert "practice copy" in _one_line(refused.stderr)
    assert refused.returncode == 2


@on_either
def test_a_real_database_is_never_served_as_practice(site: Site) -> None:
    _set_up(site, ("serve",))

    refused = site.run("sample", "serve")

    assert "a real organisation" in _one_line(refused.stderr)
    assert refused.returncode == 2


@pytest.mark.parametrize("words", [("sample", "load"), ("sample", "serve"), ("serve",)])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    KeyRing.create(tmp_path / "keys" / "keyring.json")
    site = _site(tmp_path, **_MAIL)

    refused = site.run(*words)

    assert "make setup" in _one_line(refused.stderr)
    assert refused.returncode == 2
    assert not (tmp_path / "instance").exists()


@practice_on_either
def test_a_port_in_use_is_named(practice_site: Site) -> None:
    with socket.create_server(("127.0.0.1", practice_site.port)):
        refused = practice_site.run("sample", "serve")

    assert f"127.0.0.1:{practice_site.port}" in _one_line(refused.stderr)
    assert refused.returncode == 2


_MAIL = {"INTAKE_PLAIN_HTTP": "1", "INTAKE_SMTP_HOST": "127.0.0.1"}


def _set_up(site: Site, words: tuple[str, ...]) -> None:
    sample = {"INTAKE_SAMPLE": "1"} if words[0] == "sample" else {}
    set_up(Settings.from_env({**site.environment, **sample}))


def _one_line(said: str) -> str:
    assert said.count("\n") == 1, said
    return said


def _put_in_the_post(place: Workplace) -> None:
    """Have a mail wait to go out to somebody of a school."""
    people = People(place)
    school_id = people.school()
    lead = people.actor(school_id, Role.SAFEGUARDING_LEAD)
    with place.writing() as services:
        services.outbox.put(
            MailKind.CONCERN_TO_READ,
            organisation_id=school_id,
            person_id=lead.person_id,
            reference="C-7K3M-9QTX",
            link=f"{place.tools.public_url}/sign-in",
        )
    place.database.close()


def _until(done: Callable[[], object]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and not done():
        time.sleep(0.05)


def _slowness() -> float:
    """How much slower than it should be this machine is now: other tests run beside this one."""
    return max(1.0, os.getloadavg()[0])


def test_the_directory_in_use_is_kept_before_anything_is_routed_by_it(
    practice_site: Site, practice: TestPlace
) -> None:
    settings = Settings.from_env({**practice_site.settings, "INTAKE_SAMPLE": "1"})
    for _ in range(2):
        opened = open_ready(settings)
        opened.database.close()
    with practice.reading() as services:
        kept = services.unit.session.scalars(select(DirectorySnapshot.version)).all()
    assert kept == [practice.tools.shelf.shipped.version]

"""What is typed into the forms of the walk is found nowhere but on its pages: no disk, no log, no mail."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import text
from werkzeug.exceptions import HTTPException

from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.mail.smtp import MailServer, SmtpMailer, Tls
from intake.services.postman import Postman
from tests.support.bridge import bridge
from tests.support.canaries import (
    Places,
    ServerFiles,
    beside,
    browsers,
    columns_with,
    everything_logged,
    keys_found,
    keys_of,
    require_planted,
    temporary_files_in,
    tokens_found,
)
from tests.support.mailbox import Postbox, free_port, receiving
from tests.support.operating import NAME, a_site, found_by_command, ring_of
from tests.support.place import make_place
from tests.support.postgres import PostgresServer
from tests.support.served import serving
from tests.support.traces import MARK, OPEN_MARK, Words, dresses, files_in, texts, traces
from tests.support.walk import Walk
from tests.support.web import make_app
from tests.support.whole_walk import Seen, found_in, walk_whole

pytestmark = pytest.mark.unmeasured

#: Forms that ask for nothing but a choice, a number, a code or a press.
WORDLESS = {
    "account.end_other_sessions",
    "account.end_session",
    "account.end_shift_code",
    "account.recovery_codes",
    "ties.of_concern",
    "ties.of_copy",
    "ties.of_offer",
    "ties.of_referral",
    "decoys.end",
    "drafts.discard",
    "glass.closed",
    "looking.made",
    "offers.accept",
    "passing.keep",
    "passkeys.remove",
    "passkeys.use",
    "people.close",
    "people.end_role",
    "people.reopen",
    "people.sign_out",
    "rota.remove",
    "rota.shown",
    "second_person.approve",
    "shift_codes.end",
    "sign_in.organisation",
    "sign_in.out",
    "sign_in.second_factor",
    "single_sign_on.confirm",
    "single_sign_on.unlink",
    "triage.hand_back",
}


#: Where words about the directory stand open, for everybody who relies on it; and nowhere else.
OPEN = {"directory_proposal.why", "directory_proposal.answer", "directory_snapshot.document"}


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def post(postbox: Postbox) -> Iterator[int]:
    with receiving(Controller(postbox, hostname="127.0.0.1", port=free_port())) as port:
        yield port


def wait_for_mail(postbox: Postbox, count: int) -> None:
    until = time.monotonic() + 30
    while len(postbox.taken) < count and time.monotonic() < until:
        time.sleep(0.2)


def test_nothing_of_it_lies_about_a_machine_that_serves_in_earnest(
    tmp_path: Path, post: int, postbox: Postbox
) -> None:
    words, seen, site = Words(), Seen(), a_site(tmp_path, post)
    instance = tmp_path / "instance"
    assert site.run("setup").returncode == 0
    handed = found_by_command(site, words)
    with serving(site, "serve") as running:
        visit = browsers(bridge(site.port, NAME), seen, f"https://{NAME}")
        walk_whole(Walk(visit, lambda: datetime.now(UTC), words, handed), carry_mail=lambda: None)
        wait_for_mail(postbox, 3)
        places = list(files_in(instance, tmp_path / "temporary"))
        code, written, complaints = running.stop()
    assert code == 0
    require_planted(words, seen)
    places += [*files_in(instance), texts("log", [written, complaints]), *beside(seen, postbox)]
    assert {Path(name).suffix for name, _ in places} >= {".sqlite3", ".sqlite3-wal"}
    assert complaints.count('"request"') > 100
    require_no_token_in([("log", complaints.encode())], seen)
    assert traces(places) == []
    lying = {Path(trace.place).suffix for trace in traces(places, [OPEN_MARK])}
    assert lying <= {".sqlite3", ".sqlite3-wal"}

    with closing(Database(f"sqlite:///{instance / 'intake.sqlite3'}")) as database:
        assert columns_with(database, OPEN_MARK) == OPEN
        keys = keys_of(KeyRing.load(ring_of(tmp_path)), database, tmp_path / "again")
    assert len(keys) > 10
    assert keys_found(keys, places) == []

    copy = Path(shutil.copy(instance / "intake.sqlite3", tmp_path / "left-open.sqlite3"))
    with closing(sqlite3.connect(copy)) as left_open:
        left_open.execute("ALTER TABLE concern ADD COLUMN happened TEXT")
        left_open.execute("UPDATE concern SET happened = ?", (words("concern.happened"),))
        left_open.commit()
    found = traces(files_in(tmp_path))
    assert {Path(trace.place).name for trace in found} == {"left-open.sqlite3"}
    assert words("concern.happened").encode() in found[0].around


def test_nothing_of_it_lies_about_a_database_server_or_in_all_that_can_be_logged(
    tmp_path: Path, postgres_server: PostgresServer, postgres_template: str, post: int, postbox: Postbox
) -> None:
    words, seen, log = Words(), Seen(), tmp_path / "everything.log"
    name = postgres_server.new_database(postgres_template)
    files = ServerFiles(postgres_server, name)
    with (
        everything_logged(log),
        temporary_files_in(tmp_path / "temporary"),
        closing(Database(postgres_server.url(name))) as database,
    ):
        place = make_place(database)
        app = make_app(place)
        mailer = SmtpMailer(MailServer("127.0.0.1", post, "no-reply@example.test", Tls.NONE))
        walk = Walk(browsers(app, seen), place.clock.now, words, found_in(place, words))
        walk_whole(walk, carry_mail=Postman(place, mailer).round)
        assert columns_with(database, OPEN_MARK) == OPEN
        keys = keys_of(place.tools.key_ring, database, tmp_path / "ring")
    require_planted(words, seen)
    unposted = routes_with_words(app) - set(posted_routes(app, seen))
    assert not unposted, unposted
    assert log.stat().st_size > 1_000_000
    require_no_token_in([("log", log.read_bytes())], seen)
    places = [*files.read(), *files_in(log.parent), *beside(seen, postbox)]
    assert traces(places) == []
    assert traces([*files_in(tmp_path / "temporary"), *beside(seen, postbox)], [OPEN_MARK]) == []
    assert keys_found(keys, [place for place in places if "ring.json" not in place[0]]) == []

    with closing(Database(postgres_server.url(name))) as database, database.writing() as unit:
        unit.session.execute(text("UPDATE organisation SET phone = :said"), {"said": words("note.text")})
    found = traces(files.read())
    assert {"base", "pg_wal"} <= {part for trace in found for part in Path(trace.place).parts}
    postgres_server.drop_database(name)


def require_no_token_in(logs: Places, seen: Seen) -> None:
    """Be sure that no token of a session, a link or a shift stands in an address, a title or a log.

    And that each kind of them was seen, and would have been found there.
    """
    shown = [texts("addresses", seen.addresses), texts("titles", seen.titles), *logs]
    assert tokens_found(seen, shown) == []
    for kind in ("codes", "cookies", "forms"):
        assert len(seen.tokens[kind]) > 10
        planted = [texts("planted", [f"/welcome/{token}" for token in [*seen.tokens[kind]][:1]])]
        assert ("planted", kind) in tokens_found(seen, planted)


def routes_with_words(app: Flask) -> set[str]:
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    return posted - WORDLESS


def posted_routes(app: Flask, seen: Seen) -> Iterator[str]:
    for path in seen.posted:
        try:
            yield app.url_map.bind("").match(path, method="POST")[0]
        except HTTPException as problem:
            raise AssertionError(path) from problem


@pytest.mark.parametrize("dress", [name for name, _ in dresses(MARK)])
def test_a_word_is_found_in_whatever_dress_it_lies_about(dress: str) -> None:
    needle = dict(dresses(MARK))[dress]
    assert traces([("somewhere", b"\x00" * 7 + needle + b"\xff" * 7)]) != []

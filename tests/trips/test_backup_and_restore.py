"""Backed up while it is worked in, restored elsewhere into the other kind of database: the same words."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from intake.app import create_app, open_workplace
from tests.support import walk_hub, walk_school
from tests.support.client import Visitor
from tests.support.operating import NAME, a_site, found_by_command, ring_of
from tests.support.served import Site
from tests.support.traces import Words
from tests.support.walk import Walk

pytestmark = pytest.mark.unmeasured

_NO_MAIL = 9


@contextmanager
def opened(site: Site) -> Iterator[Flask]:
    """Open the application upon what the site's settings name."""
    settings = Settings.from_env(site.environment)
    place = open_workplace(settings)
    with closing(place.database):
        yield create_app(settings, place)


def walk_in(app: Flask, handed: dict[str, str], say: Words) -> Walk:
    return Walk(lambda: Visitor(app, base_url=f"https://{NAME}"), lambda: datetime.now(UTC), say, handed)


def test_what_was_written_here_is_read_there(tmp_path: Path, postgres_url: str) -> None:
    here = a_site(tmp_path / "here", _NO_MAIL)
    there = a_site(tmp_path / "there", _NO_MAIL, DATABASE_URL=postgres_url)
    assert here.run("setup").returncode == 0
    say = Words()
    with opened(here) as app:
        walk = walk_in(app, found_by_command(here, say), say)
        people = walk.open_accounts()
        concern = walk_school.record(walk, people["teacher"], "concern")
        people["lead"].get(concern)
        referral = walk_school.refer(walk, people["lead"], concern)
        page = walk_hub.triage(walk, people["worker"], referral)
        walk_hub.note(walk, people["worker"], page)
        pages = {"lead": (concern, referral), "worker": (page,)}
        written = read(pages, people, say)
        assert all(len(words) > 5 for words in written.values())

        words, keys = tmp_path / "backups", tmp_path / "kept-apart"
        made = here.run("backup", "--json", "--database-to", str(words), "--keys-to", str(keys))
        assert made.returncode == 0, made.stderr
        walk_hub.note(walk, people["worker"], page)  # after the backup: not in it

    backup = json.loads(made.stdout)["path"]
    without_keys = there.run("restore", "--database-from", backup)
    assert without_keys.returncode == 2
    assert not ring_of(tmp_path / "there").exists()
    restored = there.run("restore", "--json", "--database-from", backup, "--keys-from", str(keys))
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["proved"] is True

    with opened(there) as app:
        elsewhere = walk_in(app, {}, say)
        elsewhere.accounts.update(walk.accounts)
        again = {who: elsewhere.sign_in(who) for who in pages}
        assert read(pages, again, say) == written


def read(pages: dict[str, tuple[str, ...]], people: dict[str, Visitor], say: Words) -> dict[str, set[str]]:
    """Return which words everybody reads on each of their pages."""
    shown = {path: people[who].get(path).shown.html for who, paths in pages.items() for path in paths}
    return {path: {where for where in say.planted if say.is_on(html, where)} for path, html in shown.items()}

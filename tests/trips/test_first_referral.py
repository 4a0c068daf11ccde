"""From an empty machine to the first referral somebody has acknowledged: nothing invented on the way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.support import walk_school
from tests.support.mailbox import Postbox, free_port, receiving
from tests.support.operating import a_site, browsers_through, found_by_command
from tests.support.served import serving
from tests.support.traces import Words
from tests.support.walk import Walk

pytestmark = pytest.mark.unmeasured


def test_an_organisation_is_founded_and_its_first_referral_is_acknowledged(
    tmp_path: Path, postgres_url: str
) -> None:
    postbox = Postbox()
    with receiving(Controller(postbox, hostname="127.0.0.1", port=free_port())) as mail_port:
        site = a_site(tmp_path, mail_port, DATABASE_URL=postgres_url)
        refused = site.run("init", "--kind", "school", "--name", "x", "--authority", "E06000006")
        assert refused.returncode == 2
        assert site.run("setup").returncode == 0
        say = Words()
        handed = found_by_command(site, say)
        with serving(site, "serve") as running:
            walk = Walk(browsers_through(site), lambda: datetime.now(UTC), say, handed)
            first_referral(walk)
            code, _, _ = running.stop()
    assert code == 0


def first_referral(walk: Walk) -> None:
    code = walk.handed["school.administrator"]
    typed = walk.visit().get("/welcome").form("/welcome").fill(code=code).submit(status=303)
    assert typed.follow().shown.heading == "Choose your password"
    people = walk.open_accounts()
    assert walk.visit().get("/welcome").form("/welcome").fill(code=code).submit().shown.problems

    lead, worker = people["lead"], people["worker"]
    concern = walk_school.record(walk, people["teacher"], "concern")
    assert walk.say("concern.happened").partition("'")[0] in lead.get(concern).text
    referral = walk_school.refer(walk, lead, concern)
    assert "not acknowledged yet" in lead.get(referral).text

    page = referral.replace("/referrals/", "/queue/")
    assert walk.say("referral.why_now").partition("'")[0] in worker.get(page).text
    worker.get(page).form("Take it").submit(status=303).follow()
    worker.get(page).form("Acknowledge").submit(status=303).follow()
    assert f"{walk.say('worker.name')} has acknowledged it" in lead.get(referral).text

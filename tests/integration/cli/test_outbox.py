"""`intake outbox` makes rounds, and says what has not gone out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import delete, update

from intake.cli.at_work import at_work
from intake.clock import SystemClock
from intake.models.concern import Alert
from intake.models.organisation import Installation
from intake.models.outbox import OutboxMail
from intake.vocabulary import MailKind, Role
from tests.factories.people import People
from tests.integration.cli.kept import Machine, run
from tests.support.mailbox import Postbox, free_port, receiving


@pytest.fixture
def waiting(machine: Machine) -> Machine:
    """A machine on which one mail waits to go out, and nothing else."""
    with at_work() as place:
        people = People(place)
        school_id = people.school()
        lead = people.actor(school_id, Role.SAFEGUARDING_LEAD)
        with place.writing() as services:
            services.unit.session.execute(delete(Alert))
            services.unit.session.execute(delete(OutboxMail))
            services.outbox.put(
                MailKind.CONCERN_TO_READ,
                organisation_id=school_id,
                person_id=lead.person_id,
                reference="C-7K3M-9QTX",
                link="http://localhost:8000/sign-in",
            )
    return machine


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A mail server that the settings name."""
    taken = Postbox()
    with receiving(Controller(taken, hostname="127.0.0.1", port=free_port())) as port:
        monkeypatch.setenv("INTAKE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("INTAKE_SMTP_PORT", str(port))
        monkeypatch.setenv("INTAKE_SMTP_STARTTLS", "0")
        monkeypatch.setenv("INTAKE_MAIL_FROM", "post@pass.example")
        yield taken


def grown_old(machine: Machine) -> None:
    an_hour_ago = SystemClock().now() - timedelta(hours=1)
    with machine.database.writing() as unit:
        unit.session.execute(update(OutboxMail).values(made_at=an_hour_ago))


def test_one_round_sends_what_waits(
    waiting: Machine, postbox: Postbox, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "outbox", "send", "--json")
    assert code == 0
    assert json.loads(out) == {"escalated": 0, "sent": 1, "failed": 0, "waiting": 0, "since": None}
    assert "C-7K3M-9QTX" in postbox.taken[0]
    assert run(capsys, "outbox", "send")[1] == (
        "Sent 0, not taken 0, told the next person about 0.\nNothing waits.\n"
    )


def test_a_mail_server_that_is_not_there_leaves_it_waiting(
    waiting: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTAKE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("INTAKE_SMTP_PORT", "1")
    monkeypatch.setenv("INTAKE_SMTP_STARTTLS", "0")
    code, out, _ = run(capsys, "outbox", "send", "--json")
    assert code == 0
    assert (json.loads(out)["failed"], json.loads(out)["waiting"]) == (1, 1)


def test_no_mail_server_named_is_said_and_nothing_is_sent(
    waiting: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(capsys, "outbox", "send")
    assert code == 2
    assert "INTAKE_SMTP_HOST" in said


def test_what_has_waited_too_long_is_a_failed_check(
    waiting: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "outbox", "waiting", "--json")
    assert (code, json.loads(out)["waiting"]) == (0, 1)
    grown_old(waiting)
    code, out, _ = run(capsys, "outbox", "waiting")
    assert code == 1
    assert out.startswith("1 not gone out yet, the oldest since ")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_round_until_it_is_stopped(waiting: Machine, postbox: Postbox, how: signal.Signals) -> None:
    going = subprocess.Popen(
        [sys.executable, "-m", "intake.cli.main", "outbox", "run", "--seconds", "0.1"],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert going.stdout is not None
    with going:
        assert going.stdout.readline() == "Sent 1, not taken 0, escalated 0, waiting 0.\n"
        try:
            going.send_signal(how)
            assert going.wait(20) == 0
        finally:
            going.kill()
    assert len(postbox.taken) == 1


def test_a_practice_copy_writes_its_mail_out(
    waiting: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with waiting.database.writing() as unit:
        unit.session.execute(update(Installation).values(sample=True))
    monkeypatch.setenv("INTAKE_SAMPLE", "1")
    code, out, said = run(capsys, "outbox", "send", "--json")
    assert (code, json.loads(out)["sent"]) == (0, 1)
    assert "Subject: Please read C-7K3M-9QTX" in said

"""`intake outbox`: sends the mail that waits, once or round after round, and says what has not gone out."""

import argparse
import json
import signal
import sys
import threading
from datetime import timedelta

from config import Settings
from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.cli.opened import settings
from intake.cli.serving.mailers import mail_server
from intake.mail.console import ConsoleMailer
from intake.mail.mailer import Mailer
from intake.services.outbox import Waiting
from intake.services.postman import Postman
from intake.services.workplace import Workplace

#: A mail that has waited for longer than this is something an operator must look at.
_TOO_LONG = timedelta(minutes=15)
_SECONDS = 30.0


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "outbox",
        help="send the mail that waits, or say what has not gone out",
        description="Tell the next person about concerns nobody has read, and send what waits. The server "
        "does this by itself; use it where mail is to go out from another process or machine.",
    )
    acts = parser.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    send = acts.add_parser("send", help="make one round", description="Make one round and say what it did.")
    run_on = acts.add_parser(
        "run",
        help="make a round every half minute",
        description="Make rounds until stopped. Several may run at once: no two carry the same mail.",
    )
    run_on.add_argument(
        "--seconds", type=float, default=_SECONDS, help="seconds between rounds (%(default)s)"
    )
    waiting = acts.add_parser(
        "waiting",
        help="say how much mail has not gone out",
        description="Say how much mail has not gone out, and since when the oldest waits.",
        epilog="Ends with 0 when nothing has waited longer than a quarter of an hour, 1 when something has.",
    )
    for act in (send, waiting):
        act.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Send, go on sending, or say what waits."""
    with at_work() as place:
        if args.act == "waiting":
            return _waiting(place, as_json=args.json)
        postman = Postman(place, _mailer(settings()))
        if args.act == "run":
            return _go_round(postman, args.seconds)
        return _one_round(postman, place, as_json=args.json)


def _mailer(found: Settings) -> Mailer:
    """Return the mail server, or the console in a practice copy that names none."""
    if found.sample and found.mail.host is None:
        return ConsoleMailer(lambda text: sys.stderr.write(f"{text}\n"))
    return mail_server(found.mail)


def _one_round(postman: Postman, place: Workplace, *, as_json: bool) -> int:
    done = postman.round()
    if as_json:
        print(
            json.dumps(
                {
                    "escalated": done.escalated,
                    "sent": done.sent,
                    "failed": done.failed,
                    **_as_json(done.waiting),
                }
            )
        )
    else:
        print(f"Sent {done.sent}, not taken {done.failed}, told the next person about {done.escalated}.")
        print(_sentence(done.waiting))
    return _status(done.waiting, place)


def _go_round(postman: Postman, seconds: float) -> int:
    """Go round until told to stop; a round under way is finished first."""
    stopped = threading.Event()
    for how in (signal.SIGINT, signal.SIGTERM):
        # Said here, because a program started in the background is handed down that it should ignore Ctrl-C.
        signal.signal(how, lambda *_: stopped.set())
    while not stopped.is_set():
        done = postman.round()
        if done.sent or done.failed or done.escalated:
            print(
                f"Sent {done.sent}, not taken {done.failed}, escalated {done.escalated}, "
                f"waiting {done.waiting.mails}.",
                flush=True,
            )
        stopped.wait(seconds)
    return 0


def _waiting(place: Workplace, *, as_json: bool) -> int:
    with place.reading() as services:
        waiting = services.outbox.waiting()
    print(json.dumps(_as_json(waiting)) if as_json else _sentence(waiting))
    return _status(waiting, place)


def _status(waiting: Waiting, place: Workplace) -> int:
    since_at = waiting.since_at
    return int(since_at is not None and place.tools.clock.now() - since_at > _TOO_LONG)


def _as_json(waiting: Waiting) -> dict[str, object]:
    since_at = waiting.since_at
    return {"waiting": waiting.mails, "since": None if since_at is None else since_at.isoformat()}


def _sentence(waiting: Waiting) -> str:
    if waiting.since_at is None:
        return "Nothing waits."
    return f"{waiting.mails} not gone out yet, the oldest since {waiting.since_at:%Y-%m-%d %H:%M} UTC."

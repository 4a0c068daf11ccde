"""`intake audit witness`: another machine's part, which keeps a log's checkpoints and forgets none."""

import argparse
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from intake.audit.note import PublicKey
from intake.audit.witnessing import CosigningKey, Witnessing
from intake.cli import Commands
from intake.clock import Clock, SystemClock
from intake.errors import NotConfigured

_LONGEST = 64 * 1024
_SECONDS = 10
_NAME = "pass-it-on-witness"
_OK, _NOT_FOUND, _CONFLICT, _TOO_LONG = 200, 404, 409, 413


def add_act(acts: Commands) -> None:
    """Add the act."""
    witness = acts.add_parser(
        "witness",
        help="keep another installation's checkpoints on this machine",
        description="Keep the checkpoints of one log, and take a newer one only with a proof that the log "
        "was only added to. Needs no database and no key ring: the public key that 'intake audit key' "
        "prints, and a folder. Serve it behind a proxy with TLS, on a machine that whoever runs the log "
        "cannot write to.",
    )
    witness.add_argument("--key", required=True, metavar="LINE", help="the log's public key")
    witness.add_argument(
        "--folder", required=True, type=Path, help="where checkpoints and the own key are kept"
    )
    witness.add_argument("--listen", default="127.0.0.1:8201", metavar="HOST:PORT", help="%(default)s")
    witness.add_argument("--name", default=_NAME, help="by which this witness signs: %(default)s")


def witness(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    try:
        log = PublicKey(args.key)
        host, _, port = args.listen.rpartition(":")
        own = CosigningKey(args.name, args.folder / "witness.key")
        witnessing = Witnessing(log, own, args.folder / "checkpoints")
        server = server_of(witnessing, SystemClock(), (host, int(port)))
    except (ValueError, OSError) as trouble:
        raise NotConfigured(f"The witness cannot begin ({trouble}).") from trouble
    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"Witnessing {log.name} on {host}:{server.server_address[1]} as {own.public}", flush=True)
    with server:
        server.serve_forever()
    return 0


def server_of(witnessing: Witnessing, clock: Clock, address: tuple[str, int]) -> ThreadingHTTPServer:
    """Return a server that answers POST /add-checkpoint, and GET /checkpoint with the newest."""

    class Handler(BaseHTTPRequestHandler):
        """Answers one request; says nothing of itself."""

        timeout = _SECONDS
        server_version, sys_version = "witness", ""

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._say(_NOT_FOUND, "")
            elif not length.isdecimal() or int(length) > _LONGEST:
                self._say(_TOO_LONG, "")
            else:
                answered = witnessing.add(self.rfile.read(int(length)), clock.now())
                self._say(answered.status, answered.words)

        def do_GET(self) -> None:
            note = witnessing.newest() if self.path == "/checkpoint" else ""
            self._say(_OK if note else _NOT_FOUND, note)

        def log_message(self, *said: object) -> None:
            """Keep the terminal for the line that says what is witnessed."""
            del said

        def _say(self, status: int, words: str) -> None:
            told = words.encode()
            self.send_response(status)
            kind = "text/x.tlog.size" if status == _CONFLICT else "text/plain; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

    return ThreadingHTTPServer(address, Handler)

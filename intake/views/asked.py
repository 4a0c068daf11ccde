"""What a browser was asked and has not answered yet: carried by it, signed, for minutes and one session."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Final

from flask import session

from intake.ids import new_token
from intake.views.reception import session_here
from intake.views.session import workplace

_ASKED: Final = "asked"
_GOOD_FOR: Final = timedelta(minutes=10)


def ask(what: str, **more: str) -> dict[str, str]:
    """Ask something new of this browser, in place of whatever it was asked before."""
    asked = {
        "what": what,
        "at": str(int(_now().timestamp())),
        "session": str(session_here() or ""),
        "challenge": new_token(),
        **more,
    }
    session[_ASKED] = asked
    return asked


def answered(what: str) -> dict[str, str] | None:
    """Return what this browser was asked, once; None for something else, too old, or of another session."""
    asked = session.pop(_ASKED, None)
    if not isinstance(asked, dict) or asked.get("what") != what:
        return None
    age = _now() - datetime.fromtimestamp(int(asked["at"]), UTC)
    if abs(age) > _GOOD_FOR or asked["session"] != str(session_here() or ""):
        return None
    return asked


def challenge_of(asked: dict[str, str] | None) -> bytes:
    """Return the bytes a passkey was asked to sign; none where nothing was asked."""
    if asked is None:
        return b""
    said = asked["challenge"]
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


def _now() -> datetime:
    return workplace().tools.clock.now()

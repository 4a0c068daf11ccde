"""The desk: where a page meets the services, one transaction at a time."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from flask import g, redirect, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from intake.db import deadlocked
from intake.errors import Refused
from intake.forms.base import CARRIED, BaseForm
from intake.services.workplace import Services
from intake.views.reception import page_path
from intake.views.session import current_actor, current_author, signed_in, workplace
from intake.words.refusals import refusal as refusal_words

_TRIES = 3


def reading() -> AbstractContextManager[Services]:
    """Services for a page that opens nothing sealed about a child."""
    return workplace().reading()


def opening() -> AbstractContextManager[Services]:
    """Services for a page that opens sealed words, each opening recorded first."""
    return workplace().opening()


@contextmanager
def showing() -> Iterator[Services]:
    """Services for a post whose answer shows what it opens, this once; refuses what no page here sent."""
    _require_asked_here()
    with workplace().opening() as services:
        yield services


@contextmanager
def writing() -> Iterator[Services]:
    """Services for an act; refuses a request that no page of this session sent."""
    _require_asked_here()
    with workplace().writing() as services:
        yield services


def _require_asked_here() -> None:
    if not g.get("csrf_valid", False):
        raise BadRequest


def fresh_once_key() -> str:
    """Return a once-key for a form about to be shown; empty for a visitor who is not signed in."""
    who = signed_in()
    if who is None or who.found.actor is None:
        return ""
    with reading() as services:
        return services.once.issue(who.found.actor)


def saved_words() -> dict[str, list[str]] | None:
    """Return what this person had typed into the form on this page and not yet sent, or None."""
    with reading() as services:
        return services.drafts.find(current_author(), page_path())


def write_once(form: BaseForm[Any], act: Callable[[Services], str]) -> Response | None:
    """Do what a form asks exactly once, and go to the address `act` returns.

    A second press of the same form goes to what the first one made. Returns None where the form must
    be shown again: something was refused, or its words were changed after they had been sent. The
    draft of this page is let go in the same commit as the act.
    """
    for last in (False,) * (_TRIES - 1) + (True,):
        try:
            return _write(form, act)
        except IntegrityError:
            # Two presses at once: one of them kept the key first, and the next look will find it.
            if last:
                raise
        except OperationalError as trouble:
            # Two acts waited for each other, and the database let go of everything this one did.
            if last or not deadlocked(trouble):
                raise
        except Refused as refusal:
            if refusal.field == form.once_key.name:
                # The page is told to be sent again, so it must carry a key with which it can be.
                form.once_key.data = fresh_once_key()
            form.refuse(refusal.field, str(refusal_words(refusal.message)))
            return None
    return None


def _write(form: BaseForm[Any], act: Callable[[Services], str]) -> Response | None:
    actor = current_actor()
    key, body = str(form.once_key.data or ""), _body()
    with writing() as services:
        taken = services.once.taken(actor, key, body)
        if taken is None:
            path = act(services)
            services.once.keep(actor, key, body, path)
            services.drafts.let_go(current_author(), page_path())
        elif taken.same:
            path = taken.answer_path
        else:
            form.refuse(
                "", _("This was already sent, and you have changed it since. Press again to send it as new.")
            )
            form.once_key.data = services.once.issue(actor)
            return None
    return redirect(path, 303)


def _body() -> bytes:
    """Return a digest of what was posted, apart from what the page carries for itself."""
    digest = hashlib.sha256(request.path.encode())
    for name, said in sorted(request.form.lists()):
        if name not in CARRIED:
            digest.update(repr((name, said)).encode())
    return digest.digest()

"""The duty desk: the queue, and a referral with everything on it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from intake.forms.note import NoteForm
from intake.policy.permissions import Permission
from intake.queries.queue import Place
from intake.services.queue import ShownQueue
from intake.views.desk import fresh_once_key, opening, reading
from intake.views.guards import access
from intake.views.hub_page import opened_page
from intake.views.hub_words import hub_words
from intake.views.session import current_actor, current_author
from intake.views.triage import colour_form
from intake.vocabulary import QueueList, ReferralAct

blueprint = Blueprint("queue", __name__)
blueprint.context_processor(hub_words)

#: What an unfinished form is, by the end of its address.
_KINDS: Final = {
    "decision": _l("A decision"),
    "notes": _l("A note"),
    "correct": _l("A correction of a note"),
    "new": _l("A safety-plan meeting to arrange"),
    "minutes": _l("Minutes of a safety-plan meeting"),
    "colour": _l("A colour"),
    "message": _l("Something to the school"),
    "close": _l("Why a referral is closed"),
    "move": _l("A safety-plan meeting to move"),
    "call-off": _l("A safety-plan meeting to call off"),
}


#: Lists that call somebody to look: they are offered only while something is in them.
_WHEN_ANY: Final = frozenset({QueueList.OVERDUE, QueueList.ANSWERED})


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists, with how many are in it where that is counted."""

    which: QueueList
    href: str
    count: str
    current: bool


@blueprint.get("/queue")
@access(Permission.QUEUE_LIST)
def listed() -> str:
    """The service's referrals, worst first."""
    which = next((each for each in QueueList if each == request.args.get("list")), QueueList.ALL)
    after = Place.read(request.args.get("after", ""))
    with opening() as services:
        shown = services.queue.show(current_actor(), which, after)
        reviews = services.oversight.reviews(current_actor())
    return render_template(
        "queue/queue.html",
        queue=shown,
        reviews=reviews.together,
        tabs=_tabs(shown),
        first_page=after is None,
        address=_address,
    )


@blueprint.get("/queue/find")
@access(Permission.QUEUE_LIST)
def found() -> Response:
    """The referral whose reference somebody is reading out over the telephone."""
    said = request.args.get("reference", "").strip().upper()
    with reading() as services:
        referral_id = services.queue.find(current_actor(), said)
    if referral_id is None:
        flash(_("There is no referral with that reference here. Ask for it again, letter by letter."))
        return redirect(url_for("queue.listed"), 303)
    return redirect(url_for("queue.shown", referral_id=referral_id), 303)


@blueprint.get("/queue/<uuid:referral_id>")
@access(Permission.REFERRAL_OPEN)
def shown(referral_id: UUID) -> str:
    """A referral as it was sent, what happened since, and the one thing to do next."""
    page = opened_page(referral_id, stamped=True)
    colours = page.read.header.next_step is ReferralAct.COLOUR
    return render_template(
        "queue/referral.html",
        page=page,
        colour_form=colour_form(referral_id) if colours else None,
        note_form=NoteForm(once_key=fresh_once_key()),
        reference=page.read.header.reference,
    )


def _tabs(queue: ShownQueue) -> tuple[Tab, ...]:
    tabs = []
    for which in QueueList:
        counted = queue.counts.get(which)
        if which in _WHEN_ANY and counted and not counted.number and which is not queue.which:
            continue
        count = "" if counted is None else f"{counted.number}{'+' if counted.or_more else ''}"
        tabs.append(Tab(which, _address(which), count, current=which is queue.which))
    return tuple(tabs)


def _address(which: QueueList, after: Place | None = None) -> str:
    chosen = None if which is QueueList.ALL else which.value
    return url_for("queue.listed", list=chosen, after=None if after is None else str(after))


@blueprint.get("/queue/unfinished")
@access(Permission.QUEUE_LIST)
def unfinished() -> str:
    """What this person began to write here and has not sent: where, and since when; never what."""
    with reading() as services:
        drafts = services.drafts.unfinished(current_author())
    return render_template("queue/unfinished.html", drafts=drafts, kinds=_KINDS)

"""The organisation's own trail: who did what and when, one referral followed through it, and the proof."""

from typing import Any, Final

from flask import Blueprint, render_template, request, url_for

from intake.forms.trail import TrailForm
from intake.policy.permissions import Permission
from intake.queries.trail import TrailFilter
from intake.views.desk import opening, reading
from intake.views.guards import access
from intake.views.hub_words import hub_words
from intake.views.session import current_actor
from intake.vocabulary import SubjectKind
from intake.words.events import sentence
from intake.words.particulars import particulars

blueprint = Blueprint("trail", __name__)
blueprint.context_processor(hub_words)

#: The questions of `TrailForm`, by the names under which they stand in an address.
_LOOKED_FOR: Final = ("reference", "person", "event", "on-day", "on-month", "on-year", "without_readings")
#: A longer number is not one that every database can compare, nor one that any trail reaches.
_LONGEST_NUMBER: Final = 9


@blueprint.get("/trail")
@access(Permission.AUDIT_VIEW)
def shown() -> str:
    """The trail, newest first, or what was looked for in it; the look itself is recorded."""
    actor, below = current_actor(), _below()
    with opening() as services:
        people = services.trail.people(actor)
        form = TrailForm(request.args or None, choices={"person": people})
        wanted = form.draft() if form.submitted and form.validate() else TrailFilter()
        page = services.trail.show(actor, wanted, below)
        reviews = services.oversight.reviews(actor)
    return render_template(
        "trail/trail.html",
        form=form,
        reviews=reviews.together,
        page=page,
        people=people,
        sentence=sentence,
        particulars=particulars,
        followed=SubjectKind.REFERRAL,
        older="" if page.older is None else url_for("trail.shown", **_again(), below=page.older),
        newest=url_for("trail.shown", **_again()) if below is not None else "",
    )


@blueprint.get("/trail/<string:reference>")
@access(Permission.AUDIT_VIEW)
def followed(reference: str) -> str:
    """What happened to one reference, oldest first, and where two trails meet."""
    actor = current_actor()
    with opening() as services:
        found = services.trail.follow(actor, reference)
        people = services.trail.people(actor)
    return render_template(
        "trail/followed.html", found=found, people=people, sentence=sentence, particulars=particulars
    )


@blueprint.get("/trail/verify")
@access(Permission.AUDIT_VERIFY)
def verified() -> str:
    """Check the whole chain now, and say plainly what was found."""
    actor = current_actor()
    # Checking may take seconds, in which nobody who is recording a concern should have to wait.
    with reading() as services:
        checked = services.trail.check(actor)
        where = "" if checked.fault is None else services.trail.name_of(checked.fault.organisation_id)
    with opening() as services:
        services.trail.record_check(actor, checked)
    elsewhere = checked.fault is not None and checked.fault.organisation_id != actor.organisation_id
    return render_template("trail/verified.html", checked=checked, where=where, elsewhere=elsewhere)


def _below() -> int | None:
    """Return the number below which this page begins; None for the first page, or for nonsense."""
    said = request.args.get("below", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= _LONGEST_NUMBER else None


def _again() -> dict[str, Any]:
    """Return what was looked for, as it stood in the address, and nothing else that stood there."""
    return {name: request.args[name] for name in _LOOKED_FOR if request.args.get(name)}

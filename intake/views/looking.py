"""Who looked: the breach pack, who looked at one child, and which looks are worth asking about."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.calendars.local_time import midnight
from intake.errors import Refused
from intake.forms.looking import LookingForm, PackForm
from intake.policy.permissions import Permission
from intake.queries.looks import Period
from intake.services.lookers import Lookers
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, opening, reading, saved_words, showing, write_once
from intake.views.guards import access, step_up
from intake.views.session import current_actor
from intake.words.events import sentence
from intake.words.looking import WHY, edge, how_many
from intake.words.particulars import particulars, parts_of
from intake.words.refusals import refusal

blueprint = Blueprint("looking", __name__)

#: What the report goes through until somebody asks for other days, today among them.
_A_WEEK = timedelta(days=6)


@blueprint.route("/trail/pack", methods=["GET", "POST"])
@access(Permission.AUDIT_VIEW)
def packed() -> Response | str:
    """Ask for a list of who saw what of children's records between two times: a second person approves it."""
    actor, day = current_actor(), today()
    posted = request.form if request.method == "POST" else None
    with reading() as services:
        people = services.trail.people(actor)
    form = PackForm(
        posted,
        once_key=fresh_once_key(),
        today=day,
        choices={"person": people},
        saved=None if posted else saved_words(),
        since=day,
        until=day,
    )

    def act(services: Services) -> str:
        request_id = services.packs.ask(actor, form.asked(), form.why.data)
        return url_for("second_person.shown", request_id=request_id)

    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Asked. It is made after somebody else has approved it."), "done")
        return answer
    return render_template("looking/ask_pack.html", form=form)


@blueprint.post("/second-person/<uuid:request_id>/list")
@step_up(Permission.AUDIT_VIEW, page="second_person.shown")
def made(request_id: UUID) -> Response | str:
    """Who saw what, as one sheet for whoever handles a breach: once approved, and in this answer only."""
    try:
        with showing() as services:
            pack = services.packs.make(current_actor(), request_id)
    except Refused as refused:
        flash(str(refusal(refused.message)), "warning")
        return redirect(url_for("second_person.shown", request_id=request_id), 303)
    return render_template(
        "looking/pack.html",
        pack=pack,
        parts_of=parts_of,
        edge=edge,
        reference=_("%(organisation)s, entry %(number)s", organisation=pack.organisation, number=pack.number),
    )


@blueprint.get("/trail/looking")
@access(Permission.AUDIT_VIEW)
def reported() -> str:
    """Which looks are worth asking about, in the last seven days or in others."""
    actor, day = current_actor(), today()
    form = LookingForm(request.args or None, today=day, since=day - _A_WEEK, until=day)
    week = Period(midnight(day - _A_WEEK), midnight(day + timedelta(days=1)))
    with opening() as services:
        asked = form.draft() if form.accepted() else week
        report = services.looking.report(actor, asked)
    return render_template(
        "looking/report.html",
        form=form,
        report=report,
        why=WHY,
        how_many=how_many,
        reference=report.organisation,
    )


@blueprint.get("/children/<uuid:child_file_id>/lookers")
@access(Permission.CHILD_LOOKERS)
def at_child(child_file_id: UUID) -> str:
    """Who looked at a child's file, the concerns in it and what came of them."""
    with opening() as services:
        found = services.lookers.of_child(current_actor(), child_file_id)
    return _lookers(found, url_for("children.shown", child_file_id=child_file_id))


@blueprint.get("/queue/<uuid:referral_id>/lookers")
@access(Permission.REFERRAL_LOOKERS)
def at_referral(referral_id: UUID) -> str:
    """Who in the service looked at a referral."""
    with opening() as services:
        found = services.lookers.of_referral(current_actor(), referral_id)
    return _lookers(found, url_for("queue.shown", referral_id=referral_id))


def _lookers(found: Lookers, back: str) -> str:
    return render_template(
        "looking/lookers.html",
        found=found,
        back=back,
        reference=", ".join(found.references),
        sentence=sentence,
        particulars=particulars,
        people={},
    )

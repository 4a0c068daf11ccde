"""Who looked: the breach pack, who looked at one child, and which looks are worth asking about."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from intake.calendars.local_time import midnight
from intake.forms.looking import LookingForm, PackForm
from intake.policy.permissions import Permission
from intake.queries.looks import Period
from intake.services.lookers import Lookers
from intake.views.asking import today
from intake.views.desk import opening
from intake.views.guards import access
from intake.views.session import current_actor
from intake.words.events import sentence
from intake.words.looking import WHY, edge, how_many
from intake.words.particulars import particulars, parts_of

blueprint = Blueprint("looking", __name__)

#: What the report goes through until somebody asks for other days, today among them.
_A_WEEK = timedelta(days=6)


@blueprint.get("/trail/pack")
@access(Permission.AUDIT_VIEW)
def packed() -> str:
    """Who saw what of children's records between two times, as one sheet for whoever handles a breach."""
    actor = current_actor()
    with opening() as services:
        people = services.trail.people(actor)
        day = today()
        form = PackForm(request.args or None, today=day, choices={"person": people}, since=day, until=day)
        pack = services.packs.make(actor, form.draft(), form.person.data) if form.accepted() else None
    return render_template(
        "looking/pack.html",
        form=form,
        pack=pack,
        parts_of=parts_of,
        edge=edge,
        reference=""
        if pack is None
        else _("%(organisation)s, entry %(number)s", organisation=pack.organisation, number=pack.number),
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

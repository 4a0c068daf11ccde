"""Breaches: the list, one of them with what was opened and done, and one thing more to write down."""

from uuid import UUID

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.passing import BreachForm
from intake.policy.permissions import Permission
from intake.services.breaches import OpenBreach
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_words import hub_words
from intake.views.moved_on import CONFLICT
from intake.views.session import current_actor, current_author
from intake.words.events import sentence
from intake.words.particulars import particulars
from intake.words.passing import CHOICES

blueprint = Blueprint("breaches", __name__)
blueprint.context_processor(hub_words)


@blueprint.get("/breaches")
@access(Permission.BREACH_OPEN)
def listed() -> str:
    """The organisation's breaches, open ones first."""
    with reading() as services:
        found = services.breaches.listed(current_actor())
    return render_template("breaches/listed.html", breaches=found)


@blueprint.get("/breaches/<uuid:breach_id>")
@access(Permission.BREACH_OPEN)
def shown(breach_id: UUID) -> Response:
    """A breach: who had it, what they opened, what was done, and what is still to decide."""
    with opening() as services:
        breach = services.breaches.open(current_actor(), current_author(), breach_id)
    form = _form(breach, saved_words()) if breach.acts else None
    return _page(breach, form)


@blueprint.post("/breaches/<uuid:breach_id>")
@access(Permission.BREACH_HANDLE)
def add(breach_id: UUID) -> Response:
    """Write down one thing more."""

    def act(services: Services) -> str:
        services.breaches.add(current_actor(), breach_id, int(form.version.data), form.draft())
        return url_for(".shown", breach_id=breach_id)

    with opening() as services:
        breach = services.breaches.open(current_actor(), current_author(), breach_id)
    form, status = _form(breach, None), 200
    if form.accepted():
        try:
            if (answer := write_once(form, act)) is not None:
                flash(_("Written down."), "done")
                return answer
        except (StaleVersion, IllegalTransition):
            form.version.data, status = breach.version, CONFLICT
            form.refuse("", _("Somebody added to this while you were writing. Read it, then press again."))
    return _page(breach, form, status)


def _form(breach: OpenBreach, saved: dict[str, list[str]] | None) -> BreachForm:
    posted = request.form if request.method == "POST" else None
    form = BreachForm(
        posted,
        once_key=fresh_once_key(),
        saved=saved,
        choices={"act": {act: CHOICES[act] for act in breach.acts}},
    )
    if not form.submitted:
        form.version.data = breach.version
    return form


def _page(breach: OpenBreach, form: BreachForm | None, status: int = 200) -> Response:
    return make_response(
        render_template(
            "breaches/breach.html", breach=breach, form=form, sentence=sentence, particulars=particulars
        ),
        status,
    )

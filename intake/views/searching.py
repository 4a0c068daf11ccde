"""Looking for a child: what is sought stands in no address, and each look is in the trail."""

from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from intake.forms.searching import SearchForm
from intake.policy.permissions import Permission
from intake.services.searching import Answer, Looked
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.cases import case_page
from intake.views.desk import fresh_once_key, opening, reading, write_once
from intake.views.guards import access
from intake.views.hub_words import hub_words
from intake.views.session import current_actor, current_author
from intake.words.searching import REASONS

blueprint = Blueprint("searching", __name__)
blueprint.context_processor(hub_words)

#: How a record that was found is told, and where its page is.
_SAYING: Final = {"reasons": REASONS, "case_page": case_page}


@blueprint.route("/search", methods=["GET", "POST"])
@access(Permission.CASE_SEARCH, keeps=False)
def ask() -> Response | str:
    """Ask whom somebody looks for; the answer has an address of its own, which says nothing.

    A child's name typed here is kept for no later sign-in: it is typed again in a moment.
    """

    def act(services: Services) -> str:
        search_id = services.searching.keep(current_actor(), current_author(), form.draft())
        return url_for("searching.shown", search_id=search_id)

    posted = request.form if request.method == "POST" else None
    form = SearchForm(posted, today=today(), once_key=fresh_once_key())
    if form.accepted() and (answer := write_once(form, act)) is not None:
        return answer
    return render_template("searching/ask.html", form=form)


@blueprint.get("/search/<uuid:search_id>")
@access(Permission.CASE_SEARCH)
def shown(search_id: UUID) -> str:
    """Whom a search found: who and where they stand, and no word of what happened."""
    actor = current_actor()
    with reading() as services:
        terms = services.searching.terms(actor, current_author(), search_id)
    with opening() as services:
        looked = services.searching.look(actor, terms, today())
    form = SearchForm(
        None, today=today(), once_key=fresh_once_key(), name=terms.name, born=terms.born, other=terms.other
    )
    return render_template("searching/answer.html", form=form, answer=_answer(looked), **_SAYING)


@blueprint.get("/queue/<uuid:referral_id>/known")
@access(Permission.REFERRAL_OPEN)
def known(referral_id: UUID) -> str:
    """Whether the child of a referral may be known to the service already."""
    actor = current_actor()
    with opening() as services:
        looked = services.searching.look_for_earlier(actor, referral_id, today())
    return render_template("searching/known.html", referral_id=referral_id, answer=_answer(looked), **_SAYING)


def _answer(looked: Looked) -> Answer:
    """Return what is shown of a look, once it is in the trail that it is shown."""
    with opening() as services:
        return services.searching.show(current_actor(), looked)

"""What waits for a second person: the list, one request with its reason, the answer; asking about keys."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.second_person import ApprovalForm, KeyChangeForm, RefusalForm, TakeBackForm
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.queries.second_person import RequestCard
from intake.services.giving_shift_codes import GivenCode
from intake.services.one_time_links import Link
from intake.services.second_person import OpenRequest
from intake.services.workplace import Services
from intake.views.cases import ABOUT_CASES, case_page
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once
from intake.views.guards import access, step_up
from intake.views.people import shown_once
from intake.views.session import current_actor
from intake.views.shift_codes import shown_once as shift_code_shown_once
from intake.vocabulary import RequestKind
from intake.words.second_person import asked_for, command, what_follows
from intake.words.vocabulary import label

blueprint = Blueprint("second_person", __name__)


@blueprint.get("/second-person")
@access(Permission.SECOND_PERSON_SEE)
def listed() -> str:
    """What waits for a second person here, and what came of the latest."""
    actor = current_actor()
    with reading() as services:
        waiting, decided = services.second_person.waiting(actor), services.second_person.decided(actor)
    return render_template(
        "second_person/listed.html",
        waiting=waiting,
        decided=decided,
        asks_for_keys=role_may(actor, Permission.KEYS_ASK),
        asked_for=asked_for,
        label=label,
    )


@blueprint.route("/second-person/keys", methods=["GET", "POST"])
@step_up(Permission.KEYS_ASK)
def ask_keys() -> Response | str:
    """An administrator asks that keys are made anew, or the key ring is printed, at the machine."""
    posted = request.form if request.method == "POST" else None
    form = KeyChangeForm(posted, once_key=fresh_once_key(), saved=None if posted else saved_words())

    def act(services: Services) -> str:
        draft = form.draft()
        asked = services.requests.ask_here(current_actor(), RequestKind.KEYS, draft.codes, draft.why)
        return url_for(".shown", request_id=asked)

    if form.accepted() and (done := write_once(form, act)) is not None:
        flash(_("Asked. Nothing is done before a second administrator approves it."), "done")
        return done
    return render_template("second_person/keys.html", form=form)


@blueprint.get("/second-person/<uuid:request_id>")
@access(Permission.SECOND_PERSON_SEE)
def shown(request_id: UUID) -> str:
    """One request, with why it is asked for."""
    return _page(_opened(request_id))


@blueprint.post("/second-person/<uuid:request_id>/approve")
@step_up(Permission.SECOND_PERSON_SEE, page="second_person.shown")
def approve(request_id: UUID) -> Response | str:
    """Approve a request: what it asks for is done at once."""
    actor, form = current_actor(), ApprovalForm(request.form)
    made: list[object] = []

    def act(services: Services) -> str:
        made[:] = [services.second_person.approve(actor, request_id)]
        return url_for(".shown", request_id=request_id)

    if form.accepted() and (done := write_once(form, act)) is not None:
        link = next((each for each in made if isinstance(each, Link)), None)
        if link is not None:
            return _handed(request_id, link)
        code = next((each for each in made if isinstance(each, GivenCode)), None)
        if code is not None:
            return shift_code_shown_once(code)
        flash(_("Approved."), "done")
        return done
    return _page(_opened(request_id), approving=form)


@blueprint.post("/second-person/<uuid:request_id>/refuse")
@access(Permission.SECOND_PERSON_SEE, page="second_person.shown")
def refuse(request_id: UUID) -> Response | str:
    """Refuse a request with a reason, or take back one's own."""
    form = TakeBackForm(request.form) if "why" in request.form else RefusalForm(request.form)

    def act(services: Services) -> str:
        services.second_person.refuse(current_actor(), request_id, form.draft())
        return url_for(".shown", request_id=request_id)

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return _page(_opened(request_id), refusing=form)


def _opened(request_id: UUID) -> OpenRequest:
    with opening() as services:
        return services.second_person.open(current_actor(), request_id)


def _handed(request_id: UUID, link: Link) -> str:
    """Show a link that was just made, this once, to whoever approved it."""
    about = _opened(request_id).named.card.subject_id
    with reading() as services:
        person = services.people.open(current_actor(), about)
    return shown_once(link, person)


def _about_page(card: RequestCard) -> str:
    """Return where whoever approves looks first; empty for what is about no case."""
    if card.kind is RequestKind.DECOY:
        return url_for("decoys.listed")
    return case_page(card.subject_kind, card.subject_id) if card.kind in ABOUT_CASES else ""


def _page(
    found: OpenRequest,
    *,
    approving: ApprovalForm | None = None,
    refusing: RefusalForm | TakeBackForm | None = None,
) -> str:
    approve_form = approving or ApprovalForm(None, once_key=fresh_once_key())
    asked = TakeBackForm if found.named.is_own else RefusalForm
    refuse_form = refusing or asked(None, once_key=fresh_once_key(), saved=saved_words())
    card = found.named.card
    return render_template(
        "second_person/request.html",
        found=found,
        named=found.named,
        card=card,
        asked_for=asked_for(card.kind, card.codes, found.named.about, found.named.who),
        what_follows=what_follows(card.kind),
        command=command(card.kind, card.codes) if card.is_usable else "",
        about_page=_about_page(card),
        form=refusing or approve_form,
        approve_form=approve_form,
        refuse_form=refuse_form,
        label=label,
    )

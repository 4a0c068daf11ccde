"""Passing a referral on from the duty desk, keeping it after all, handing it over by telephone."""

from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.passing import HandOverForm, PassOnForm
from intake.forms.triage import ActForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_page import opened_page
from intake.views.hub_words import hub_words
from intake.views.moved_on import keep_words, moved_on
from intake.views.session import current_actor, current_author
from intake.vocabulary import PassingState, ReferralAct
from intake.words.events import sentence
from intake.words.particulars import particulars

F = TypeVar("F", PassOnForm, HandOverForm)

blueprint = Blueprint("passing", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/queue/<uuid:referral_id>/pass-on", methods=["GET", "POST"])
@access(Permission.REFERRAL_PASS_ON)
def pass_on(referral_id: UUID) -> Response:
    """Say why a referral is for somebody else; they are asked at once, and until they accept it is here."""

    def act(services: Services) -> str:
        services.passing_on.pass_on(current_actor(), referral_id, int(form.version.data), form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    form, status = _form(PassOnForm, referral_id, choices={"council": councils()}), 200
    if form.accepted():
        try:
            if (answer := write_once(form, act)) is not None:
                return answer
        except (StaleVersion, IllegalTransition):
            status = keep_words(form, referral_id)
    page = opened_page(referral_id)
    if not form.submitted and not (page.read.header.is_mine and ReferralAct.PASS_ON in page.read.header.may):
        flash(_("Take it first: whoever passes it on answers for it until somebody else has it."))
        return redirect(url_for("queue.shown", referral_id=referral_id), 303)
    return make_response(render_template("passing/pass_on.html", form=form, page=page), status)


@blueprint.post("/queue/<uuid:referral_id>/keep-after-all")
@access(Permission.REFERRAL_PASS_ON, page="queue.shown")
def keep(referral_id: UUID) -> Response:
    """Ask nobody else any more."""
    form = ActForm(request.form)
    if not form.accepted():
        abort(400)

    def act(services: Services) -> str:
        services.passing_on.keep(current_actor(), referral_id, form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    try:
        answer = write_once(form, act)
    except (StaleVersion, IllegalTransition):
        return moved_on(referral_id)
    if answer is None:
        abort(400)
    flash(_("You keep it. Nobody else is asked any more."), "done")
    return answer


@blueprint.route("/queue/<uuid:referral_id>/handed-over", methods=["GET", "POST"])
@access(Permission.REFERRAL_PASS_ON)
def handed_over(referral_id: UUID) -> Response:
    """Write down who took a referral over by telephone; only then does it leave the desk."""

    def act(services: Services) -> str:
        services.passing_on.hand_over(current_actor(), referral_id, int(form.version.data), form.draft())
        return url_for("queue.shown", referral_id=referral_id)

    form, status = _form(HandOverForm, referral_id, today=today(), called_on=today()), 200
    if form.accepted():
        try:
            if (answer := write_once(form, act)) is not None:
                flash(_("Written down. The school sees who has it now."), "done")
                return answer
        except (StaleVersion, IllegalTransition):
            status = keep_words(form, referral_id)
    page = opened_page(referral_id)
    waits = next((each for each in page.read.passings if each.waits), None)
    outside = waits is not None and waits.state is PassingState.TO_HAND_OVER
    if not outside and not form.submitted:
        flash(_("There is nothing to hand over by telephone here."))
        return redirect(url_for("queue.shown", referral_id=referral_id), 303)
    return make_response(render_template("passing/handed_over.html", form=form, page=page), status)


@blueprint.get("/passed-on")
@access(Permission.PASSING_OPEN)
def listed() -> str:
    """What this service passed on, and where each stands."""
    with reading() as services:
        given = services.passing_records.listed(current_actor())
        left = services.passing_records.taken_back(current_actor(), current_author())
    return render_template("passing/listed.html", given=given, left_behind=left)


@blueprint.get("/passed-on/<uuid:passing_id>")
@access(Permission.PASSING_OPEN)
def record(passing_id: UUID) -> str:
    """One referral that was passed on: who has it, and who here had opened what of it."""
    with reading() as services:
        kept = services.passing_records.show(current_actor(), current_author(), passing_id)
    return render_template("passing/record.html", record=kept, particulars=particulars, sentence=sentence)


def councils() -> dict[str, str]:
    """Return every council by its code, to choose the right one from."""
    with reading() as services:
        return {council.code: council.name for council in services.routing.all_councils()}


def _form(kind: type[F], referral_id: UUID, **more: Any) -> F:  # noqa: ANN401 - what the form is made with
    """Return a form about the referral as it stands now, with what was typed into it before."""
    with reading() as services:
        header = services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_PASS_ON)
    posted = request.form if request.method == "POST" else None
    saved = saved_words() if posted is None else None
    form = kind(posted, once_key=fresh_once_key(), saved=saved, **more)
    if not form.submitted:
        form["version"].data = header.version
    return form

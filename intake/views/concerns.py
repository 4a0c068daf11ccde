"""Recording a concern, and what its recorder and the lead see of it afterwards."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from intake.forms.concern import NOT_ON_ROLL, NOT_ON_ROLL_WORDS, ConcernForm, KeepForm
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.queries import duty, school
from intake.services.concern_reading import OpenConcern
from intake.services.workplace import Services
from intake.views.asking import before, today
from intake.views.concern_progress import so_far
from intake.views.desk import fresh_once_key, opening, saved_words, write_once
from intake.views.drafts import keep_for_later
from intake.views.guards import access
from intake.views.roll import on_roll
from intake.views.session import current_actor, current_author
from intake.vocabulary import ConcernState
from intake.words.child import child_age, child_name
from intake.words.concern_detail import detail_told
from intake.words.vocabulary import label

blueprint = Blueprint("concerns", __name__)

_STATES = {state.value: label(state) for state in ConcernState}


@blueprint.route("/concerns/new", methods=["GET", "POST"])
@access(Permission.CONCERN_RECORD)
def record() -> Response | str:
    """Take down a concern: a few questions, and nothing more."""
    if request.method == "GET":
        return _blank_or_restored()
    if request.form.get("do") == "save":
        return keep_for_later()
    chosen = _chosen(request.form.get("on_roll", ""))
    posted = MultiDict(request.form)
    if not chosen:
        # No page of ours offered it: the name as typed stands.
        posted.poplist("on_roll")
    form = ConcernForm(posted, today=today(), choices={"on_roll": chosen})
    if request.form.get("do") == "find":
        return _found_on_roll(form)
    if form.accepted():
        response = write_once(form, lambda services: _recorded(services, form))
        if response is not None:
            return response
    if chosen:
        form.on_roll.choices = _answers(form.child_name.data)
    return _form_page(form)


@blueprint.get("/concerns")
@access(Permission.CONCERN_LIST_OWN)
def listed() -> str:
    """The school's concerns for a lead, unread and worst first; for anybody else, their own."""
    actor = current_actor()
    if not role_may(actor, Permission.CONCERN_LIST):
        with opening() as services:
            own = services.concern_lists.own(actor, before())
        return render_template("concerns/own.html", own=own, first_page=before() is None, states=_STATES)
    with opening() as services:
        unfinished = services.drafts.unfinished(current_author())
        shown = services.concern_lists.for_lead(actor, before())
    return render_template(
        "concerns/listed.html",
        shown=shown,
        unfinished=unfinished,
        first_page=before() is None,
        states=_STATES,
    )


@blueprint.get("/concerns/<uuid:concern_id>")
@access(Permission.CONCERN_OPEN)
def shown(concern_id: UUID) -> str:
    """One concern: for its recorder whom to ring and who has read it; for a lead what to do next."""
    actor = current_actor()
    with opening() as services:
        concern = services.concern_reading.open(actor, concern_id)
        now, directory = services.tools.clock.now(), services.directory
        code = school.authority_code(services.unit.session, actor.organisation_id)
        council = duty.authority(directory, code, now)
    details = [(addition, detail_told(addition.detail)) for addition in concern.additions]
    return render_template(
        "concerns/lead.html" if concern.can_match else "concerns/received.html",
        concern=concern,
        details=details,
        harm_now=any(told.harm_now for _addition, told in details),
        council=council,
        nobody=_nobody_read(concern, now),
        so_far=so_far(concern),
        name=child_name(concern.child) if concern.child else concern.words.child_name,
        age=child_age(concern.child, today()) if concern.child else "",
        state=label(concern.head.state),
    )


@blueprint.route("/concerns/<uuid:concern_id>/keep", methods=["GET", "POST"])
@access(Permission.CONCERN_KEEP)
def keep(concern_id: UUID) -> Response | str:
    """Decide, with a reason, that a concern stays in school."""
    if request.method == "GET":
        form = KeepForm(None, once_key=fresh_once_key(), saved=saved_words())
    else:
        form = KeepForm(request.form)
        if form.accepted():
            response = write_once(form, lambda services: _kept(services, concern_id, form))
            if response is not None:
                return response
    with opening() as services:
        concern = services.concern_reading.open(current_actor(), concern_id)
    form.version.data = concern.head.version if form.version.data is None else form.version.data
    return render_template("concerns/keep.html", form=form, concern=concern)


def _recorded(services: Services, form: ConcernForm) -> str:
    return url_for(".shown", concern_id=services.concerns.record(current_actor(), form.draft()))


def _kept(services: Services, concern_id: UUID, form: KeepForm) -> str:
    services.concerns.keep(current_actor(), concern_id, form.draft(), version=form.version.data)
    flash(_("Kept in school, with your reason."), "done")
    return url_for(".shown", concern_id=concern_id)


def _blank_or_restored() -> str:
    saved = saved_words()
    chosen, typed = (saved or {}).get("on_roll"), (saved or {}).get("child_name", [""])[0]
    choices = {"on_roll": _answers(typed) if chosen and typed else {}}
    form = ConcernForm(None, once_key=fresh_once_key(), today=today(), saved=saved, choices=choices)
    return _form_page(form, restored=saved is not None)


def _found_on_roll(form: ConcernForm) -> str:
    """Show the page again, everything typed still in it, with the children of that name to choose from."""
    typed = form.child_name.data
    if not typed.strip():
        form.refuse("child_name", _("Type a name, or part of one, and then look for it."))
        return _form_page(form)
    form.on_roll.choices = _answers(typed)
    return _form_page(form, looked=True)


def _answers(typed: str) -> dict[str, str]:
    found = on_roll(typed)
    return {**found, NOT_ON_ROLL: NOT_ON_ROLL_WORDS} if found else {}


def _chosen(said: str) -> dict[str, str]:
    """Return the one answer a page of ours may have posted; the service asks whether the child is ours."""
    if said == NOT_ON_ROLL:
        return {NOT_ON_ROLL: str(NOT_ON_ROLL_WORDS)}
    try:
        return {str(UUID(said)): ""}
    except ValueError:
        return {}


def _form_page(form: ConcernForm, *, restored: bool = False, looked: bool = False) -> str:
    return render_template("concerns/record.html", form=form, restored=restored, looked=looked)


def _nobody_read(concern: OpenConcern, now: datetime) -> bool:
    """Whether everybody who is told has had their time and nobody has read it."""
    exhausted_at = concern.alerted.exhausted_at
    return exhausted_at is not None and exhausted_at <= now

"""Moving a safety-plan meeting, or calling it off: with a reason that stays with its papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IllegalTransition, StaleVersion
from intake.forms.base import BaseForm
from intake.forms.meeting_change import CallOffForm, MoveForm
from intake.policy.permissions import Permission
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, opening, saved_words, write_once
from intake.views.guards import access
from intake.views.hub_words import hub_words
from intake.views.moved_on import CONFLICT
from intake.views.session import current_actor
from intake.vocabulary import MeetingState
from intake.words.child import child_name

blueprint = Blueprint("meeting_changes", __name__)
blueprint.context_processor(hub_words)


@blueprint.route("/meetings/<uuid:meeting_id>/move", methods=["GET", "POST"])
@access(Permission.MEETING_ARRANGE)
def move(meeting_id: UUID) -> Response:
    """Another time, or another place."""
    form: MoveForm = _form(MoveForm)

    def act(services: Services) -> None:
        services.meeting_changes.move(current_actor(), meeting_id, int(form.version.data), form.draft())

    done = _("The meeting is moved. Tell the people you asked: nothing is sent from here.")
    return _change(form, meeting_id, act, done, "meetings/move.html")


@blueprint.route("/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@access(Permission.MEETING_ARRANGE)
def call_off(meeting_id: UUID) -> Response:
    """Not held, and why."""
    form: CallOffForm = _form(CallOffForm)

    def act(services: Services) -> None:
        services.meeting_changes.call_off(current_actor(), meeting_id, int(form.version.data), form.draft())

    done = _("The meeting is called off. Tell the people you asked: nothing is sent from here.")
    return _change(form, meeting_id, act, done, "meetings/call_off.html")


def _form(kind: Callable[..., Any]) -> Any:  # noqa: ANN401 - a form of the kind that is given
    posted = request.form if request.method == "POST" else None
    saved = saved_words() if posted is None else None
    return kind(posted, once_key=fresh_once_key(), today=today(), saved=saved)


def _change(
    form: BaseForm[Any], meeting_id: UUID, act: Callable[[Services], None], done: str, template: str
) -> Response:
    """Ask, and keep what is answered; a change that came too late is said, with every word kept."""
    status = 200

    def acted(services: Services) -> str:
        act(services)
        return url_for("meetings.shown", meeting_id=meeting_id)

    if form.accepted():
        try:
            answer = write_once(form, acted)
        except (StaleVersion, IllegalTransition):
            answer, status = None, CONFLICT
            form.refuse("", _("Somebody changed this meeting while you were writing. See how it stands now."))
        if answer is not None:
            flash(done, "done")
            return answer
    with opening() as services:
        meeting = services.meeting_reading.read(current_actor(), meeting_id)
    if not form.submitted and meeting.state is not MeetingState.ARRANGED:
        flash(_("Only a meeting that is still to be held can be moved or called off."))
        return redirect(url_for("meetings.shown", meeting_id=meeting_id), 303)
    if not form.submitted or status == CONFLICT:
        form["version"].data = meeting.version
    return make_response(
        render_template(template, form=form, meeting=meeting, name=child_name(meeting.child)), status
    )

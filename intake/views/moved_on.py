"""When a colleague was quicker: said kindly, with who has it now, and nothing that was typed is lost."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from intake.forms.base import BaseForm, words_in
from intake.policy.permissions import Permission
from intake.services.hub_reading import HubHeader
from intake.views.desk import reading, writing
from intake.views.reception import page_path
from intake.views.session import current_actor, current_author
from intake.views.times import clock_time

CONFLICT = 409


def moved_on(referral_id: UUID) -> Response:
    """Answer a button that was pressed too late: who has the referral now, and the way back to it."""
    with reading() as services:
        header = services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_OPEN)
    return make_response(render_template("queue/moved_on.html", header=header), CONFLICT)


def keep_words(form: BaseForm[Any], referral_id: UUID) -> int:
    """Tell a form that lost a race what happened, carry the newest version, and seal its words as a draft.

    Returns the status with which the form is shown again.
    """
    with reading() as services:
        header = services.hub_reading.header(current_actor(), referral_id, Permission.REFERRAL_OPEN)
    with writing() as services:
        services.drafts.keep(current_author(), page_path(), words_in(request.form))
    form["version"].data = header.version
    form.refuse("", _what_happened(header))
    return CONFLICT


def _what_happened(header: HubHeader) -> str:
    if header.taken_by and not header.is_mine:
        said = _(
            "%(name)s took this at %(time)s, while you were writing. Your words are below, and kept as your"
            " draft. To send them, take the referral over first.",
            name=header.taken_by,
            time=clock_time(header.taken_at or header.received_at),
        )
    elif not header.is_mine:
        said = _(
            "Nobody has this now: it was handed back. Your words are below, and kept as your draft. To send"
            " them, take the referral first."
        )
    else:
        said = _(
            "This moved on while you were writing. Your words are below. Look at what happened since, and"
            " press again if they still hold."
        )
    return str(said)

"""A proposed change to the directory: what it would do, for whom and when, and the second person's answer."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.directory import ApproveForm, ReasonForm
from intake.policy.permissions import Permission
from intake.services.directory_changes import Preview
from intake.services.directory_check import check
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access, step_up
from intake.views.session import current_actor, workplace
from intake.words.directory import comparison_words
from intake.words.vocabulary import label

blueprint = Blueprint("directory_changes", __name__)


@blueprint.get("/directory/changes/<uuid:proposal_id>")
@access(Permission.DIRECTORY_PROPOSE)
def shown(proposal_id: UUID) -> str:
    """What a change would come to if it were approved now."""
    return _page(_preview(proposal_id))


@blueprint.post("/directory/changes/<uuid:proposal_id>/approve")
@step_up(Permission.DIRECTORY_APPROVE, page="directory_changes.shown")
def approve(proposal_id: UUID) -> Response | str:
    """Put a change in force, checked anew, exactly as it was shown."""
    actor, preview = current_actor(), _preview(proposal_id)
    form = ApproveForm(request.form)
    directory = preview.put.directory
    found = None if directory is None else check(directory, workplace().tools.clock.now())

    def act(services: Services) -> str:
        services.directory_changes.approve(
            actor, proposal_id, shown=form.shown.data, found=found, answer=form.draft()
        )
        return url_for("directory.shown")

    if form.accepted() and (done := write_once(form, act)) is not None:
        flash(_("Approved. It is in force from now on, for everybody."), "done")
        return done
    form.shown.data = preview.version
    return _page(preview, approving=form)


@blueprint.post("/directory/changes/<uuid:proposal_id>/refuse")
@access(Permission.DIRECTORY_PROPOSE, page="directory_changes.shown")
def refuse(proposal_id: UUID) -> Response | str:
    """Refuse a change with a reason, or withdraw one's own."""
    preview, form = _preview(proposal_id), ReasonForm(request.form)

    def act(services: Services) -> str:
        services.directory_changes.refuse(current_actor(), proposal_id, form.draft())
        return url_for("directory_changes.shown", proposal_id=proposal_id)

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return _page(preview, refusing=form)


def _preview(proposal_id: UUID) -> Preview:
    with reading() as services:
        return services.directory_changes.preview(current_actor(), proposal_id)


def _page(
    preview: Preview, *, approving: ApproveForm | None = None, refusing: ReasonForm | None = None
) -> str:
    now = workplace().tools.clock.now()
    approve_form = approving or ApproveForm(
        None, once_key=fresh_once_key(), saved=saved_words(), shown=preview.version
    )
    refuse_form = refusing or ReasonForm(None, once_key=fresh_once_key(), saved=saved_words())
    return render_template(
        "directory/proposal.html",
        preview=preview,
        said=[(each, comparison_words(each, now)) for each in preview.comparisons],
        form=refusing or approve_form,
        approve_form=approve_form,
        refuse_form=refuse_form,
        label=label,
    )

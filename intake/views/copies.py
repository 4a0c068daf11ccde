"""Copies for information: the list, and one to read; another service leads and decides."""

from uuid import UUID

from flask import Blueprint, render_template

from intake.policy.permissions import Permission
from intake.views.desk import opening, reading
from intake.views.guards import access
from intake.views.hub_page import hub_page
from intake.views.hub_words import hub_words
from intake.views.session import current_actor

blueprint = Blueprint("copies", __name__)
blueprint.context_processor(hub_words)


@blueprint.get("/copies")
@access(Permission.REFERRAL_READ_COPY)
def listed() -> str:
    """What this service was told for information, the last first."""
    with reading() as services:
        found = services.copies.listed(current_actor())
        names = {one.service_slug: services.directory.services.get(one.service_slug or "") for one in found}
    return render_template("copies/listed.html", copies=found, leads=names)


@blueprint.get("/copies/<uuid:copy_id>")
@access(Permission.REFERRAL_READ_COPY)
def shown(copy_id: UUID) -> str:
    """A referral as it was sent, and who leads it."""
    with opening() as services:
        page = hub_page(services.copies.read(current_actor(), copy_id), services)
    return render_template("copies/copy.html", page=page, reference=page.read.header.reference)

"""An address that is withheld: asked for with a reason, and shown in that answer only."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from intake.forms.withheld import AddressForm
from intake.policy.permissions import Permission
from intake.views.desk import reading, showing
from intake.views.guards import access
from intake.views.session import current_actor
from intake.vocabulary import SubjectKind

blueprint = Blueprint("withheld", __name__)


@blueprint.route("/queue/<uuid:referral_id>/address", methods=["GET", "POST"])
@access(Permission.REFERRAL_OPEN, keeps=False)
def of_referral(referral_id: UUID) -> str:
    """A duty worker must see the withheld address of a child who was referred."""
    return _page(SubjectKind.REFERRAL, referral_id, url_for("queue.shown", referral_id=referral_id))


@blueprint.route("/referrals/<uuid:referral_id>/address", methods=["GET", "POST"])
@access(Permission.REFERRAL_OPEN_SENT, keeps=False)
def of_sent(referral_id: UUID) -> str:
    """Somebody of the school must see the withheld address in what the school sent."""
    return _page(SubjectKind.REFERRAL, referral_id, url_for("referrals.shown", referral_id=referral_id))


@blueprint.route("/children/<uuid:child_file_id>/address", methods=["GET", "POST"])
@access(Permission.CHILD_OPEN, keeps=False)
def of_child(child_file_id: UUID) -> str:
    """A safeguarding lead must see the withheld address in a child's file."""
    return _page(
        SubjectKind.CHILD_FILE, child_file_id, url_for("children.shown", child_file_id=child_file_id)
    )


def _page(kind: SubjectKind, case_id: UUID, back: str) -> str:
    form = AddressForm(request.form if request.method == "POST" else None)
    card = None
    with reading() as services:
        subject = services.withheld.subject(current_actor(), kind, case_id)
    if form.accepted():
        with showing() as services:
            card = services.withheld.show(current_actor(), kind, case_id, form.draft())
    return render_template(
        "withheld/address.html", form=form, card=card, back=back, reference=subject.reference or None
    )

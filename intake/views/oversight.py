"""Where whoever watches over a service's work finds what waits for a review, and the rarer rooms."""

from flask import Blueprint, render_template

from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.views.desk import reading
from intake.views.guards import access
from intake.views.session import current_actor

blueprint = Blueprint("oversight", __name__)


@blueprint.get("/oversight")
@access(Permission.GLASS_REVIEW)
def shown() -> str:
    """What waits for a review first, then the rooms that are not entered every day."""
    actor = current_actor()
    with reading() as services:
        reviews = services.oversight.reviews(actor)
    return render_template(
        "oversight/shown.html",
        reviews=reviews,
        by_shift_code=actor.by_shift_code,
        sees_decoys=role_may(actor, Permission.DECOY_SEE),
        keeps_rota=role_may(actor, Permission.ROTA_KEEP),
        sets_limits=role_may(actor, Permission.LIMITS_SET),
    )

"""Passkeys: signing in with one, proving who one is, making one, and taking one away."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import Refused
from intake.forms.account import NewPasskeyForm
from intake.forms.sign_in import PasskeyForm
from intake.policy.permissions import Permission
from intake.services.other_ways import Comer
from intake.services.passkey_ceremony import Owner
from intake.services.recovery_codes import FreshCodes
from intake.services.sessions import Found
from intake.views import session
from intake.views.account import codes_page
from intake.views.asked import answered, ask, challenge_of
from intake.views.desk import reading, writing
from intake.views.guards import public, signed_in, step_up
from intake.views.reception import (
    admit,
    asked_to_wait,
    device,
    live_session,
    may_record,
    next_page,
    session_here,
    source,
)
from intake.vocabulary import SignInFailure
from intake.words.refusals import REFUSALS

blueprint = Blueprint("passkeys", __name__)

_USE, _MAKE = "passkey used", "passkey made"


@blueprint.route("/sign-in/passkey", methods=["GET", "POST"])
@public
def use() -> Response | str | tuple[str, int]:
    """Use a passkey: to sign in, or to prove once more who is signed in."""
    found = None if session_here() is None else live_session()
    form = PasskeyForm(request.form if request.method == "POST" else None)
    if form.accepted():
        challenge = challenge_of(answered(_USE))
        with writing() as services:
            comer = Comer(source(), device(), found)
            proof = services.other_ways.by_passkey(comer, challenge, form.draft())
        if proof.wait_seconds:
            return asked_to_wait(proof.wait_seconds, url_for("passkeys.use", next=next_page()))
        if proof.begun is not None:
            return admit(proof.begun)
        if proof.failure is SignInFailure.NO_ROLE:
            return render_template("sign_in/no_role.html"), 403
        form.refuse("", str(REFUSALS["passkey.not_right"]))
    asked = ask(_USE)
    with reading() as services:
        person_id = None if found is None else found.person_id
        options = services.passkeys.asking(challenge_of(asked), person_id)
    return render_template(
        "sign_in/passkey.html",
        form=form,
        options=options,
        next=next_page(),
        proving=found is not None,
        may_record=found is not None and may_record(found),
    )


@blueprint.route("/account/passkeys/new", methods=["GET", "POST"])
@signed_in
def new() -> Response | str:
    """Make a passkey on this device, or on one that is at hand."""
    found = live_session()
    with reading() as services:
        may, has = services.ways_in.may_change(found), services.ways_in.has_passkey(found.person_id)
        first = not services.ways_in.has_any(found.person_id)
    if not may:
        way = "passkeys.use" if has else "sign_in.second_factor"
        return redirect(url_for(way, next=url_for("passkeys.new", next=next_page())), 303)
    form = NewPasskeyForm(request.form if request.method == "POST" else None)
    if form.accepted():
        challenge, fresh = challenge_of(answered(_MAKE)), FreshCodes.make()
        try:
            with writing() as services:
                proof = services.passkeys.make(found, challenge, form.draft(), form.called(), fresh)
        except Refused as refusal:
            form.take(refusal, REFUSALS)
        else:
            assert proof.begun is not None  # noqa: S101 - what is wrong is refused
            session.begin(proof.begun.token)
            flash(_("Your passkey is ready. You can sign in with it from now on."), "done")
            if proof.codes:
                return codes_page(proof.codes, next_page())
            return redirect(next_page(), 303)
    return render_template(
        "account/passkey.html",
        form=form,
        options=_making(found),
        next=next_page(),
        required=found.needs_passkey,
        first=first,
        may_record=first and may_record(found),
    )


@blueprint.post("/account/passkeys/<uuid:passkey_id>/remove")
@step_up(Permission.ACCOUNT_OWN, page="account.shown")
def remove(passkey_id: UUID) -> Response:
    """Take away a passkey of one's own."""
    try:
        with writing() as services:
            services.passkeys.remove(live_session(), passkey_id)
    except Refused as refusal:
        flash(str(REFUSALS[refusal.message]), "warning")
    else:
        flash(_("The passkey is removed. It opens nothing here any more."), "done")
    return redirect(url_for("account.shown"), 303)


def _making(found: Found) -> str:
    with reading() as services:
        card = services.staff.card(found.person_id)
        owner = Owner(found.person_id, card.email, card.name)
        return services.passkeys.making(challenge_of(ask(_MAKE)), owner)

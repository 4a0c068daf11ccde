"""Single sign-on: on to the provider, back from it, and linking it to one's account."""

import hmac
from datetime import timedelta
from enum import StrEnum, unique
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import NotFound, Refused
from intake.forms.account import PressForm
from intake.ids import new_token
from intake.policy.permissions import Permission
from intake.services.identity_provider import Asking, Identity, Provider
from intake.services.other_ways import Comer
from intake.services.single_sign_on import Elsewhere
from intake.views.asked import answered, ask
from intake.views.desk import reading, writing
from intake.views.guards import access, public, step_up
from intake.views.reception import (
    LINK,
    admit,
    device,
    live_session,
    next_page,
    safe_page,
    session_here,
    source,
)
from intake.views.session import workplace
from intake.vocabulary import SignInFailure
from intake.words.refusals import REFUSALS

blueprint = Blueprint("single_sign_on", __name__)

_SIGN_IN: Final = "single sign-on"
_CONFIRM: Final = "single sign-on is mine"
#: Whoever signed in there longer ago than a working day signs in there again.
_WORKING_DAY: Final = timedelta(hours=12)
_NOW: Final = timedelta(0)
_WHY: Final = {
    SignInFailure.NO_SECOND_FACTOR: "single_sign_on.no_second_factor",
    SignInFailure.NOT_LATELY: "single_sign_on.not_lately",
}


@unique
class Errand(StrEnum):
    """What somebody is sent to the provider for."""

    ENTER = "enter"
    PROVE = "prove"
    INVITED = "invited"
    LINK = "link"


@blueprint.get("/sign-in/with/<string:provider>")
@public
def begin(provider: str) -> Response | tuple[str, int]:
    """Go and sign in with the provider; whoever is signed in here proves there once more who they are."""
    if "invited" in request.args and LINK in session:
        return _onward(provider, Errand.INVITED)
    return _onward(provider, _errand_here())


@blueprint.get("/account/with/<string:provider>")
@step_up(Permission.ACCOUNT_OWN, page="account.shown")
def link(provider: str) -> Response | tuple[str, int]:
    """Go and sign in with the provider, to link it to one's account.

    Whoever is asked for a second factor first comes back to their account and not here: no browser would
    follow a form on from us to the provider.
    """
    with reading() as services:
        services.ways_in.require_change(live_session())
    return _onward(provider, Errand.LINK)


@blueprint.get("/sign-in/with/<string:provider>/back")
@public
def back(provider: str) -> Response | str | tuple[str, int]:
    """Where the provider sends a browser back to, with a code for us to ask it with."""
    place, asked = _provider(provider), answered(_SIGN_IN)
    state = request.args.get("state", "").encode()
    if (
        asked is None
        or asked["provider"] != provider
        or not hmac.compare_digest(asked["challenge"].encode(), state)
    ):
        return _could_not(provider, "single_sign_on.not_right", _errand_here())
    asking = Asking(asked["challenge"], asked["nonce"], asked["verifier"])
    try:
        identity = place.identify(request.args.get("code", ""), asking, _address_back(provider))
        return _come_back(provider, identity, asked)
    except Refused as refusal:
        return _could_not(provider, refusal.message, Errand(asked["errand"]), asked["next"])


@blueprint.post("/account/with/<string:provider>/confirm")
@access(Permission.ACCOUNT_OWN, page="account.shown")
def confirm(provider: str) -> Response | str | tuple[str, int]:
    """Say that who was just signed in there is oneself."""
    form = PressForm(request.form)
    if not form.accepted():
        return _confirm_page(provider, form)
    asked = answered(_CONFIRM)
    if asked is None or asked["provider"] != provider:
        return _could_not(provider, "single_sign_on.not_right", Errand.LINK)
    try:
        with writing() as services:
            services.single_sign_on.link(live_session(), Elsewhere(provider, bytes.fromhex(asked["mac"])))
    except Refused as refusal:
        return _could_not(provider, refusal.message, Errand.LINK)
    name = _provider(provider).terms.name
    flash(_("Linked. You can sign in with %(provider)s from now on.", provider=name), "done")
    return redirect(url_for("account.shown"), 303)


@blueprint.post("/account/identities/<uuid:identity_id>/unlink")
@step_up(Permission.ACCOUNT_OWN, page="account.shown")
def unlink(identity_id: UUID) -> Response:
    """Unlink an identity of one's own."""
    try:
        with writing() as services:
            services.single_sign_on.unlink(live_session(), identity_id)
    except Refused as refusal:
        flash(str(REFUSALS[refusal.message]), "warning")
    else:
        flash(_("Unlinked. It opens nothing here any more."), "done")
    return redirect(url_for("account.shown"), 303)


def _errand_here() -> Errand:
    """Return what anybody goes to the provider for by themselves."""
    return Errand.ENTER if session_here() is None else Errand.PROVE


def _onward(provider: str, errand: Errand) -> Response | tuple[str, int]:
    """Send the browser to the provider, and remember what for.

    Whoever is signed in here signs in there anew: on a computer that is shared, somebody else may be still.
    """
    place, again = _provider(provider), session_here() is not None
    more = {"provider": provider, "errand": errand.value, "next": next_page()}
    asked = ask(_SIGN_IN, nonce=new_token(), verifier=new_token(), **more)
    asking = Asking(asked["challenge"], asked["nonce"], asked["verifier"])
    try:
        address = place.address(
            asking, _address_back(provider), max_age=_NOW if again else _WORKING_DAY, again=again
        )
    except Refused as refusal:
        return _could_not(provider, refusal.message, errand, asked["next"])
    return redirect(address, 303)


def _come_back(provider: str, identity: Identity, asked: dict[str, str]) -> Response | str | tuple[str, int]:
    """Do what the provider was asked for."""
    found = None if session_here() is None else live_session()
    state, errand, onward = asked["challenge"], Errand(asked["errand"]), safe_page(asked["next"])
    if errand is Errand.LINK and found is not None:
        with reading() as services:
            elsewhere = services.single_sign_on.elsewhere(provider, identity)
        ask(_CONFIRM, provider=provider, mac=elsewhere.mac.hex())
        return _confirm_page(provider, PressForm(None), identity.verified_email)
    comer = Comer(source(), device(), found)
    try:
        with writing() as services:
            ways = services.other_ways
            if errand is Errand.INVITED:
                code = str(session.get(LINK, ""))
                proof = ways.by_invitation(comer, state, provider, identity, code=code)
            else:
                proof = ways.by_identity(comer, state, provider, identity)
    except NotFound:
        return render_template("sign_in/link_used.html"), 404
    if proof.failure is SignInFailure.NO_ROLE:
        return render_template("sign_in/no_role.html"), 403
    if proof.begun is None:
        why = _WHY.get(proof.failure or SignInFailure.NOT_LINKED, "single_sign_on.not_linked")
        return _could_not(provider, why, errand, onward)
    return admit(proof.begun, to=onward)


def _confirm_page(provider: str, form: PressForm, address: str = "") -> str:
    """Return the page that asks whether that is oneself; the address is shown this once, and kept nowhere."""
    name = _provider(provider).terms.name
    return render_template("account/link.html", form=form, provider=provider, name=name, address=address)


def _could_not(provider: str, why: str, errand: Errand, onward: str = "/") -> tuple[str, int]:
    page = render_template(
        "sign_in/elsewhere.html",
        name=_provider(provider).terms.name,
        provider=provider,
        why=REFUSALS[why],
        errand=errand.value,
        next=onward,
    )
    return page, 403


def _provider(slug: str) -> Provider:
    try:
        return workplace().tools.providers[slug]
    except KeyError:
        raise NotFound from None


def _address_back(provider: str) -> str:
    return workplace().tools.public_url + url_for("single_sign_on.back", provider=provider)

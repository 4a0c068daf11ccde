"""One's own account: password, authenticator app, recovery codes, and where one is signed in."""

from uuid import UUID

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from intake.errors import Refused
from intake.forms.account import AppForm, ChangePasswordForm, HomePostcodeForm
from intake.policy.permissions import Permission
from intake.services.recovery_codes import FreshCodes
from intake.services.second_factor import Offer
from intake.services.sessions import Found
from intake.services.workplace import Services
from intake.views import session
from intake.views.desk import fresh_once_key, reading, saved_words, write_once, writing
from intake.views.guards import access, signed_in, step_up
from intake.views.reception import (
    admit,
    asked_to_wait,
    live_session,
    may_record,
    next_page,
    providers,
    reception,
    source,
)
from intake.words.refusals import REFUSALS
from intake.words.vocabulary import label

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@access(Permission.ACCOUNT_OWN)
def shown() -> str:
    """Everything a person may see and change about their own account."""
    found = live_session()
    with reading() as services:
        own = services.account.overview(found)
        enrolment = services.second_factor.standing(found.person_id)
        passkeys = services.passkeys.listed(found.person_id)
        identities = services.single_sign_on.listed(found.person_id)
        shift_code = services.giving_shift_codes.latest_of(found.person_id)
    linked = {identity.slug for identity in identities}
    return render_template(
        "account/shown.html",
        own=own,
        roles=[label(role) for role in own.roles],
        enrolment=enrolment,
        passkeys=passkeys,
        shift_code=shift_code,
        identities=identities,
        providers={slug: name for slug, name in providers().items() if slug not in linked},
        this_session=found.session_id,
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@access(Permission.ACCOUNT_OWN)
def password() -> Response | str:
    """A new password; every other session ends."""
    found = live_session()
    form = ChangePasswordForm(request.form if request.method == "POST" else None)
    if form.accepted():
        try:
            admission = reception().change_password(
                found, form.current_password.data, form.draft(), source=source()
            )
        except Refused as refusal:
            form.take(refusal, REFUSALS)
        else:
            if admission.begun is None:
                return asked_to_wait(admission.wait_seconds, url_for("account.password"))
            admit(admission.begun)
            flash(_("Your password is changed. You are signed out everywhere else."), "done")
            return redirect(url_for("account.shown"), 303)
    with reading() as services:
        email = services.staff.card(found.person_id).email
    return render_template("account/password.html", form=form, email=email)


@blueprint.route("/account/home", methods=["GET", "POST"])
@access(Permission.ACCOUNT_OWN)
def home() -> Response | str:
    """One's own home postcode: given so that nobody has to ask, or taken away."""
    found = live_session()

    def act(services: Services) -> str:
        services.account.give_home(found, form.postcode.data)
        return url_for("account.shown")

    with reading() as services:
        postcode = services.account.home(found)
    posted = request.form if request.method == "POST" else None
    form = HomePostcodeForm(
        posted,
        once_key=fresh_once_key(),
        saved=None if posted else saved_words(),
        postcode=postcode,
    )
    if form.accepted() and (answer := write_once(form, act)) is not None:
        flash(_("Your account is up to date."), "done")
        return answer
    return render_template("account/home.html", form=form)


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor() -> Response | str:
    """Set up an authenticator app, the first one or another in its place."""
    found = live_session()
    with reading() as services:
        may, enrolled = services.ways_in.may_change(found), services.ways_in.has_app(found.person_id)
    if not may:
        return redirect(url_for("sign_in.second_factor", next=request.full_path.rstrip("?")), 303)
    form = AppForm(request.form if request.method == "POST" else None)
    if form.accepted():
        fresh = FreshCodes.make()
        try:
            with writing() as services:
                proof = services.second_factor.enrol(found, form.secret_offer.data, form.draft(), fresh)
        except Refused as refusal:
            form.take(refusal, REFUSALS)
        else:
            assert proof.begun is not None  # noqa: S101 - a wrong code is refused
            session.begin(proof.begun.token)
            return codes_page(proof.codes, next_page())
    offer = _offer(found, form)
    return render_template(
        "account/second_factor.html",
        form=form,
        key=_in_fours(offer.secret),
        uri=offer.uri,
        square=_square(offer.uri),
        replaces=enrolled,
        next=next_page(),
        may_record=not enrolled and may_record(found),
    )


@blueprint.post("/account/recovery-codes")
@step_up(Permission.ACCOUNT_OWN, page="account.shown")
def recovery_codes() -> str:
    """Ten new recovery codes, shown once."""
    fresh = FreshCodes.make()
    with writing() as services:
        codes = services.second_factor.renew_codes(live_session(), fresh)
    return codes_page(codes, url_for("account.shown"))


@blueprint.post("/account/shift-code/end")
@access(Permission.ACCOUNT_OWN, page="account.shown")
def end_shift_code() -> Response:
    """End the code for one shift that a colleague gave one; whoever is in by it is signed out."""
    found = live_session()
    with writing() as services:
        services.shift_codes.end(found.person_id, by=found)
    flash(_("The code is ended. Whoever was in by it is signed out."), "done")
    return redirect(url_for("account.shown"), 303)


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@access(Permission.ACCOUNT_OWN, page="account.shown")
def end_session(session_id: UUID) -> Response:
    """Sign out somewhere else."""
    with writing() as services:
        services.account.end_session(live_session(), session_id)
    flash(_("You are signed out there."), "done")
    return redirect(url_for("account.shown"), 303)


@blueprint.post("/account/sessions/end-others")
@access(Permission.ACCOUNT_OWN, page="account.shown")
def end_other_sessions() -> Response:
    """Sign out everywhere but here."""
    with writing() as services:
        services.account.end_other_sessions(live_session())
    flash(_("You are signed out everywhere but here."), "done")
    return redirect(url_for("account.shown"), 303)


def codes_page(codes: tuple[str, ...], onward: str) -> str:
    """Return the page that shows recovery codes, this once."""
    return render_template("account/recovery_codes.html", codes=codes, onward=onward)


def _offer(found: Found, form: AppForm) -> Offer:
    """Return the secret this page showed already, so that a slip costs no new scan, or else a new one."""
    with reading() as services:
        email = services.staff.card(found.person_id).email
        try:
            offered = services.second_factor.offered(found, form.secret_offer.data)
        except Refused:
            offered = None
        offer = services.second_factor.offer(found, email, offered)
    form.secret_offer.data = offer.signed
    return offer


def _in_fours(secret: str) -> str:
    """Write a secret the way it is read aloud and typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _square(uri: str) -> Markup:
    """Return the square that a telephone's camera reads, as SVG that needs no style of its own."""
    drawn = segno.make(uri, micro=False).svg_inline(
        scale=5, border=4, light="#fff", dark="#000", title=_("Square to scan with your app")
    )
    return Markup(drawn)  # noqa: S704 - drawn by the library: the address stands in it as dots, not as words

"""Signing in, step by step, and signing out."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from intake.errors import NotFound, Refused
from intake.forms.sign_in import (
    CodeForm,
    LinkCodeForm,
    NewPasswordForm,
    OrganisationForm,
    RecoveryCodeForm,
    SignInForm,
)
from intake.services.second_factor import Proof
from intake.services.sessions import Found, Standing
from intake.services.sign_in import Attempt, Begun
from intake.services.ways_in import NextStep
from intake.views.desk import reading, writing
from intake.views.guards import choosing, public, signed_in
from intake.views.reception import (
    LINK,
    admit,
    asked_to_wait,
    device,
    live_session,
    may_record,
    next_page,
    onward,
    proved_lately,
    providers,
    reception,
    session_here,
    source,
)
from intake.views.session import end, found_session
from intake.words.refusals import REFUSALS

blueprint = Blueprint("sign_in", __name__)

_FEW_CODES = 3
#: Where somebody goes for whom there is no code to give: to use, or to set up, what they need.
_PAGES = {
    NextStep.USE_PASSKEY: "passkeys.use",
    NextStep.MAKE_PASSKEY: "passkeys.new",
    NextStep.SET_UP_APP: "account.second_factor",
}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def password() -> Response | str | tuple[str, int]:
    """An address and a password."""
    form = SignInForm(request.form if request.method == "POST" else None)
    here = found_session()
    if not form.submitted and here is not None and here.standing is Standing.LIVE:
        return onward(here)
    if form.accepted():
        email, secret = form.draft()
        admission = reception().sign_in(Attempt(email, secret, source(), device()), instead_of=session_here())
        if admission.wait_seconds:
            return asked_to_wait(admission.wait_seconds, url_for("sign_in.password", next=next_page()))
        if admission.begun is not None:
            return admit(admission.begun)
        if admission.no_role:
            return render_template("sign_in/no_role.html"), 403
        form.refuse("", _("The email address or the password is not right. Check both and try again."))
    return render_template("sign_in/password.html", form=form, next=next_page(), providers=providers())


@blueprint.post("/sign-out")
@public
def out() -> Response:
    """Sign out: the session ends here and not only in the browser."""
    found = found_session()
    if found is not None and found.standing is Standing.LIVE:
        with writing() as services:
            services.account.sign_out(found)
    end()
    flash(_("You are signed out."), "done")
    answer = redirect(url_for("sign_in.password"), 303)
    # Not the cookies: the one by which this browser is known stays, and the session's is a new one.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/sign-in/organisation", methods=["GET", "POST"])
@choosing
def organisation() -> Response | str:
    """Where a person with roles in several organisations is working now."""
    found = live_session()
    with reading() as services:
        places = services.account.places(found)
    if not places:
        return render_template("sign_in/no_role.html")
    form = OrganisationForm(
        request.form if request.method == "POST" else None,
        choices={"organisation": places},
        organisation=None if found.actor is None else found.actor.organisation_id,
    )
    if form.accepted():
        with writing() as services:
            begun = services.account.work_in(found, form.draft())
        return admit(begun)
    return render_template("sign_in/organisation.html", form=form, next=next_page())


@blueprint.route("/sign-in/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor() -> Response | str:
    """The code of the app; who has none yet is sent to set one up."""
    found = live_session()
    with reading() as services:
        step = services.ways_in.next_step(found)
        standing = services.second_factor.standing(found.person_id)
        has_passkey = services.ways_in.has_passkey(found.person_id)
        elsewhere = services.ways_in.elsewhere(found.person_id)
        has_shift_code = services.shift_codes.lasts_for(found)
    if step in _PAGES:
        return redirect(url_for(_PAGES[step], next=next_page()), 303)
    form = CodeForm(request.form if request.method == "POST" else None)
    if not form.submitted and step is NextStep.GO_ON:
        return redirect(next_page(), 303)
    if form.accepted():
        with writing() as services:
            proof = services.second_factor.prove(found, form.draft(), source=source())
        answer = _proved(proof)
        if answer is not None:
            return answer
        form.refuse("code", str(REFUSALS["second_factor.wrong_code"]))
    return render_template(
        "sign_in/second_factor.html",
        form=form,
        next=next_page(),
        again=found.second_factor and not proved_lately(found),
        not_enough=proved_lately(found),
        by_shift_code=found.by_shift_code,
        enrolled=standing.enrolled and step is not NextStep.CHOOSE,
        has_passkey=has_passkey,
        elsewhere=elsewhere,
        codes_left=standing.codes_left,
        has_shift_code=has_shift_code,
        may_record=may_record(found),
    )


@blueprint.route("/sign-in/recovery-code", methods=["GET", "POST"])
@signed_in
def recovery_code() -> Response | str:
    """A recovery code, or a code for one shift, in place of the app's."""
    found = live_session()
    form = RecoveryCodeForm(request.form if request.method == "POST" else None)
    if form.accepted():
        proof = reception().recover(found, form.draft(), source=source())
        answer = _proved(proof)
        if answer is not None:
            if proof.begun is not None and not proof.begun.found.by_shift_code:
                _say_how_many_are_left(found)
            return answer
        form.refuse(
            "code", _("This is not one of your codes, or you have used it before, or its shift is over.")
        )
    with reading() as services:
        has_shift_code = services.shift_codes.lasts_for(found)
        asks_at_desk = services.shift_codes.is_for(found) and not has_shift_code
    return render_template(
        "sign_in/recovery_code.html",
        form=form,
        next=next_page(),
        has_shift_code=has_shift_code,
        asks_at_desk=asks_at_desk,
        may_record=may_record(found),
    )


@blueprint.route("/welcome", methods=["GET", "POST"])
@public
def link() -> Response | str:
    """Where everybody comes who was handed a code to set a password: no address holds one of ours."""
    form = LinkCodeForm(request.form if request.method == "POST" else None)
    if form.accepted():
        code = form.draft()
        taken = reception().take_code(code, source=source())
        if taken.wait_seconds:
            return asked_to_wait(taken.wait_seconds, url_for("sign_in.link"))
        if taken.right:
            session[LINK] = code
            return redirect(url_for("sign_in.first_password"), 303)
        form.refuse("code", _("This code does not work. Check each letter, or ask for a new code."))
    return render_template("sign_in/link.html", form=form)


@blueprint.get("/welcome/<string:token>")
@public
def old_link(token: str) -> tuple[str, int]:  # noqa: ARG001 - a secret in an address is not looked at
    """Where links led when their address held the secret: to be told to ask for a code."""
    return render_template("sign_in/link_used.html"), 404


@blueprint.route("/welcome/password", methods=["GET", "POST"])
@public
def first_password() -> Response | str | tuple[str, int]:
    """Choose a password, with the code of a one-time link."""
    code = str(session.get(LINK, ""))
    form = NewPasswordForm(request.form if request.method == "POST" else None)
    try:
        if form.accepted():
            return _welcome(reception().first_password(code, form.draft(), device=device()))
    except Refused as refusal:
        form.take(refusal, REFUSALS)
    except NotFound:
        return render_template("sign_in/link_used.html"), 404
    try:
        invited = reception().invited(code)
    except NotFound:
        return render_template("sign_in/link_used.html"), 404
    return render_template(
        "sign_in/first_password.html", form=form, email=invited.email, providers=providers()
    )


def _welcome(begun: Begun) -> Response:
    answer = admit(begun)
    flash(_("Your password is set. You sign in with it from now on."), "done")
    return answer


def _proved(proof: Proof) -> Response | None:
    """Return where a right code leads, or where one that came too soon does; None where it was wrong."""
    if proof.wait_seconds:
        return asked_to_wait(proof.wait_seconds, url_for("sign_in.second_factor", next=next_page()))
    return None if proof.begun is None else admit(proof.begun)


def _say_how_many_are_left(found: Found) -> None:
    with reading() as services:
        left = services.second_factor.standing(found.person_id).codes_left
    said = ngettext("You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", left)
    more = _("Get new ones on the page of your account.") if left <= _FEW_CODES else ""
    flash(f"{said} {more}".strip(), "warning")

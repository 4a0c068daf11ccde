"""The administrator's list of people: accounts, roles, one-time links, and signing somebody out."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.forms.people import TURNS, DetailsForm, PersonForm, RoleForm, roles_of
from intake.forms.second_person import WhyForm
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.one_time_links import Link
from intake.services.people import Colleague
from intake.services.workplace import Services
from intake.views.desk import fresh_once_key, reading, saved_words, write_once, writing
from intake.views.guards import access
from intake.views.session import current_actor, workplace
from intake.vocabulary import ROLES_BY_TWO, Role
from intake.words.second_person import asked_for
from intake.words.vocabulary import label

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
@access(Permission.PEOPLE_MANAGE)
def listed() -> str:
    """Everybody with an account in the organisation, and what they are."""
    with reading() as services:
        people = services.people.listed(current_actor())
    return render_template("people/listed.html", people=people, label=label)


@blueprint.route("/people/new", methods=["GET", "POST"])
@access(Permission.PEOPLE_MANAGE)
def new() -> Response | str:
    """Give somebody an account."""
    actor = current_actor()
    form = PersonForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words(),
        choices={"roles": roles_of(actor.organisation_kind)},
    )

    def act(services: Services) -> str:
        return url_for("people.shown", person_id=services.people.add(actor, form.person(), form.why.data))

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return render_template("people/new.html", form=form)


@blueprint.get("/people/<uuid:person_id>")
@access(Permission.PEOPLE_MANAGE)
def shown(person_id: UUID) -> str:
    """One person's account."""
    person = _colleague(person_id)
    return _page(person, _role_form(person, posted=False))


@blueprint.route("/people/<uuid:person_id>/details", methods=["GET", "POST"])
@access(Permission.PEOPLE_MANAGE)
def details(person_id: UUID) -> Response | str:
    """Put a name, post, address or number right."""
    actor, person = current_actor(), _colleague(person_id)
    card = person.card
    form = DetailsForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words(),
        version=person.account.card_version,
        name=card.name,
        email=card.email,
        post=card.post,
        phone=card.phone,
    )

    def act(services: Services) -> str:
        services.people.change(actor, person_id, form.draft(), version=form.version.data)
        return url_for("people.shown", person_id=person_id)

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return render_template("people/details.html", form=form, person=person)


@blueprint.post("/people/<uuid:person_id>/roles")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def give_role(person_id: UUID) -> Response | str:
    """Give somebody one more role, or a deputy another turn."""
    actor, person = current_actor(), _colleague(person_id)
    form = _role_form(person, posted=True)

    def act(services: Services) -> str:
        services.people.give(actor, person_id, form.draft(), form.why.data)
        return url_for("people.shown", person_id=person_id)

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return _page(person, form)


@blueprint.post("/people/<uuid:person_id>/roles/<uuid:membership_id>/end")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def end_role(person_id: UUID, membership_id: UUID) -> Response:
    """End a role from now on."""
    with writing() as services:
        services.people.end_role(current_actor(), person_id, membership_id)
    return _done(person_id, _("The role is ended."))


@blueprint.post("/people/<uuid:person_id>/link")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def make_link(person_id: UUID) -> str:
    """Make a one-time link and show its code, this once."""
    with writing() as services:
        link = services.people.make_link(current_actor(), person_id)
    return shown_once(link, _colleague(person_id))


@blueprint.route("/people/<uuid:person_id>/new-link", methods=["GET", "POST"])
@access(Permission.PEOPLE_MANAGE)
def ask_link(person_id: UUID) -> Response | str:
    """Ask for a link by which somebody chooses a password, where one administrator makes none alone."""
    return _asked(
        person_id,
        _("Ask for a new code"),
        lambda services, why: services.people.ask_link(*_who(person_id), why),
    )


@blueprint.route("/people/<uuid:person_id>/reopening", methods=["GET", "POST"])
@access(Permission.PEOPLE_MANAGE)
def ask_reopening(person_id: UUID) -> Response | str:
    """Ask for a closed account to be opened again."""
    return _asked(
        person_id,
        _("Ask to open the account again"),
        lambda services, why: services.people.ask_reopening(*_who(person_id), why),
    )


@blueprint.post("/people/<uuid:person_id>/sign-out")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def sign_out(person_id: UUID) -> Response:
    """Sign somebody out everywhere."""
    with writing() as services:
        services.people.end_sessions(current_actor(), person_id)
    return _done(person_id, _("They are signed out everywhere."))


@blueprint.post("/people/<uuid:person_id>/close")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def close(person_id: UUID) -> Response:
    """Close an account: nobody can sign in to it."""
    with writing() as services:
        services.people.disable(current_actor(), person_id)
    return _done(person_id, _("The account is closed, and they are signed out everywhere."))


@blueprint.post("/people/<uuid:person_id>/reopen")
@access(Permission.PEOPLE_MANAGE, page="people.shown")
def reopen(person_id: UUID) -> Response:
    """Open a closed account again."""
    with writing() as services:
        services.people.enable(current_actor(), person_id)
    return _done(person_id, _("The account is open again."))


def shown_once(link: Link, person: Colleague) -> str:
    """Return the page that shows a link's code, this once, to whoever hands it over; the address apart."""
    address = workplace().tools.public_url + url_for("sign_in.link")
    return render_template("people/link.html", person=person, address=address, link=link)


def _who(person_id: UUID) -> tuple[Actor, UUID]:
    return current_actor(), person_id


def _asked(person_id: UUID, title: str, ask: Callable[[Services, str], UUID]) -> Response | str:
    """Ask a second administrator, with a reason, for what one may not do alone."""
    person, posted = _colleague(person_id), request.form if request.method == "POST" else None
    form = WhyForm(posted, once_key=fresh_once_key(), saved=saved_words())

    def act(services: Services) -> str:
        return url_for("second_person.shown", request_id=ask(services, form.draft()))

    if form.accepted() and (done := write_once(form, act)) is not None:
        return done
    return render_template("people/ask.html", form=form, person=person, title=title, action=request.path)


def _colleague(person_id: UUID) -> Colleague:
    with reading() as services:
        return services.people.open(current_actor(), person_id)


def _role_form(person: Colleague, *, posted: bool) -> RoleForm:
    """Return the question which other role to give; a deputy may be given another turn."""
    held = {role.role for role in person.account.roles} - {Role.DEPUTY_LEAD}
    others = {
        role: name for role, name in roles_of(current_actor().organisation_kind).items() if role not in held
    }
    return RoleForm(
        request.form if posted else None,
        once_key=fresh_once_key(),
        saved=saved_words(),
        choices={"role": others},
    )


def _page(person: Colleague, form: RoleForm) -> str:
    with reading() as services:
        waiting = services.second_person.about(current_actor(), person.account.id)
        link_takes_two = services.people.link_takes_two(*_who(person.account.id))
    return render_template(
        "people/shown.html",
        person=person,
        form=form,
        waiting=waiting,
        asked_for=asked_for,
        by_two=any(held.role in ROLES_BY_TWO for held in person.account.roles),
        link_takes_two=link_takes_two,
        label=label,
        turns=TURNS,
    )


def _done(person_id: UUID, words: str) -> Response:
    flash(words, "done")
    return redirect(url_for("people.shown", person_id=person_id), 303)

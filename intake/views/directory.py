"""The directory on screen: as it is in force, its history, and the forms that propose a change to it."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from intake.errors import NotFound, Refused
from intake.forms.directory import FORMS, ChangeForm, FileForm, ReasonForm
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.routing.directory import Directory, Service
from intake.routing.directory_folder import directory_of
from intake.routing.toml_table import DataFault
from intake.services.directory_check import check
from intake.services.directory_versions import Texts
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, reading, saved_words, write_once
from intake.views.guards import access
from intake.views.session import current_actor, workplace
from intake.vocabulary import DirectoryChange
from intake.words.hours import week_words
from intake.words.refusals import refusal
from intake.words.vocabulary import label

blueprint = Blueprint("directory", __name__)

_CHANGE = f"<any({', '.join(DirectoryChange)}):change>"


@blueprint.get("/directory")
@access(Permission.DIRECTORY_VIEW)
def shown() -> str:
    """Everything in force, what its check found, and what waits for approval."""
    actor = current_actor()
    may_propose = role_may(actor, Permission.DIRECTORY_PROPOSE)
    with reading() as services:
        directory = services.directory
        found = services.directory_checks.of(directory.version)
        waiting = services.directory_changes.listed(actor, waiting=True) if may_propose else ()
    return render_template(
        "directory/shown.html",
        directory=directory,
        councils=sorted(directory.authorities.values(), key=lambda each: each.name),
        others=[service for service in directory.services.values() if not service.covers],
        hours=lambda service: _hours(directory, service),
        found=found,
        waiting=waiting,
        may_propose=may_propose,
        label=label,
    )


@blueprint.get("/directory/services/<string:slug>")
@access(Permission.DIRECTORY_PROPOSE)
def service(slug: str) -> str:
    """One service, and what may be said of it anew."""
    with reading() as services:
        directory = services.directory
    found = _service(directory, slug)
    return render_template(
        "directory/service.html",
        service=found,
        hours=_hours(directory, found),
        label=label,
        changes=tuple(DirectoryChange),
    )


@blueprint.route(f"/directory/services/<string:slug>/{_CHANGE}", methods=["GET", "POST"])
@access(Permission.DIRECTORY_PROPOSE)
def change(slug: str, change: str) -> Response | str:
    """Propose one of the changes that have a form of their own."""
    kind = DirectoryChange(change)
    with reading() as services:
        directory = services.directory
        found = _service(directory, slug)
        texts = services.directory_versions.texts(directory.version)
        organisation = services.staff.organisation(current_actor().organisation_id)
    form = _form(kind, found, organisation)
    if form.accepted():
        changed = _changed(form, texts, slug)
        if changed is not None and (done := _propose(form, directory.version, changed)) is not None:
            return done
    return render_template("directory/change.html", form=form, kind=kind, service=found, title=label(kind))


@blueprint.route("/directory/file", methods=["GET", "POST"])
@access(Permission.DIRECTORY_PROPOSE)
def file() -> Response | str:
    """Propose a whole file as text; with the name of one in the address, that one to begin with."""
    with reading() as services:
        in_force = services.directory.version
        texts = services.directory_versions.texts(in_force)
    name = request.args.get("name", "")
    form = FileForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        saved=saved_words(),
        base=in_force,
        name=name,
        text=_begun(texts).get(name, ""),
    )
    if form.accepted():
        base, taken_from = _base(form.base.data, in_force)
        changed = {**taken_from, form.name.data: form.text.data}
        if (done := _propose(form, base, changed)) is not None:
            return done
    return render_template("directory/file.html", form=form, names=sorted(texts))


@blueprint.get("/directory/versions")
@access(Permission.DIRECTORY_PROPOSE)
def versions() -> str:
    """Every version that was ever in force, who proposed and approved it, and what was refused."""
    actor = current_actor()
    with reading() as services:
        listed = services.directory_history.listed(actor)
        decided = services.directory_changes.listed(actor, waiting=False)
    return render_template("directory/versions.html", listed=listed, decided=decided, label=label)


@blueprint.get("/directory/versions/<int:seq>")
@access(Permission.DIRECTORY_PROPOSE)
def version(seq: int) -> str:
    """One version: what it changed, what its check found, and its files."""
    with reading() as services:
        opened = services.directory_history.open(current_actor(), seq)
    return render_template("directory/version.html", opened=opened, label=label)


def _service(directory: Directory, slug: str) -> Service:
    found = directory.services.get(slug)
    if found is None:
        raise NotFound
    return found


def _hours(directory: Directory, service: Service) -> tuple[str, ...]:
    authority = next(iter(sorted(service.covers)), "")
    return week_words(service, directory, directory.named(authority).nation, today())


def _form(kind: DirectoryChange, service: Service, organisation: str) -> ChangeForm:
    numbers = {phone.number: phone.number for phone in service.phones}
    filled: dict[DirectoryChange, dict[str, Any]] = {
        DirectoryChange.NUMBER: {"choices": {"number": numbers}, "number": service.phones[0].number},
        DirectoryChange.CHECKED: {
            "choices": {"number": numbers},
            "number": service.phones[0].number,
            "checked_on": today(),
            "checked_by": organisation,
        },
    }
    posted = request.form if request.method == "POST" else None
    known = filled.get(kind, {})
    return FORMS[kind](posted, once_key=fresh_once_key(), today=today(), saved=saved_words(), **known)


def _changed(form: ChangeForm, texts: Texts, slug: str) -> dict[str, str] | None:
    try:
        return form.texts(texts, slug)
    except Refused as refused:
        form.refuse(refused.field, str(refusal(refused.message)))
        return None


def _propose(form: ReasonForm, base: str, texts: Texts) -> Response | None:
    """Read and check the texts outside any write, and propose them; a fault is said beside its box."""
    try:
        directory = directory_of(texts)
    except DataFault as fault:
        about = form.ABOUT if isinstance(form, ChangeForm) else {"": "text"}
        form.refuse(about.get(fault.at.rpartition(".")[2], about.get("", "")), str(fault))
        return None
    found = check(directory, workplace().tools.clock.now())

    def act(services: Services) -> str:
        proposal_id = services.directory_changes.propose(current_actor(), base, texts, found, form.draft())
        return url_for("directory_changes.shown", proposal_id=proposal_id)

    return write_once(form, act)


def _begun(texts: Texts) -> Texts:
    """Return the texts to begin from: those in force, or somebody's change that is to be written again."""
    again = request.args.get("again", "")
    if not again:
        return texts
    with reading() as services:
        waiting = services.directory_changes.listed(current_actor(), waiting=True)
        mine = next((each.card.version for each in waiting if str(each.card.id) == again), None)
        return texts if mine is None else services.directory_versions.texts(mine)


def _base(named: str, in_force: str) -> tuple[str, Texts]:
    """Return the version a file was taken from, where the page named one that was in force."""
    with reading() as services:
        known = {each.card.version for each in services.directory_history.listed(current_actor())}
        base = named if named in known else in_force
        return base, services.directory_versions.texts(base)

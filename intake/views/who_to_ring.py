"""Whom to ring, without recording anything: a postcode or a council in, numbers out, and nothing kept."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.calendars.local_time import to_local
from intake.forms.ringing import RingForm
from intake.queries import duty
from intake.routing.directory import Authority, Directory, Phone, Provenance, Service
from intake.routing.engine import route
from intake.routing.places import AuthorityName, in_authority
from intake.routing.question import Question
from intake.views.desk import reading
from intake.views.reception import source
from intake.views.ringing import Ring, rings
from intake.views.session import workplace
from intake.views.turnstile import Turnstile
from intake.words.hours import week_words
from intake.words.routing import EVERYWHERE, begun, number_told, why_asked

_TOO_OFTEN = 429
_TURNSTILE = "turnstile"


@dataclass(frozen=True, slots=True)
class CardNumber:
    """One number on the card: how far it can be relied on, whether it is everywhere's, its source."""

    number: str
    told: str
    everywhere: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CardLine:
    """One service as it stands on the card for the wall."""

    name: str
    numbers: tuple[CardNumber, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Whom to ring for one council: now, in order, and the card that holds for longer."""

    council: AuthorityName
    listed: bool
    rings: tuple[Ring, ...]
    card: tuple[CardLine, ...]
    version: str
    at: datetime


def asked() -> Response | str:
    """The page as it is asked for by address: the question, or the answer for a council."""
    directory, now = workplace().directory_at_hand(), workplace().tools.clock.now()
    code = request.args.get("council", "")
    if code in directory.authorities or code in directory.gazetteer.names:
        return render_template("home/ring_council.html", answered=_answered(directory, code, now))
    return _page(directory, RingForm(None), ())


def looked_up() -> Response | str:
    """What a postcode says: the way to its council's page, or which councils it may be in."""
    directory, form = workplace().directory_at_hand(), RingForm(request.form)
    if not _turnstile().lets_in(source()):
        form.refuse(
            "",
            _("Many postcodes were looked up from your network just now. Choose the council below instead."),
        )
        return make_response(_page(directory, form, ()), _TOO_OFTEN)
    if not form.accepted():
        return _page(directory, form, ())
    with reading() as services:
        located = services.routing.locate(form.draft())
    if located.authority is None:
        form.refuse("postcode", why_asked(located))
        return _page(directory, form, located.candidates)
    if located.terminated_on is not None:
        flash(_("That postcode is no longer in use. Check the address."), "warning")
    return redirect(url_for("home.who_to_ring", council=located.authority.code), 303)


def _page(directory: Directory, form: RingForm, candidates: tuple[AuthorityName, ...]) -> str:
    councils = sorted(directory.authorities.values(), key=lambda each: each.name)
    return render_template(
        "home/who_to_ring.html",
        form=form,
        councils=councils,
        candidates=candidates,
        police=directory.police_anywhere,
        emergency=directory.emergency,
        support=duty.support(directory),
    )


def _answered(directory: Directory, code: str, now: datetime) -> Answered:
    decision = route(Question(home=in_authority(code), at=now), directory)
    authority = directory.authority(code)
    return Answered(
        council=directory.named(code),
        listed=authority is not None,
        rings=rings(decision),
        card=tuple(_card(directory, authority, now)) if authority else (),
        version=directory.version,
        at=now,
    )


def _card(directory: Directory, authority: Authority, now: datetime) -> list[CardLine]:
    listed = (*directory.duty_services(authority.code, now), directory.police(authority))
    return [_line(directory, authority, service, now) for service in listed]


def _line(directory: Directory, authority: Authority, service: Service, now: datetime) -> CardLine:
    phones = (service.phone_at(now), *service.other_phones_at(now))
    return CardLine(
        name=service.name,
        numbers=tuple(map(_number, phones)),
        hours=week_words(service, directory, authority.nation, to_local(now).date()),
    )


def _number(phone: Phone) -> CardNumber:
    told = number_told(phone.number, phone.provenance.checked_on, unverified=phone.unverified)
    return CardNumber(phone.number, begun(told), phone.number in EVERYWHERE, phone.provenance)


def _turnstile() -> Turnstile:
    kept = current_app.extensions.setdefault(_TURNSTILE, Turnstile(workplace().tools.clock))
    assert isinstance(kept, Turnstile)  # noqa: S101 - nobody else keeps anything under this name
    return kept

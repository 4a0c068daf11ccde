"""Building a referral from a concern, and the last look before it is sent."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.casework.completeness import referral_warnings
from intake.casework.documents.child import ChildCard
from intake.casework.drafts import ReferralDraft
from intake.casework.names import given_and_family, mentions
from intake.errors import NotFound, Refused
from intake.forms.base import words_in
from intake.forms.referral import OTHER_COUNCIL, UNKNOWN_COUNCIL, ReferralForm, SendForm
from intake.policy.permissions import Permission
from intake.services.referral_building import Offered, Starting
from intake.services.routing_desk import Routed
from intake.services.workplace import Services
from intake.views.asking import today
from intake.views.desk import fresh_once_key, opening, reading, saved_words, write_once, writing
from intake.views.drafts import keep_for_later
from intake.views.guards import access
from intake.views.ringing import rings
from intake.views.session import current_actor, current_author
from intake.views.times import short_date
from intake.vocabulary import PlaceKind
from intake.words.home import home_council
from intake.words.receiving import who_receives
from intake.words.refusals import refusal
from intake.words.routing import which_council
from intake.words.vocabulary import label

blueprint = Blueprint("referral_new", __name__)

Words = Mapping[str, Sequence[str]]


@blueprint.route("/referrals/new", methods=["GET", "POST"])
@access(Permission.REFERRAL_SUBMIT)
def fill() -> Response | str:
    """Everything a duty worker needs; what is typed is kept as a draft until it is sent."""
    concern_id = _concern_id()
    if request.form.get("do") == "save":
        return keep_for_later()
    with opening() as services:
        offered = services.referral_building.offer(current_actor(), concern_id)
        choices = _choices(services, offered)
        starting = services.referral_building.start(current_actor(), concern_id)
    saved = saved_words() if request.method == "GET" else None
    form = ReferralForm(
        request.form if request.method == "POST" else None,
        once_key=fresh_once_key(),
        today=today(),
        saved=saved,
        choices=choices,
        **_known(starting, offered),
    )
    if form.accepted() and _council_is_clear(form):
        with writing() as services:
            services.drafts.keep(current_author(), _path(concern_id), words_in(request.form))
        return redirect(url_for(".check", concern=concern_id), 303)
    return render_template(
        "referrals/new.html",
        form=form,
        starting=starting,
        here=_path(concern_id),
        restored=saved is not None,
        alike=_alike(f"{_written(starting)}\n{form.written()}", form, offered),
    )


@blueprint.route("/referrals/new/check", methods=["GET", "POST"])
@access(Permission.REFERRAL_SUBMIT)
def check() -> Response | str:
    """Who will receive it, why, and whether they are there; all that was typed; and the button to send it."""
    concern_id = _concern_id()
    send = SendForm(request.form if request.method == "POST" else None, once_key=fresh_once_key())
    if send.accepted():
        response = write_once(send, lambda services: _sent(services, concern_id, send))
        if response is not None:
            return response
    with reading() as services:
        offered = services.referral_building.offer(current_actor(), concern_id)
        form = _kept_form(services, concern_id, offered)
        if form is None:
            return redirect(_path(concern_id), 303)
        draft = _draft(form, concern_id)
        routed = services.referrals.preview(current_actor(), draft)
    send.shown.data = _mark(draft, routed)
    return _check_page(send, form, draft, routed, _alike(form.written(), form, offered))


def _check_page(
    send: SendForm, form: ReferralForm, draft: ReferralDraft, routed: Routed, alike: Sequence[str]
) -> str:
    decision, concern_id = routed.decision, draft.concern_ids[0]
    return render_template(
        "referrals/check.html",
        form=send,
        answers=form,
        draft=draft,
        decision=decision,
        sentences=who_receives(decision),
        rings=rings(decision),
        warnings=[refusal(objection.code) for objection in referral_warnings(draft)],
        clock=routed.clock,
        council=home_council(decision),
        found=_found(form),
        caring=_caring(form),
        alike=alike,
        receives=routed.hub_id is not None,
        copied=bool(routed.copy_ids),
        read_later=decision.read_by if decision.read_by and decision.read_by > decision.at else None,
        back=_path(concern_id),
        here=url_for(".check", concern=concern_id),
        label=label,
    )


def _sent(services: Services, concern_id: UUID, send: SendForm) -> str:
    """Send what waits as a draft, if it is still what the sender was shown. Raises `Refused`."""
    # Asked first: a concern that is not the sender's answers here as one that does not exist.
    offered = services.referral_building.offer(current_actor(), concern_id)
    form = _kept_form(services, concern_id, offered)
    if form is None:
        raise Refused("", "referral.changed_meanwhile")
    draft = _draft(form, concern_id)
    if send.shown.data != _mark(draft, services.referrals.preview(current_actor(), draft)):
        raise Refused("", "referral.changed_meanwhile")
    referral_id = services.referrals.submit(current_actor(), draft)
    if not services.drafts.let_go(current_author(), _path(concern_id)):
        # It was sent from another tab at this very moment: this one is not kept.
        raise Refused("", "referral.changed_meanwhile")
    return url_for("referrals.shown", referral_id=referral_id)


def _kept_form(services: Services, concern_id: UUID, offered: Offered) -> ReferralForm | None:
    """Return the form that waits as a draft, or None where there is none or it lacks an answer by now."""
    saved = services.drafts.find(current_author(), _path(concern_id))
    if saved is None:
        return None
    form = ReferralForm(None, today=today(), saved=saved, choices=_choices(services, offered))
    return form if form.validate() else None


def _draft(form: ReferralForm, concern_id: UUID) -> ReferralDraft:
    draft = form.draft()
    return replace(draft, concern_ids=(concern_id, *draft.concern_ids))


def _mark(draft: ReferralDraft, routed: Routed) -> str:
    """Return a short mark of what was shown: the words, and who would receive them."""
    shown = repr((draft, routed.decision.lead, routed.hub_id, routed.copy_ids))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _council_is_clear(form: ReferralForm) -> bool:
    """Ask which council it is where a postcode may be in several; 'I do not know' is an answer."""
    at_home = form.home_postcode.data if form.home.data is PlaceKind.KNOWN else ""
    asked = (("home_council", at_home), ("now_council", form.now_postcode.data))
    # Each is asked about at once, so that nobody goes round twice.
    clear = [_is_clear(form, council, postcode) for council, postcode in asked]
    return all(clear)


def _is_clear(form: ReferralForm, council: str, postcode: str) -> bool:
    if form[council].data or not postcode.strip():
        return True
    with reading() as services:
        located = services.routing.locate(postcode)
    if located.authority is None:
        form.refuse(council, which_council(located))
    return located.authority is not None


def _choices(services: Services, offered: Offered) -> dict[str, Mapping[Any, str]]:
    councils = {council.code: council.name for council in services.routing.all_councils()}
    elsewhere = {
        OTHER_COUNCIL: str(_("Another council, not in this list")),
        UNKNOWN_COUNCIL: str(_("I do not know")),
    }
    return {
        "home_council": {**councils, **elsewhere},
        "now_council": {**councils, **elsewhere},
        "care_council": {**councils, **elsewhere},
        "more_concerns": {
            other.id: _(
                "%(reference)s, recorded on %(day)s",
                reference=other.reference,
                day=short_date(other.recorded_at),
            )
            for other in offered.others
        },
        "named_staff": {
            person_id: f"{card.name}, {card.post}" if card.post else card.name
            for person_id, card in offered.colleagues
        },
    }


def _found(form: ReferralForm) -> str:
    """Name the council the child is in now, where the sender said that it is another."""
    chosen = form.now_council.data
    if chosen == OTHER_COUNCIL:
        return str(_("In the area of another council, not in our list"))
    if chosen in {None, UNKNOWN_COUNCIL}:
        return ""
    return str(_("In the area of %(council)s", council=form.now_council.choices[chosen]))


def _caring(form: ReferralForm) -> str:
    """Name the council that looks after the child, where the sender said that one does."""
    chosen = form.care_council.data
    if chosen in {OTHER_COUNCIL, UNKNOWN_COUNCIL}:
        return str(
            _("Another council, not in our list")
            if chosen == OTHER_COUNCIL
            else _("Yes, but not known which")
        )
    return "" if chosen is None else str(form.care_council.choices[chosen])


def _written(starting: Starting) -> str:
    """Return what the concern says in words, to look for names in."""
    said = [starting.concern.words.happened]
    for detail in starting.concern.details:
        said += [detail.done_so_far, detail.anything_else, *(one.answer for one in detail.follow_ups)]
    return "\n".join(said)


def _alike(text: str, form: ReferralForm, offered: Offered) -> tuple[str, ...]:
    """Name the colleagues a text may speak of who are not ticked: the sender is asked, nothing is decided."""
    ticked = set(form.named_staff.data)
    others = (card.name for person_id, card in offered.colleagues if person_id not in ticked)
    return tuple(name for name in others if mentions(text, name))


def _known(starting: Starting, offered: Offered) -> dict[str, object]:
    """Return what the school knows already, to be checked and not typed again."""
    concern, card = starting.concern, starting.child
    as_written = dict(
        zip(("given_name", "family_name"), given_and_family(concern.words.child_name), strict=True)
    )
    return {
        **({} if card is None else _of_card(card)),
        **({} if card is not None and card.full_name.strip() else as_written),
        "danger_now": concern.danger_now,
        "missing_now": concern.missing_now,
        "sender_phone": offered.sender.phone,
    }


def _of_card(card: ChildCard) -> dict[str, object]:
    return {
        "given_name": card.given_name,
        "family_name": card.family_name,
        "known_as": card.known_as,
        "born_on": card.born_on,
        "age_about": card.age_about,
        "year_group": card.year_group,
        "nhs_number": card.nhs_number,
        "upn": card.upn,
        "identifiers": card.identifiers,
        "home_address": card.home_address,
        "home_postcode": card.home_postcode,
        "address_withheld": card.address_withheld,
        "home": PlaceKind.KNOWN if card.home_postcode.strip() or card.address_withheld else None,
    }


def _concern_id() -> UUID:
    """Return the concern the referral is begun from. Raises `NotFound` for anything that is not an id."""
    try:
        return UUID(request.args.get("concern", ""))
    except ValueError:
        raise NotFound from None


def _path(concern_id: UUID) -> str:
    return url_for("referral_new.fill", concern=concern_id)

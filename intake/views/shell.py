"""What stands around every page for this visitor: their name, where they may go, and the way out."""

from flask import request, url_for
from flask_babel import gettext as _

from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.views.rendering import Link, Shell
from intake.views.session import signed_in, workplace
from intake.vocabulary import Role
from intake.words.vocabulary import label

#: The order in which a person's roles say what they are here.
_FOREMOST = (
    Role.SAFEGUARDING_LEAD,
    Role.DEPUTY_LEAD,
    Role.DUTY_MANAGER,
    Role.DUTY_WORKER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.REPORTER,
)


#: The room that a page is in, by the first part of its address: what is about a case is where the case is.
_ROOMS = {
    **dict.fromkeys(("concerns", "children"), "concerns.listed"),
    "referrals": "referrals.listed",
    **dict.fromkeys(("queue", "copies", "meetings", "offers", "passed-on"), "queue.listed"),
    "breaches": "breaches.listed",
    "break-glass": "glass.reviews",
    "shift-codes": "shift_codes.listed",
    "search": "searching.ask",
    "limits": "limits.shown",
    "oversight": "oversight.shown",
    "rota": "rota.shown",
    "decoys": "decoys.listed",
    "trail": "trail.shown",
    "people": "people.listed",
    "second-person": "second_person.listed",
    "directory": "directory.shown",
    "health": "health.shown",
    "account": "account.shown",
}
_RECORD = "concerns.record"
_OVERSIGHT = "oversight.shown"
_UNDER_OVERSIGHT = frozenset(
    {"breaches.listed", "glass.reviews", "shift_codes.listed", "limits.shown", "rota.shown", "decoys.listed"}
)


def shell() -> Shell:
    """Return what stands around the page being made."""
    who = signed_in()
    sample = workplace().tools.sample
    if who is None:
        return Shell(footer=_footer(), sample=sample)
    actor = who.found.actor
    return Shell(
        person=who.name,
        role="" if actor is None or not actor.roles else str(label(foremost(actor))),
        organisation=who.organisation,
        links=() if actor is None else _links(actor),
        footer=_footer(),
        sign_out=url_for("sign_in.out"),
        glass_until=None if actor is None or actor.glass is None else actor.glass.until_at,
        sample=sample,
        behind=workplace().tools.lookout.behind,
        beside=workplace().tools.kept_beside(),
    )


def foremost(actor: Actor) -> Role:
    """Return the role by which a person is known in the organisation they are working in."""
    return next((role for role in _FOREMOST if role in actor.roles), Role.REPORTER)


def _links(actor: Actor) -> tuple[Link, ...]:
    """Return the rooms this person may enter, in the order of their work: so few that they stand in one line.

    Whoever watches over a service's work has the rarer ones on one page of their own.
    """
    rooms = (
        (Permission.CONCERN_RECORD, _("Record a concern"), _RECORD),
        (Permission.CONCERN_LIST_OWN, _("Concerns"), "concerns.listed"),
        (Permission.REFERRAL_LIST_SENT, _("Referrals"), "referrals.listed"),
        (Permission.QUEUE_LIST, _("Queue"), "queue.listed"),
        (Permission.CASE_SEARCH, _("Search"), "searching.ask"),
        (Permission.GLASS_REVIEW, _("Oversight"), _OVERSIGHT),
        (Permission.BREACH_OPEN, _("Wrong place"), "breaches.listed"),
        (Permission.SHIFT_CODE_SEE, _("Shift codes"), "shift_codes.listed"),
        (Permission.AUDIT_VIEW, _("Trail"), "trail.shown"),
        (Permission.PEOPLE_MANAGE, _("People"), "people.listed"),
        (Permission.SECOND_PERSON_SEE, _("Second person"), "second_person.listed"),
        (Permission.DIRECTORY_PROPOSE, _("Directory"), "directory.shown"),
        (Permission.HEALTH_VIEW, _("Health"), "health.shown"),
        (Permission.ACCOUNT_OWN, _("Your account"), "account.shown"),
    )
    watches = role_may(actor, Permission.GLASS_REVIEW)
    entered = [
        (words, endpoint)
        for permission, words, endpoint in rooms
        if role_may(actor, permission) and not (watches and endpoint in _UNDER_OVERSIGHT)
    ]
    here = _OVERSIGHT if watches and _room() in _UNDER_OVERSIGHT else _room()
    return tuple(
        Link(words, url_for(endpoint), current=request.endpoint == endpoint, here=endpoint == here)
        for words, endpoint in entered
    )


def _room() -> str:
    """Return the endpoint of the room this page is in; empty where it is in none of them."""
    return _RECORD if request.endpoint == _RECORD else _ROOMS.get(request.path.split("/")[1], "")


def _footer() -> tuple[Link, ...]:
    return (
        Link(_("Who to ring"), url_for("home.who_to_ring")),
        Link(_("Accessibility"), url_for("home.accessibility")),
        Link(_("Privacy"), url_for("home.privacy")),
    )

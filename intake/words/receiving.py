"""Who receives a referral and why, without the calls a page shows as steps; and, once sent, as it was."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.routing.codes import Reason, Verdict
from intake.routing.decision import Decision, Step
from intake.routing.explanation import Reader, Said, explain
from intake.vocabulary import StepKind
from intake.words.routing import in_words, sentences

CALLS: Final = frozenset(
    {
        Said.RING_999,
        Said.RING_POLICE_MISSING,
        Said.RING_POLICE_NOBODY_FOUND,
        Said.RING_POLICE_NOBODY_ON_DUTY,
        Said.RING_POLICE_FOR_AN_ADULT,
        Said.RING_UNTIL,
        Said.RING_NOW,
        Said.RING_UNCONFIRMED,
        Said.THEN_RING,
        Said.THEN_RING_UNCONFIRMED,
        Said.IF_NO_ANSWER,
        Said.IF_STILL_NO_ANSWER,
        Said.NUMBER_UNVERIFIED,
    }
)

#: What was said of the way it would go, once it has gone that way.
WENT: Final[Mapping[Said | Reason | Verdict, LazyString]] = MappingProxyType(
    {
        Said.OWN_WORKER: _l("You were asked to ring the child's own social worker first."),
        Said.RING_URGENT_ONLY: _l("%(name)s took only what could not wait until %(closes_at)s."),
        Said.RING_FOR_OWN_WORKER: _l("The child had a social worker, who could be asked for at %(name)s."),
        Said.RING_ABOUT_STAFF: _l("The concern was about a member of staff, so it was for %(name)s as well."),
        Said.RING_ABOUT_STAFF_FROM: _l(
            "The concern was about a member of staff, so it was for %(name)s as well, from %(opens_at)s."
        ),
        Said.GOES_TO: _l("It went to %(name)s, who could read it at once."),
        Said.DAY_TEAM_UNTIL: _l(
            "It went to the day team, %(name)s, who were closed until %(opens_at)s and could read it then."
        ),
        Said.GOES_TO_UNTIL: _l(
            "It went to %(name)s, who were not there until %(opens_at)s and could read it then."
        ),
        Said.GOES_TO_UNKNOWN: _l("It went to %(name)s. We did not know when they would read it."),
        Said.TELL_OUTSIDE: _l("We could not send it to %(name)s. They had to be told by telephone."),
        Said.TELL_DAY_TEAM_UNTIL: _l(
            "The day team, %(name)s, was closed until %(opens_at)s, and we could not send it to them."
        ),
        Said.TELL_OUTSIDE_UNTIL: _l(
            "%(name)s was not there until %(opens_at)s, and we could not send it to them."
        ),
        Said.URGENT_ONLY_UNTIL: _l(
            "It went to %(name)s, who took only what could not wait until they opened again, %(opens_at)s."
        ),
        Said.TELL_URGENT_ONLY_UNTIL: _l(
            "%(name)s took only what could not wait until %(opens_at)s, and we could not send it to them."
        ),
        Said.COPY_TO: _l("A copy went to %(name)s for information."),
        Said.TELL_ALSO: _l("%(name)s had to be told as well, on %(phone)s. We could not send them a copy."),
        Said.BY_WAY_OF: _l("It went to %(name)s, who were asked to pass it on to the right council."),
        Said.TELL_BY_WAY_OF: _l("%(name)s had to be asked to pass it on to the right council."),
        Reason.LADO_NOT_LISTED: _l(
            "A concern about a member of staff goes to the designated officer (LADO) of the school's council"
            " too. We held no number for them."
        ),
        Reason.HOME_LEADS: _l("%(authority)s led, because the child lived there."),
        Reason.FOUND_LEADS: _l("%(authority)s led, because that was where the child was."),
        Reason.CARING_LEADS: _l("%(authority)s led, because it looked after the child."),
        Reason.UNBORN_BY_MOTHERS_HOME: _l(
            "%(authority)s led, because the mother lived there; the child was not born yet."
        ),
        Reason.HOME_TOLD: _l("%(home)s was to be told, because the child lived there."),
        Reason.HOST_TOLD: _l("%(home)s was to be told, because the child lived there."),
        Reason.CARING_TOLD: _l("%(caring)s was to be told, because it looked after the child."),
        Reason.OWN_TIME_TO_DECIDE: _l("%(authority)s allowed itself less than one working day to decide."),
    }
)

#: The page has a clock for the one; the other is over once somebody has been told.
_OVER: Final = frozenset({Said.DECIDE_BY, Reason.NEEDS_ALLOCATION})


def who_receives(decision: Decision) -> tuple[str, ...]:
    """Say who will receive a referral, when they read it and why it is them."""
    return tuple(in_words(one, decision.at) for one in explain(decision) if one.code not in CALLS)


def what_was_done(decision: Decision) -> tuple[str, ...]:
    """Say whom the sender was asked to ring, where it went and why: dated, since it is read again later."""
    return tuple(_done(decision))


def what_arrived(decision: Decision) -> tuple[str, ...]:
    """Say to whoever received it, or a copy of it, where it went and why, and what the sender said of it."""
    said = (one for one in explain(decision, Reader.HUB) if one.code not in _OVER)
    return tuple(in_words(one, decision.at, WENT.get(one.code), dated=True) for one in said)


def what_was_considered(decision: Decision) -> tuple[str, ...]:
    """Say of every service looked at whether it was chosen, and nothing of the child: for whoever checks."""
    return sentences(decision, reader=Reader.AUDITOR, dated=True)


def _done(decision: Decision) -> Iterator[str]:
    calls = [step for step in decision.steps if step.do is StepKind.CALL]
    if calls:
        yield _("You were asked to ring %(calls)s.", calls=_(", then ").join(map(_rung, calls)))
    for one in explain(decision):
        if one.code not in CALLS | _OVER:
            yield in_words(one, decision.at, WENT.get(one.code), dated=True)


def _rung(step: Step) -> str:
    if step.name == step.phone:
        return step.phone
    return str(_("%(name)s on %(phone)s", name=step.name, phone=_unbroken(step.phone)))


def _unbroken(number: str) -> str:
    return number.replace(" ", "\N{NO-BREAK SPACE}")

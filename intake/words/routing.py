"""The sentences of a routing decision, to be read aloud to somebody who is frightened and in a hurry."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from babel.dates import format_date
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.routing.codes import Audience, Reason, Standing, Verdict
from intake.routing.decision import Decision, Step
from intake.routing.explanation import Reader, Said, Sentence, explain
from intake.routing.places import Located
from intake.vocabulary import OpenState
from intake.words.spoken_times import spoken

_Words = Mapping[Said | Reason | Verdict, LazyString]

_CALLS: Final[_Words] = {
    Said.RING_999: _l("Call 999 now and ask for the police. Say that a child is in danger."),
    Said.RING_POLICE_MISSING: _l("Ring %(name)s on %(phone)s first, and report the child missing."),
    Said.RING_POLICE_NOBODY_FOUND: _l(
        "Ring %(name)s on %(phone)s. We cannot yet say which council's team must act."
    ),
    Said.RING_POLICE_NOBODY_ON_DUTY: _l(
        "Ring %(name)s on %(phone)s. No children's team that may take this is on duty now."
    ),
    Said.RING_POLICE_FOR_AN_ADULT: _l(
        "Ring %(name)s on %(phone)s. They can say who takes on somebody of 18 or over."
    ),
    Said.RING_UNTIL: _l("Ring %(name)s on %(phone)s. They are there until %(closes_at)s."),
    Said.RING_URGENT_ONLY: _l(
        "Ring %(name)s on %(phone)s. Until %(closes_at)s they take only what cannot wait."
    ),
    Said.RING_NOW: _l("Ring %(name)s now on %(phone)s."),
    Said.RING_UNCONFIRMED: _l(
        "Ring %(name)s on %(phone)s. Their hours are not confirmed, so there may be no answer."
    ),
    Said.THEN_RING: _l("Then ring %(name)s on %(phone)s."),
    Said.THEN_RING_UNCONFIRMED: _l("Then ring %(name)s on %(phone)s. Their hours are not confirmed."),
    Said.IF_NO_ANSWER: _l("If nobody answers, ring %(name)s on %(phone)s."),
    Said.IF_STILL_NO_ANSWER: _l("If nobody answers there either, ring %(name)s on %(phone)s."),
    Said.OWN_WORKER: _l("Ring the child's own social worker first, if you have the number."),
    Said.RING_FOR_OWN_WORKER: _l(
        "The child has a social worker: ring %(name)s on %(phone)s and ask for them."
    ),
    Said.RING_ABOUT_STAFF: _l(
        "A concern about a member of staff goes to the designated officer (LADO) too: ring %(name)s on"
        " %(phone)s."
    ),
    Said.RING_ABOUT_STAFF_FROM: _l(
        "A concern about a member of staff goes to the designated officer (LADO) too: ring %(name)s on"
        " %(phone)s when they open, %(opens_at)s."
    ),
    Said.NUMBER_UNVERIFIED: _l("Nobody has verified the number %(phone)s."),
}

_WRITING: Final[_Words] = {
    Said.GOES_TO: _l("Your referral goes to %(name)s, who can read it now."),
    Said.DAY_TEAM_UNTIL: _l(
        "The day team, %(name)s, is closed until %(opens_at)s; your referral will be read then."
    ),
    Said.GOES_TO_UNTIL: _l(
        "Your referral goes to %(name)s, who are not there until %(opens_at)s; it will be read then."
    ),
    Said.URGENT_ONLY_UNTIL: _l(
        "Your referral goes to %(name)s, who now take only what cannot wait; it will be read when they open"
        " again, %(opens_at)s."
    ),
    Said.GOES_TO_UNKNOWN: _l("Your referral goes to %(name)s. We do not know when they will read it."),
    Said.TELL_OUTSIDE: _l(
        "We cannot send your referral to %(name)s. Give it to them when you ring, then write down here whom"
        " you told and when."
    ),
    Said.TELL_DAY_TEAM_UNTIL: _l(
        "The day team, %(name)s, is closed until %(opens_at)s; nothing written will be read before then. We"
        " cannot send your referral to them: when you have told somebody, write down here whom and when."
    ),
    Said.TELL_OUTSIDE_UNTIL: _l(
        "%(name)s is not there until %(opens_at)s. We cannot send your referral to them: when you have told"
        " somebody, write down here whom and when."
    ),
    Said.TELL_URGENT_ONLY_UNTIL: _l(
        "%(name)s now take only what cannot wait. What can wait they read when they open again, %(opens_at)s."
        " We cannot send your referral to them: when you have told somebody, write down here whom and when."
    ),
    Said.BY_WAY_OF: _l("Your referral goes to %(name)s, who are asked to pass it on to the right council."),
    Said.TELL_BY_WAY_OF: _l(
        "Ask %(name)s to pass it on to the right council, then write down here whom you asked and when."
    ),
    Said.COPY_TO: _l("A copy goes to %(name)s for information."),
    Said.TELL_ALSO: _l("%(name)s must be told as well, on %(phone)s. We cannot send them a copy."),
    Said.OWN_FORM: _l("%(name)s takes written referrals on its own form."),
    Said.OWN_FORM_AT: _l("%(name)s takes written referrals on its own form: %(where)s."),
    Said.SECURE_EMAIL: _l("%(name)s takes written referrals by secure e-mail."),
    Said.SECURE_EMAIL_AT: _l("%(name)s takes written referrals by secure e-mail: %(where)s."),
    Said.DECIDE_BY: _l("%(lead)s must decide what happens next by %(due_at)s."),
}

_REASONS: Final[_Words] = {
    Reason.URGENT_NOW: _l("The sender says that the child needs protection before the next working day."),
    Reason.WORKER_ALLOCATED: _l("The sender says that the child has a social worker already."),
    Reason.CONCERN_ABOUT_STAFF: _l("The sender says that this is about a member of staff."),
    Reason.HOME_LEADS: _l("%(authority)s leads, because the child lives there."),
    Reason.UNBORN_BY_MOTHERS_HOME: _l(
        "%(authority)s leads, because the mother lives there; the child is not born yet."
    ),
    Reason.FOUND_LEADS: _l("%(authority)s leads, because that is where the child is."),
    Reason.CARING_LEADS: _l("%(authority)s leads, because it looks after the child."),
    Reason.HOME_TOLD: _l("%(home)s is told, because the child lives there."),
    Reason.HOST_TOLD: _l("%(home)s is told, because the child lives there."),
    Reason.CARING_TOLD: _l("%(caring)s is told, because it looks after the child."),
    Reason.HOME_NOT_LISTED: _l(
        "%(home)s, where the child lives, must be told too, and we have no number for it. Ask %(lead)s to"
        " tell them."
    ),
    Reason.CARING_NOT_LISTED: _l(
        "%(caring)s, which looks after the child, must be told too, and we have no number for it. Ask whoever"
        " you reach to tell them."
    ),
    Reason.CARING_NOT_KNOWN: _l("A council looks after the child, and we do not know which: find out."),
    Reason.HOME_NOT_KNOWN: _l("We do not know where the child lives."),
    Reason.NO_FIXED_ADDRESS: _l("The child has no fixed address."),
    Reason.ANOTHER_COUNCIL: _l(
        "The sender says that the child lives in another council's area, not in our list."
    ),
    Reason.AUTHORITY_NOT_LISTED: _l("We have no numbers for %(home)s, where the child lives."),
    Reason.WHICH_COUNCIL: _l(
        "That postcode alone does not say which council it is in. Find out. It may be one of these:"
        " %(councils)s."
    ),
    Reason.POSTCODE_TERMINATED: _l(
        "That postcode is no longer in use. Check the address; the council is the one it was in."
    ),
    Reason.POSTCODE_NOT_FOUND: _l(
        "That postcode is in no list of ours: check it for a slip, or it may be new. Find out the council."
        " Postcodes that begin like it are in: %(councils)s."
    ),
    Reason.POSTCODE_NOT_LISTED: _l("We cannot tell the council from that postcode. Find out which it is."),
    Reason.NOT_A_POSTCODE: _l("That is not a postcode. Check it, or find out which council it is."),
    Reason.FORCES_ADDRESS: _l("That is an armed forces address. Find out which council the child lives in."),
    Reason.OUTSIDE_ENGLAND_AND_WALES: _l(
        "That postcode is outside England and Wales, and so are the people who must act on it."
    ),
    Reason.POSTCODE_DIFFERS: _l(
        "The postcode belongs to another council than %(home)s. Check which is right."
    ),
    Reason.FOUND_NOT_LISTED: _l("We have no numbers for the council where the child is now."),
    Reason.FOUND_NOT_SETTLED: _l("We cannot tell which council the child is in now. Find out if you can."),
    Reason.SERVICE_NAMED_IN_CONCERN: _l("A team named in the concern has been left out."),
    Reason.STAFF_NAMED_IN_CONCERN: _l("Whoever is named in the concern cannot read this referral."),
    Reason.LADO_NOT_LISTED: _l(
        "A concern about a member of staff goes to the designated officer (LADO) of the school's council too."
        " We hold no number for them: ask whoever you reach."
    ),
    Reason.PRACTITIONER_IN_WALES: _l(
        "This is about somebody who works with children: say so when you ring. The Wales Safeguarding"
        " Procedures have a part of their own for that."
    ),
    Reason.PASSED_ON: _l("%(passed_on)s had this and passed it on."),
    Reason.EIGHTEEN_OR_OVER: _l("This person is 18 or over, so it goes to the service for adults."),
    Reason.ADULT_SERVICE_NOT_LISTED: _l(
        "This person is 18 or over, and we list no service for adults there. Whoever answers can say who"
        " takes it on."
    ),
    Reason.WRITTEN_WITHIN_24_HOURS: _l("In Wales, put it in writing within 24 hours of ringing."),
    Reason.LOCAL_TIME_DOUBLED: _l(
        "The clocks go back that night and this time comes twice; the first is meant."
    ),
    Reason.LOCAL_TIME_SKIPPED: _l(
        "The clocks go forward that night and skip this time; an hour later is meant."
    ),
    Reason.NEEDS_ALLOCATION: _l(
        "No council has taken this on yet. It stays on your list until one has, and you have said who."
    ),
    Reason.OWN_TIME_TO_DECIDE: _l("%(authority)s allows itself less than one working day to decide."),
}

_FOR_THE_AUDITOR: Final[_Words] = {
    Said.DECIDED_WITH: _l("Decided at %(at)s, by version %(version)s of the directory."),
    Said.LED_BY: _l("%(authority)s led."),
    Said.NOBODY_LED: _l("No council could be said to lead."),
    Said.KEPT_OUT: _l("Accounts that may not read it: %(number)s."),
    Verdict.CHOSEN: _l("Chosen: %(name)s."),
    Verdict.NOT_IN_DANGER: _l("Not chosen, as nobody said that there was danger: %(name)s."),
    Verdict.NOT_NEEDED: _l("Not chosen, as somebody else was there: %(name)s."),
    Verdict.CLOSED_NOW: _l("Not chosen, as it was closed: %(name)s."),
    Verdict.NAMED_IN_CONCERN: _l("Left out, as it was named in the concern: %(name)s."),
    Verdict.NOT_LEADING: _l("Not chosen, as another council led: %(name)s."),
    Verdict.PASSED_IT_ON: _l("Left out, as it had passed this on: %(name)s."),
    Verdict.NOT_IN_FORCE: _l("Not chosen, as it did not exist on that day: %(name)s."),
    Verdict.FOR_ANOTHER_PURPOSE: _l("Not chosen, as it is there for something else: %(name)s."),
}

SENTENCES: Final[_Words] = MappingProxyType({**_CALLS, **_WRITING, **_REASONS, **_FOR_THE_AUDITOR})

WHY_ASKED: Final[Mapping[Reason, LazyString]] = MappingProxyType(
    {
        Reason.WHICH_COUNCIL: _l("That postcode may be in %(councils)s."),
        Reason.POSTCODE_NOT_FOUND: _l(
            "We cannot find that postcode. Check it; others that begin like it are in %(councils)s."
        ),
        Reason.POSTCODE_NOT_LISTED: _l("We cannot tell the council from that."),
        Reason.NOT_A_POSTCODE: _l("That is not a postcode. Check it."),
        Reason.FORCES_ADDRESS: _l("That is an armed forces address, which does not tell the council."),
        Reason.OUTSIDE_ENGLAND_AND_WALES: _l("That postcode is outside England and Wales. Check it."),
    }
)

#: Known to everybody, and kept free for emergencies: nobody rings these to check them.
EVERYWHERE: Final = frozenset({"999", "101"})

STANDINGS: Final[Mapping[Standing, LazyString]] = MappingProxyType(
    {
        Standing.CHECKED: _l("Checked"),
        Standing.UNVERIFIED: _l("Nobody has checked this for us yet"),
        Standing.HISTORIC: _l("From an old leaflet: it may have gone or changed its name"),
    }
)

AUDIENCES: Final[Mapping[Audience, LazyString]] = MappingProxyType(
    {Audience.PARENTS: _l("For parents and carers"), Audience.CHILDREN: _l("For children and young people")}
)


def sentences(
    decision: Decision, *, reader: Reader = Reader.REFERRER, dated: bool = False
) -> tuple[str, ...]:
    """Put a decision into words for one reader, what to do first first.

    `dated` writes every day with its date: for a decision that is read again later.
    """
    return tuple(in_words(sentence, decision.at, dated=dated) for sentence in explain(decision, reader))


def hours_words(step: Step, at: datetime, *, dated: bool = False) -> str:
    """Say whether a service is there: 'open until today 5pm', 'opens Monday 9am', 'hours not confirmed'."""
    if step.closes_at is not None:
        return str(_("open until %(time)s", time=spoken(step.closes_at, at, dated=dated)))
    if step.opens_at is not None:
        return str(_("opens %(time)s", time=spoken(step.opens_at, at, dated=dated)))
    words = {
        OpenState.OPEN: _("open day and night"),
        OpenState.CLOSED: _("closed"),
        OpenState.UNKNOWN: _("hours not confirmed: ring"),
    }
    return str(words[step.state])


def number_words(step: Step) -> str:
    """Say how far the number of a step can be relied on."""
    return number_told(step.phone, step.phone_checked_on, unverified=step.phone_unverified)


def number_told(number: str, checked_on: date | None, *, unverified: bool) -> str:
    """Say how far a number can be relied on: 'checked on' a day, 'not checked', or 'not verified'."""
    if unverified:
        return str(_("number not verified"))
    if checked_on is not None:
        day = format_date(checked_on, "d MMMM y", locale=get_locale() or "en_GB")
        return str(_("number checked on %(day)s", day=day))
    if number in EVERYWHERE:
        return str(_("the police's number everywhere: not rung to check it"))
    return str(_("number not checked"))


def begun(words: str) -> str:
    """Return words as they stand at the beginning of a line; the names in them keep their capitals."""
    return words[:1].upper() + words[1:]


def why_asked(located: Located) -> str:
    """Say why a postcode does not tell the council; without words for the reason, that it does not."""
    because = WHY_ASKED.get(
        located.because or Reason.POSTCODE_NOT_LISTED, WHY_ASKED[Reason.POSTCODE_NOT_LISTED]
    )
    return str(because) % {"councils": _(" or ").join(council.name for council in located.candidates)}


def which_council(located: Located) -> str:
    """Ask for the council of a postcode that does not tell it, and say why it does not."""
    return f"{why_asked(located)} {_('Choose the council, or say that you do not know.')}"


def in_words(
    sentence: Sentence, at: datetime, words: LazyString | None = None, *, dated: bool = False
) -> str:
    """Put one sentence into words, its own or others, as seen from an instant."""
    values = {
        name: spoken(value, at, dated=dated) if isinstance(value, datetime) else value
        for name, value in sentence.values
    }
    return str(words or SENTENCES[sentence.code]) % values

"""Who leads: the council where the child lives, or where the child is when protection cannot wait."""

from dataclasses import dataclass

from intake.routing.codes import Reason
from intake.routing.directory import DUTY_KINDS, Authority, Directory, Service
from intake.routing.places import AuthorityName, Place
from intake.routing.question import Question
from intake.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of one place: its council, or the councils it may be, or why neither."""

    authority: AuthorityName | None = None
    candidates: tuple[AuthorityName, ...] = ()
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class Leading:
    """Which authority's services act, and which are told.

    `on_behalf` is set when the authority does not lead but is asked to pass the referral on.
    """

    authority: Authority | None
    informed: Authority | None
    on_behalf: bool
    home: Settled
    found: Settled
    reasons: tuple[Reason, ...]


def leading(question: Question, directory: Directory) -> Leading:
    """Decide who leads: home, or where the child is when protection is needed now or home is not known.

    An authority whose every duty team is named in the concern is passed over like one that is not listed.
    """
    home = _settle(question.home, directory)
    found = _settle(question.found, directory) if question.found else Settled()
    home_able, found_able = _able(home, question, directory), _able(found, question, directory)
    reasons = [home.because] if home.because else []
    reasons += [found.because] if found.because is Reason.POSTCODE_TERMINATED else []
    reasons += [] if home_able or home.authority is None else [_why_not(home.authority, question, directory)]
    elsewhere = found_able is not None and (home.authority is None or home.authority.code != found_able.code)
    found_matters = question.protection_now or home.authority is None
    if elsewhere and found_matters:
        reasons.append(Reason.FOUND_LEADS)
        if home.authority:
            reasons.append(Reason.HOME_TOLD if home_able else Reason.HOME_NOT_LISTED)
        return _leads(found_able, home, found, reasons, informed=home_able)
    if found_matters and question.found and question.found.kind is PlaceKind.KNOWN and found_able is None:
        reasons.append(Reason.FOUND_NOT_LISTED if found.authority else Reason.FOUND_NOT_SETTLED)
    if home_able:
        return _leads(home_able, home, found, [*reasons, Reason.HOME_LEADS])
    school = Settled(directory.named(question.school_authority)) if question.school_authority else Settled()
    asked = found_able or _able(school, question, directory)
    reasons += [Reason.BY_WAY_OF_ANOTHER] if asked else []
    return _leads(asked, home, found, [*reasons, Reason.NEEDS_ALLOCATION], on_behalf=True)


def _leads(
    authority: Authority | None,
    home: Settled,
    found: Settled,
    reasons: list[Reason],
    *,
    informed: Authority | None = None,
    on_behalf: bool = False,
) -> Leading:
    return Leading(authority, informed, on_behalf, home, found, tuple(reasons))


def able_services(authority: Authority, question: Question, directory: Directory) -> tuple[Service, ...]:
    """Give an authority's duty services whose team is not named in the concern, in the order tried."""
    services = directory.duty_services(authority.code, question.at)
    return tuple(service for service in services if not named_in_concern(service, question))


def named_in_concern(service: Service, question: Question) -> bool:
    """Say whether a service is kept out. The police are not: nobody else answers 999 or 101."""
    return service.kind in DUTY_KINDS and service.slug in question.conflicted_services


def _settle(place: Place, directory: Directory) -> Settled:
    located = place.located or (directory.gazetteer.locate(place.postcode) if place.postcode else None)
    gone = Reason.POSTCODE_TERMINATED if located and located.terminated_on else None
    if place.authority:
        named = directory.named(place.authority)
        differs = (
            located is not None and located.authority is not None and located.authority.code != named.code
        )
        return Settled(named, (), Reason.POSTCODE_DIFFERS if differs else gone)
    if located:
        return Settled(located.authority, located.candidates, located.because or gone)
    no_address = place.kind is PlaceKind.NO_FIXED_ADDRESS
    return Settled(because=Reason.NO_FIXED_ADDRESS if no_address else Reason.HOME_NOT_KNOWN)


def _able(settled: Settled, question: Question, directory: Directory) -> Authority | None:
    authority = directory.authority(settled.authority.code) if settled.authority else None
    return authority if authority and able_services(authority, question, directory) else None


def _why_not(name: AuthorityName, question: Question, directory: Directory) -> Reason:
    listed = directory.duty_services(name.code, question.at)
    return Reason.SERVICE_NAMED_IN_CONCERN if listed else Reason.AUTHORITY_NOT_LISTED

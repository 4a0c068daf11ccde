"""Who leads: home, the council that cares for the child, or where the child is when it cannot wait."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.routing.codes import Reason
from intake.routing.directory import Authority, Directory, Service
from intake.routing.places import AuthorityName, Located, Place
from intake.routing.question import Question
from intake.vocabulary import PlaceKind, ServiceKind

#: Why no council can be named where none was, and no postcode names one.
_NOWHERE = {
    PlaceKind.NO_FIXED_ADDRESS: Reason.NO_FIXED_ADDRESS,
    PlaceKind.ANOTHER_COUNCIL: Reason.ANOTHER_COUNCIL,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of one place: its council, or the councils it may be, or why neither."""

    authority: AuthorityName | None = None
    candidates: tuple[AuthorityName, ...] = ()
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class Leading:
    """Which authority's services act, and which are told.

    `on_behalf` is set when the authority does not lead but is asked to pass the referral on. `principal` is
    whoever would lead if nothing pressed: the authority that knows the child.
    """

    authority: Authority | None
    informed: tuple[Authority, ...]
    on_behalf: bool
    home: Settled
    found: Settled
    caring: Settled
    reasons: tuple[Reason, ...]
    principal: Authority | None


@dataclass(frozen=True, slots=True)
class _Councils:
    """The councils in question: what is known of each, and those with a service that may take this on."""

    question: Question
    directory: Directory
    home: Settled
    found: Settled
    caring: Settled

    @property
    def at_home(self) -> Authority | None:
        return self.able(self.home)

    @property
    def where_found(self) -> Authority | None:
        """The council where the child is, if that is not the one where the child lives."""
        found = self.able(self.found)
        return found if found and found.code != _code(self.home) else None

    @property
    def carer(self) -> Authority | None:
        return self.able(self.caring)

    def able(self, settled: Settled) -> Authority | None:
        authority = self.directory.authority(settled.authority.code) if settled.authority else None
        return authority if authority and able_services(authority, self.question, self.directory) else None

    def why_not(self, name: AuthorityName, not_listed: Reason) -> Reason:
        """Say why a council that is known cannot take this on."""
        listed = _for_this_age(name.code, self.question, self.directory)
        if listed:
            passed_on = any(service.slug in self.question.passed_on for service in listed)
            return Reason.PASSED_ON if passed_on else Reason.SERVICE_NAMED_IN_CONCERN
        adult = self.question.adult and self.directory.authority(name.code)
        return Reason.ADULT_SERVICE_NOT_LISTED if adult else not_listed


def leading(question: Question, directory: Directory) -> Leading:
    """Decide who leads.

    The council that cares for the child, else home; where the child is (or, of a child in care, lives) when
    protection is needed now; where the child is, too, when home is not known. An authority whose every team
    is left out is passed over like one that is not listed.
    """
    councils = _Councils(
        question,
        directory,
        home=_settle(question.home, directory),
        found=_settle(question.found, directory) if question.found else Settled(),
        caring=Settled(directory.named(question.caring)) if question.caring else Settled(),
    )
    lead, why = next(_in_order(councils), (None, None))
    reasons = [*_of_places(councils), *_of_care(councils, lead)]
    if lead and why:
        reasons += _of_leading(councils, lead, why)
        return _leads(councils, lead, _told(councils, lead), reasons)
    school = Settled(directory.named(question.school_authority)) if question.school_authority else Settled()
    asked = councils.able(councils.found) or councils.able(school)
    reasons += [Reason.ADULT_SERVICE_NOT_LISTED] if question.adult else []
    reasons += [Reason.BY_WAY_OF_ANOTHER] if asked else []
    return _leads(councils, asked, (), [*reasons, Reason.NEEDS_ALLOCATION], on_behalf=True)


def _in_order(councils: _Councils) -> Iterator[tuple[Authority, Reason]]:
    """Give the councils that may lead, the one that does first."""
    found = (councils.where_found, Reason.FOUND_LEADS)
    home, caring = (councils.at_home, Reason.HOME_LEADS), (councils.carer, Reason.CARING_LEADS)
    order = [found, home, caring] if councils.question.protection_now else [caring, home]
    order += [] if councils.home.authority else [found]
    yield from ((authority, why) for authority, why in order if authority)


def _told(councils: _Councils, lead: Authority) -> tuple[Authority, ...]:
    """Give the other councils whose child it is, each once: they get a copy for information."""
    others = {other.code: other for other in (councils.carer, councils.at_home) if other}
    return tuple(other for code, other in others.items() if code != lead.code)


def _of_places(councils: _Councils) -> Iterator[Reason]:
    question, home, found = councils.question, councils.home, councils.found
    if home.because:
        yield home.because
    if found.because is Reason.POSTCODE_TERMINATED and home.because is not found.because:
        yield found.because
    if home.authority and not councils.at_home:
        yield councils.why_not(home.authority, Reason.AUTHORITY_NOT_LISTED)
    matters = question.protection_now or (home.authority is None and not councils.carer)
    if matters and question.found and question.found.kind is PlaceKind.KNOWN and not councils.able(found):
        named = found.authority
        yield councils.why_not(named, Reason.FOUND_NOT_LISTED) if named else Reason.FOUND_NOT_SETTLED


def _of_care(councils: _Councils, lead: Authority | None) -> Iterator[Reason]:
    """Say what is to be said of the council that cares for the child, when it does not lead."""
    caring = councils.caring.authority
    if councils.question.in_care and caring is None:
        yield Reason.CARING_NOT_KNOWN
    elif caring and not councils.carer:
        yield councils.why_not(caring, Reason.CARING_NOT_LISTED)
    elif caring and lead and caring.code != lead.code:
        yield Reason.CARING_TOLD


def _of_leading(councils: _Councils, lead: Authority, why: Reason) -> Iterator[Reason]:
    home = councils.home.authority
    yield why
    if why is Reason.HOME_LEADS and councils.question.before_birth:
        yield Reason.UNBORN_BY_MOTHERS_HOME
    if home and home.code != lead.code:
        if councils.at_home:
            yield Reason.HOST_TOLD if why is Reason.CARING_LEADS else Reason.HOME_TOLD
        else:
            yield Reason.HOME_NOT_LISTED


def _leads(
    councils: _Councils,
    authority: Authority | None,
    informed: tuple[Authority, ...],
    reasons: list[Reason],
    *,
    on_behalf: bool = False,
) -> Leading:
    principal = councils.carer or councils.at_home or (None if on_behalf else authority)
    return Leading(
        authority,
        informed,
        on_behalf,
        councils.home,
        councils.found,
        councils.caring,
        tuple(dict.fromkeys(reasons)),
        principal,
    )


def able_services(authority: Authority, question: Question, directory: Directory) -> tuple[Service, ...]:
    """Give the services of an authority that may take this on, in the order tried: none that is left out."""
    services = _for_this_age(authority.code, question, directory)
    return tuple(service for service in services if not left_out(service, question))


def left_out(service: Service, question: Question) -> bool:
    """Say whether a service is kept out: its team is named in the concern, or it has passed this on.

    The police are not: nobody else answers 999 or 101.
    """
    police = service.kind in {ServiceKind.POLICE, ServiceKind.POLICE_EMERGENCY}
    return not police and service.slug in question.conflicted_services | question.passed_on


def _code(settled: Settled) -> str | None:
    return settled.authority.code if settled.authority else None


def _for_this_age(code: str, question: Question, directory: Directory) -> tuple[Service, ...]:
    if question.adult:
        return directory.of_kind(code, ServiceKind.ADULT, question.at)
    return directory.duty_services(code, question.at)


def _settle(place: Place, directory: Directory) -> Settled:
    located = place.located or (directory.gazetteer.locate(place.postcode) if place.postcode else None)
    gone = Reason.POSTCODE_TERMINATED if located and located.terminated_on else None
    if place.authority:
        named = directory.named(place.authority)
        differs = (
            located is not None and located.authority is not None and located.authority.code != named.code
        )
        return Settled(named, (), Reason.POSTCODE_DIFFERS if differs else gone)
    if located and not _is_another(place, located):
        return Settled(located.authority, located.candidates, located.because or gone)
    return Settled(because=_NOWHERE.get(place.kind, Reason.HOME_NOT_KNOWN))


def _is_another(place: Place, located: Located) -> bool:
    """Say whether somebody's word that it is another council than ours goes before what a postcode says."""
    surely = located.authority or located.because is Reason.OUTSIDE_ENGLAND_AND_WALES
    return place.kind is PlaceKind.ANOTHER_COUNCIL and not surely

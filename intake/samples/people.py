"""Who is in the practice copy: everybody is invented, and their password and secret are no secret at all."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import pyotp

from intake.vocabulary import ROLES_WITH_SECOND_FACTOR, OrganisationKind, Role

#: One password and one secret for everybody: whoever tries the program out is everybody in turn.
PASSWORD: Final = "copper kettle tuesday"  # noqa: S105 - printed at every start
TOTP_SECRET: Final = "ONQW24DMMUWCA3TPOQQGCIDTMVRXEZLU"  # noqa: S105 - printed at every start


class Place(Enum):
    """An organisation of the practice copy; nobody could take its name for a real one's."""

    OTTERBROOK = "Otterbrook High School (sample)"
    HERONMERE = "Heronmere Primary School (sample)"
    GWYLAN = "Gwylan Bay High School (sample)"
    HALTON_HUB = "Halton iCART (sample)"
    CARDIFF_HUB = "Cardiff MASH (sample)"


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """A school, or the hub standing in for a duty service of the directory."""

    place: Place
    authority_code: str
    service_slug: str | None = None
    phone: str | None = None

    @property
    def kind(self) -> OrganisationKind:
        """Which side of the door it stands on."""
        return OrganisationKind.SCHOOL if self.service_slug is None else OrganisationKind.HUB


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody to sign in as; `ladder` is a deputy's place in the order in which they are told."""

    place: Place
    role: Role
    name: str
    email: str
    post: str
    phone: str
    ladder: int = 0

    @property
    def given(self) -> str:
        """The part of the address before the @: their first name, in small letters."""
        return self.email.partition("@")[0]

    @property
    def totp_secret(self) -> str | None:
        """The secret for an authenticator app, where the role needs one."""
        return TOTP_SECRET if self.role in ROLES_WITH_SECOND_FACTOR else None


_HALTON: Final = "E06000006"
_CARDIFF: Final = "W06000015"

# Numbers are from the ranges kept free for stories: 0113 to 0161 496 0xxx, 029 2018 0xxx and 07700 900xxx.
ORGANISATIONS: Final = (
    SampleOrganisation(Place.OTTERBROOK, _HALTON, phone="0151 496 0110"),
    SampleOrganisation(Place.HERONMERE, _HALTON, phone="0151 496 0220"),
    SampleOrganisation(Place.GWYLAN, _CARDIFF, phone="029 2018 0330"),
    SampleOrganisation(Place.HALTON_HUB, _HALTON, "halton-icart"),
    SampleOrganisation(Place.CARDIFF_HUB, _CARDIFF, "cardiff-mash"),
)

_DOMAINS: Final = {
    Place.OTTERBROOK: "otterbrook.example",
    Place.HERONMERE: "heronmere.example",
    Place.GWYLAN: "gwylan-bay.example",
    Place.HALTON_HUB: "halton-hub.example",
    Place.CARDIFF_HUB: "cardiff-hub.example",
}


def _person(place: Place, role: Role, name: str, post: str, phone: str, ladder: int = 0) -> SamplePerson:  # noqa: PLR0917 - a row of the table below
    given = name.partition(" ")[0].casefold()
    return SamplePerson(place, role, name, f"{given}@{_DOMAINS[place]}", post, phone, ladder)


_O, _H, _G, _HH, _CH = Place
_LEAD, _DEPUTY, _REPORTER = Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD, Role.REPORTER
_WORKER, _MANAGER = Role.DUTY_WORKER, Role.DUTY_MANAGER
_AUDITOR, _ADMIN = Role.AUDITOR, Role.ADMINISTRATOR

PEOPLE: Final = (
    _person(_O, _LEAD, "Ruth Osei-Marlow", "Designated safeguarding lead", "07700 900110"),
    _person(_O, _DEPUTY, "Imran Siddall", "Head of Year 9, deputy safeguarding lead", "07700 900111", 1),
    _person(_O, _DEPUTY, "Bethan Quarrie", "Head of Year 11, deputy safeguarding lead", "07700 900112", 2),
    _person(_O, _REPORTER, "Tomasz Wronabell", "Form tutor, 10W", "07700 900113"),
    _person(_O, _REPORTER, "Shanice Oyelade-Finn", "Teaching assistant", "07700 900114"),
    _person(_O, _AUDITOR, "Geraldine Fossick", "Safeguarding governor", "07700 900115"),
    _person(_O, _ADMIN, "Wesley Tranmoor", "School business manager", "07700 900116"),
    _person(_O, _ADMIN, "Prunella Ashgrove-Bello", "Data manager", "07700 900117"),
    _person(_H, _LEAD, "Kwabena Marshlow", "Head teacher, designated safeguarding lead", "07700 900220"),
    _person(_H, _DEPUTY, "Lucy Achterfield", "Special needs co-ordinator, deputy lead", "07700 900221", 1),
    _person(_H, _REPORTER, "Dorota Finchley-Rao", "Year 6 teacher", "07700 900222"),
    _person(_H, _AUDITOR, "Selwyn Abara", "Safeguarding governor", "07700 900223"),
    _person(_H, _ADMIN, "Colette Nwosu-Grey", "School secretary", "07700 900224"),
    _person(_G, _LEAD, "Angharad Pritchley", "Designated safeguarding person", "07700 900330"),
    _person(_G, _DEPUTY, "Yusuf Tregarron", "Pastoral lead, deputy safeguarding person", "07700 900331", 1),
    _person(
        _G, _DEPUTY, "Mali Hollingdrake", "Head of Year 8, deputy safeguarding person", "07700 900332", 2
    ),
    _person(_G, _REPORTER, "Gethin Abdirahman", "Teacher of physical education", "07700 900333"),
    _person(_G, _REPORTER, "Noor Castellwyn", "Librarian", "07700 900334"),
    _person(_G, _AUDITOR, "Rhodri Mbeki-Vaughan", "Safeguarding governor", "07700 900335"),
    _person(_G, _ADMIN, "Carys Lindqvist", "Office manager", "07700 900336"),
    _person(_HH, _WORKER, "Deborah Achebe-Lowe", "Duty social worker", "07700 900440"),
    _person(_HH, _WORKER, "Martin Kowalcroft", "Duty social worker", "07700 900441"),
    _person(_HH, _MANAGER, "Farida Hesketh-Ali", "Duty team manager", "07700 900442"),
    _person(_HH, _MANAGER, "Jocasta Twistle-Oyelaran", "Practice manager", "07700 900445"),
    _person(_HH, _AUDITOR, "Leonard Ogilby", "Quality assurance officer", "07700 900443"),
    _person(_HH, _ADMIN, "Patrice Vandermoor", "Business support manager", "07700 900444"),
    _person(_HH, _ADMIN, "Barnaby Quennell-Iqbal", "Systems officer", "07700 900446"),
    _person(_CH, _WORKER, "Sioned Okwuosa", "Duty social worker", "07700 900550"),
    _person(_CH, _WORKER, "Ahmed Penhallwyn", "Duty social worker", "07700 900551"),
    _person(_CH, _MANAGER, "Helena Rhys-Dacosta", "Duty team manager", "07700 900552"),
    _person(_CH, _MANAGER, "Iorwerth Castellane-Ng", "Practice manager", "07700 900555"),
    _person(_CH, _AUDITOR, "Tudor Achterberg-Shah", "Quality assurance officer", "07700 900553"),
    _person(_CH, _ADMIN, "Eirlys Montague-Sy", "Business support manager", "07700 900554"),
    _person(_CH, _ADMIN, "Nesta Okonedo-Prees", "Systems officer", "07700 900556"),
)


def person(email: str) -> SamplePerson | None:
    """Return who signs in with an address, however its letters are written, or None."""
    return next((one for one in PEOPLE if one.email == email.strip().casefold()), None)


def current_code() -> str:
    """Return the six digits that an authenticator app with the secret shows now."""
    return pyotp.TOTP(TOTP_SECRET).now()

"""Who colleagues are: the staff cards that pages name people by."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from intake.audit.crossings import Side
from intake.casework.documents.person import HomePostcode, StaffCard
from intake.crypto.binding import Binding
from intake.crypto.inventory import HOME_POSTCODE
from intake.db import Unit
from intake.errors import NotFound
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.services.keys import CaseKeys
from intake.vocabulary import Compartment, Tier


class Staff:
    """Opens staff cards; a colleague's name on a page is not a reading of anybody's words."""

    def __init__(self, unit: Unit, keys: CaseKeys, side: Side | None = None) -> None:
        self._session = unit.session
        self._side = side or Side(unit.session, Tier.COMBINED)
        self._keys = keys
        self._known: dict[UUID, StaffCard] = {}

    def card(self, person_id: UUID) -> StaffCard:
        """Return one person's card; raises `NotFound` where there is no such person."""
        return self.cards((person_id,))[person_id]

    def cards(self, person_ids: Iterable[UUID]) -> dict[UUID, StaffCard]:
        """Return the cards of several people; raises `NotFound` unless every one of them exists."""
        wanted = set(person_ids)
        missing = wanted - self._known.keys()
        if missing:
            rows = self._session.scalars(select(Person).where(Person.id.in_(missing))).all()
            ours = self._side.ours({row.organisation_id for row in rows})
            self._known |= {row.id: self._opened(row) for row in rows if row.organisation_id in ours}
            self._known |= self._afar(missing - self._known.keys())
        if not wanted <= self._known.keys():
            raise NotFound
        return {person_id: self._known[person_id] for person_id in wanted}

    def homes(self, person_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Return the home postcodes that these people have given of themselves: for them, or to compare."""
        given = select(Person).where(Person.id.in_(set(person_ids)), Person.home_sealed.is_not(None))
        rows = self._session.scalars(given).all()
        ours = self._side.ours({row.organisation_id for row in rows})
        return {row.id: self._home(row) for row in rows if row.organisation_id in ours and row.home_sealed}

    def _home(self, row: Person) -> str:
        place, blob = home_binding(row), row.home_sealed or b""
        return self._keys.unseal(HomePostcode, blob, place, holder=row.organisation_id).postcode

    def _opened(self, row: Person) -> StaffCard:
        return self._keys.unseal(StaffCard, row.card_sealed, card_binding(row), holder=row.organisation_id)

    def _afar(self, person_ids: set[UUID]) -> dict[UUID, StaffCard]:
        """Name people of the other tier by where they first worked: all that is said of them here."""
        if not (person_ids and self._side.tier.is_split):
            return {}
        places = (
            select(Membership.person_id, Organisation.name)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(Membership.person_id.in_(person_ids), Organisation.kind.not_in(self._side.tier.kinds))
            .order_by(Membership.from_at.desc())
        )
        return {who: StaffCard(name, "", "", "") for who, name in self._session.execute(places)}

    def name(self, person_id: UUID | None) -> str:
        """Return a person's name, or nothing for nobody."""
        return "" if person_id is None else self.card(person_id).name

    def name_and_post(self, person_id: UUID) -> str:
        """Return a person's name with their post, as words to the other side are signed."""
        card = self.card(person_id)
        return f"{card.name}, {card.post}" if card.post else card.name

    def organisation(self, organisation_id: UUID) -> str:
        """Return an organisation's name; raises `NotFound` where there is none."""
        row = self._session.get(Organisation, organisation_id)
        if row is None:
            raise NotFound
        return row.name


def card_binding(row: Person) -> Binding:
    """Return where a staff card is sealed: under the people's key of the organisation it belongs to."""
    return Binding(
        table="person",
        column="card_sealed",
        row_id=row.id,
        case_id=row.organisation_id,
        compartment=Compartment.PEOPLE,
        version=row.card_version,
    )


def home_binding(row: Person) -> Binding:
    """Return where a person's own postcode is sealed: as their card is, and apart from it."""
    return HOME_POSTCODE.place(row_id=row.id, case_id=row.organisation_id, version=row.home_version)

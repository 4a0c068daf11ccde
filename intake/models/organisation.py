"""Schools and hubs, and the installation they stand in."""

from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, MaybeShort, OrganisationId, PersonId, RowId, Short, tier, word
from intake.vocabulary import Colour, OrganisationKind


class Installation(Base):
    """The one row that says which key ring this database was sealed with, and whether it is a sample."""

    __tablename__ = "installation"
    __table_args__ = tier("shared")

    id: Mapped[int] = mapped_column(primary_key=True)
    key_fingerprint: Mapped[Short]
    sample: Mapped[bool]
    made_at: Mapped[At]


class Organisation(Base):
    """A school, or the hub that answers for a duty service of the directory."""

    __tablename__ = "organisation"
    __table_args__ = tier("shared")

    id: Mapped[RowId]
    kind: Mapped[OrganisationKind] = word(OrganisationKind)
    name: Mapped[Short]
    authority_code: Mapped[Short]
    service_slug: Mapped[MaybeShort] = mapped_column(unique=True)
    phone: Mapped[MaybeShort]
    made_at: Mapped[At]


class ColourLimit(Base):
    """The time one authority allows itself for one colour, as one of its own people entered it."""

    __tablename__ = "colour_limit"
    __table_args__ = tier("hub")

    authority_code: Mapped[str] = mapped_column(primary_key=True)
    colour: Mapped[Colour] = word(Colour, primary_key=True)
    minutes: Mapped[int]
    working_time: Mapped[bool]
    entered_by: Mapped[PersonId]
    entered_at: Mapped[At]
    organisation_id: Mapped[OrganisationId]

"""The few kinds of column every table is made of."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import Date, Enum, ForeignKey, LargeBinary, String, Uuid
from sqlalchemy.orm import mapped_column

from intake.db import Instant

RowId = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
At = Annotated[datetime, mapped_column(Instant)]
MaybeAt = Annotated[datetime | None, mapped_column(Instant)]
On = Annotated[date, mapped_column(Date)]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
MaybeSealed = Annotated[bytes | None, mapped_column(LargeBinary)]
Short = Annotated[str, mapped_column(String(80))]
MaybeShort = Annotated[str | None, mapped_column(String(80))]
Mac = Annotated[bytes, mapped_column(LargeBinary(32))]
PersonId = Annotated[UUID, mapped_column(ForeignKey("person.id"))]
MaybePersonId = Annotated[UUID | None, mapped_column(ForeignKey("person.id"))]
OrganisationId = Annotated[UUID, mapped_column(ForeignKey("organisation.id"))]
MaybeOrganisationId = Annotated[UUID | None, mapped_column(ForeignKey("organisation.id"))]

_LONGEST_WORD = 40


def word(kind: type[StrEnum], **options: Any) -> Any:  # noqa: ANN401 - mapped_column's own type
    """Return a column holding one word of the vocabulary, by its value."""
    stored = Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=_LONGEST_WORD,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(stored, **options)


def tier(name: str) -> dict[str, dict[str, str]]:
    """Return table arguments saying whose table it is: school, hub or shared."""
    return {"info": {"tier": name}}

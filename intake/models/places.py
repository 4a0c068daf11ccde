"""Postcodes and whose they are, as a release of the ONS postcode directory says."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, Mac, MaybeAt, On, Short, tier


class PostcodeRelease(Base):
    """One import of the directory: from what, of when, by whom. The newest finished one answers."""

    __tablename__ = "postcode_release"
    __table_args__ = tier("shared")

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Short]
    released_on: Mapped[On]
    source: Mapped[str]
    sha256: Mapped[Mac]
    whole: Mapped[bool]
    row_count: Mapped[int]
    begun_at: Mapped[At]
    finished_at: Mapped[MaybeAt]
    loaded_by: Mapped[Short]


class Postcode(Base):
    """One postcode of one release, by its two halves; a half finds its councils by the front of the key."""

    # No reference to the release is declared: the database would look it up 2.6 million times.
    __tablename__ = "postcode"
    __table_args__ = ({"sqlite_with_rowid": False, **tier("shared")},)

    release_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outward: Mapped[str] = mapped_column(String(4), primary_key=True)
    inward: Mapped[str] = mapped_column(String(3), primary_key=True)
    authority_code: Mapped[str | None] = mapped_column(String(9))
    police_area: Mapped[str | None] = mapped_column(String(9))
    country: Mapped[str | None] = mapped_column(String(1))
    terminated_on: Mapped[date | None]

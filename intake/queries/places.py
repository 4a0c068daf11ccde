"""Which council a postcode is in: by the imported directory of postcodes, else by the shipped rows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from intake.models.places import Postcode
from intake.queries.postcode_releases import newest_release
from intake.routing.codes import Reason
from intake.routing.directory import Directory
from intake.routing.places import Located
from intake.routing.postcodes import Postcode as Typed
from intake.routing.postcodes import PostcodeKind, read_postcode

_Said = Row[str | None, str | None, str | None, date | None]
_SAID_OF_IT = (Postcode.authority_code, Postcode.police_area, Postcode.country, Postcode.terminated_on)
_ENGLAND_AND_WALES = frozenset({"E", "W"})
_OUTSIDE = Located(None, (), Reason.OUTSIDE_ENGLAND_AND_WALES)


class Places:
    """Looks postcodes up, by exactly what was typed in its usual form; nothing of it is kept or logged."""

    def __init__(self, session: Session, directory: Directory) -> None:
        self._session = session
        self._directory = directory

    def locate(self, typed: str) -> Located:
        """Say which council a postcode is in, or which to ask about, or why neither."""
        postcode = read_postcode(typed)
        release = newest_release(self._session) if postcode.outward else None
        if release is None:
            return self._directory.gazetteer.locate(typed)
        row = self._row(release.id, postcode) if postcode.kind is not PostcodeKind.FIRST_HALF else None
        if row is not None and row.country is not None and row.country not in _ENGLAND_AND_WALES:
            return _OUTSIDE
        if row is not None and row.authority_code is not None:
            return self._certain(row)
        unheard_of = row is None and postcode.kind is PostcodeKind.WHOLE
        because = Reason.POSTCODE_NOT_FOUND if unheard_of else Reason.WHICH_COUNCIL
        return self._asking(release.id, postcode, because) or self._directory.gazetteer.locate(typed)

    def _row(self, release_id: int, postcode: Typed) -> _Said | None:
        # The postcode itself is not asked back: a log of the rows a database gave would hold it.
        outward, _, inward = postcode.text.partition(" ")
        return self._session.execute(
            select(*_SAID_OF_IT).where(
                Postcode.release_id == release_id, Postcode.outward == outward, Postcode.inward == inward
            )
        ).one_or_none()

    def _certain(self, row: _Said) -> Located:
        forces = self._directory.gazetteer.police_forces
        return Located(
            authority=self._directory.named(row.authority_code),
            candidates=(),
            because=None,
            terminated_on=row.terminated_on,
            police_force=forces.get(row.police_area or ""),
        )

    def _asking(self, release_id: int, postcode: Typed, because: Reason) -> Located | None:
        """Offer the councils the first half reaches into, the likeliest first; None where it has no rows."""
        found = self._councils(release_id, postcode.outward)
        ours = [row for row in found if row.authority_code is not None]
        in_use = [row for row in ours if row.in_use]
        if ours:
            councils = tuple(self._directory.named(row.authority_code) for row in in_use or ours)
            return Located(None, councils, because)
        return (
            _OUTSIDE
            if found and all(row.country not in {*_ENGLAND_AND_WALES, None} for row in found)
            else None
        )

    def _councils(self, release_id: int, outward: str) -> Sequence[Row[str | None, str | None, int]]:
        in_use = func.count().filter(Postcode.terminated_on.is_(None))
        council = (Postcode.authority_code, Postcode.country)
        return self._session.execute(
            select(*council, in_use.label("in_use"))
            .where(Postcode.release_id == release_id, Postcode.outward == outward)
            .group_by(*council)
            .order_by(in_use.desc(), Postcode.authority_code)
        ).all()

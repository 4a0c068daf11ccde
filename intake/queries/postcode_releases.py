"""Which releases of the postcode directory were imported, and which one answers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models.places import PostcodeRelease


def newest_release(session: Session) -> PostcodeRelease | None:
    """Return the release that answers: the newest one that was imported whole."""
    return next(iter(finished_releases(session)), None)


def finished_releases(session: Session) -> Sequence[PostcodeRelease]:
    """Return every release that ever answered here, the newest import first."""
    finished = select(PostcodeRelease).where(PostcodeRelease.finished_at.is_not(None))
    return session.scalars(finished.order_by(PostcodeRelease.id.desc())).all()

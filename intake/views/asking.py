"""What a page of the school asks of its request and of the clock."""

from datetime import date
from uuid import UUID

from flask import request

from intake.calendars.local_time import to_local
from intake.views.session import workplace


def today() -> date:
    """Return the day it is in London."""
    return to_local(workplace().tools.clock.now()).date()


def before() -> UUID | None:
    """Return below which row of a list this page begins; None for the first page, or for nonsense."""
    try:
        return UUID(request.args.get("before", ""))
    except ValueError:
        return None

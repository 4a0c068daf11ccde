"""What the hub's templates call to say things: labels, names and ages of children."""

from typing import Any

from intake.calendars.local_time import to_local
from intake.views.session import workplace
from intake.words.child import child_age, child_name
from intake.words.vocabulary import label


def hub_words() -> dict[str, Any]:
    """Return the words every template of the hub may use."""
    today = to_local(workplace().tools.clock.now()).date()
    return {"label": label, "child_name": child_name, "child_age": child_age, "today": today}

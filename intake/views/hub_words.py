"""What the hub's templates call to say things: labels, names and ages of children."""

from typing import Any

from intake.views.asking import today
from intake.words.child import child_age, child_name
from intake.words.vocabulary import label


def hub_words() -> dict[str, Any]:
    """Return the words every template of the hub may use."""
    return {"label": label, "child_name": child_name, "child_age": child_age, "today": today()}

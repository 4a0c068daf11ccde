"""THE STORIES: what happened to invented children in an invented fortnight, act by act."""

from datetime import datetime

from intake.samples.stories import (
    gwylan,
    heronmere,
    moved,
    otterbrook,
    otterbrook_evenings,
    otterbrook_open,
    silver_car,
)
from intake.samples.storyteller import Story


def stories(now: datetime) -> tuple[Story, ...]:
    """Return every story, told as seen from `now`; one that is not over yet ends where it stands."""
    return (
        *silver_car.stories(now),
        *otterbrook.stories(now),
        *otterbrook_evenings.stories(now),
        *otterbrook_open.stories(now),
        *heronmere.stories(now),
        *gwylan.stories(now),
        *moved.stories(now),
    )

"""What waits for whoever watches over a service's work."""

from intake.db import Unit
from intake.policy.actor import Actor
from intake.queries.oversight import Reviews, reviews_waiting


class Oversight:
    """Tells a manager or an auditor what waits for their review."""

    def __init__(self, unit: Unit) -> None:
        self._session = unit.session

    def reviews(self, actor: Actor) -> Reviews:
        """Return how many reviews wait for the actor: none where they review nothing."""
        return reviews_waiting(self._session, actor)

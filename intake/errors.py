"""What can go wrong, in the words of the work and not of HTTP."""

from uuid import UUID


class IntakeError(Exception):
    """Anything this program refuses or cannot do, on purpose."""


class NotPermitted(IntakeError):
    """The actor's role never does this."""


class NotFound(IntakeError):
    """The thing does not exist, or is not the actor's to know of: the two are one answer."""


class Erased(IntakeError):
    """The thing was the actor's to work with, and their organisation has erased it."""

    def __init__(self, case_id: UUID | None) -> None:
        super().__init__("erased")
        self.case_id = case_id


class SecondFactorNeeded(IntakeError):
    """The thing is the actor's to work with, once they have given their second factor."""


class IllegalTransition(IntakeError):
    """The thing is not in a state from which this act can be done."""

    def __init__(self, state: str, act: str) -> None:
        super().__init__(f"{act} cannot follow {state}")
        self.state = state
        self.act = act


class StaleVersion(IntakeError):
    """Somebody else moved the thing on since the actor read it."""


class Refused(IntakeError):
    """An answer cannot be taken as it is; `field` is the form's name for it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class CannotOpen(IntakeError):
    """A sealed document did not open: wrong key, wrong place, or altered bytes."""


class KeysMissing(IntakeError):
    """The key ring is absent, unreadable or not the one this database was sealed with."""


class NotConfigured(IntakeError):
    """A setting is missing or contradicts another; nothing starts half-configured."""


class NotContinued(IntakeError):
    """The log of the trail cannot be added to: what is here is not what was signed before."""


class NotConfirmed(IntakeError):
    """The database could not say that the commit was kept."""

"""What is asked of the engine: facts only, each handed in, nothing looked up."""

from dataclasses import dataclass
from datetime import date, datetime

from intake.routing.places import Place

_ADULT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Where a child lives and is, how pressing it is, and when; `at` is aware UTC.

    `receiving` are the slugs of services that receive referrals here with an active account;
    `conflicted_services` those whose team is named in the concern, `conflicted_staff` the accounts that are.
    `school_authority` is the school's own: asked to pass the referral on when no other is found, and whose
    designated officer is told of a concern about its staff. `in_care` says that a council looks after the
    child, `caring` which one, by its ONS code, where that is known. The home of an `unborn` child is the
    mother's; `due_on`, of such a child only, is when the birth is due where that is known. `allocated` says
    that the child has a social worker already. `passed_on` are the slugs of services that had the referral
    and passed it on.
    """

    home: Place
    at: datetime
    found: Place | None = None
    danger: bool = False
    missing: bool = False
    urgent: bool = False
    age: int | None = None
    unborn: bool = False
    due_on: date | None = None
    in_care: bool = False
    caring: str | None = None
    allocated: bool = False
    about_staff: bool = False
    passed_on: frozenset[str] = frozenset()
    conflicted_services: frozenset[str] = frozenset()
    conflicted_staff: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    school_authority: str | None = None

    @property
    def protection_now(self) -> bool:
        """Whether the authority where the child is must act first."""
        return self.danger or self.urgent

    @property
    def pressing(self) -> bool:
        """Whether this cannot wait for a desk to open."""
        return self.protection_now or self.missing

    @property
    def before_birth(self) -> bool:
        """Whether the child is not born yet; saying when it is due says so as well."""
        return self.unborn or self.due_on is not None

    @property
    def adult(self) -> bool:
        """Whether this is about somebody of eighteen or over."""
        return self.age is not None and self.age >= _ADULT

"""An authority's own time limits: entered by its manager, and nobody else's figures."""

import pytest
from sqlalchemy import select

from intake.casework.limits import ColourLimit
from intake.errors import NotPermitted, Refused
from intake.models.audit import AuditEntry
from intake.policy.actor import Actor
from intake.vocabulary import Colour, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People

HALTON = "E06000006"


def entered(desk: Desk, actor: Actor | None = None) -> tuple[str, tuple[ColourLimit, ...]]:
    with desk.place.reading() as services:
        return services.limits.of(actor or desk.manager)


def keep(desk: Desk, allowed: dict[Colour, tuple[int, bool]]) -> None:
    with desk.place.writing() as services:
        services.limits.set(desk.manager, allowed)


def test_there_are_none_until_somebody_enters_them(desk: Desk) -> None:
    assert entered(desk) == (HALTON, ())


def test_what_is_entered_is_kept_worst_colour_first(desk: Desk) -> None:
    keep(desk, {Colour.GREEN: (4_320, False), Colour.RED: (240, True)})

    assert entered(desk)[1] == (
        ColourLimit(HALTON, Colour.RED, 240, working_time=True),
        ColourLimit(HALTON, Colour.GREEN, 4_320, working_time=False),
    )


def test_a_limit_may_be_changed_and_taken_away(desk: Desk) -> None:
    keep(desk, {Colour.RED: (240, True), Colour.AMBER: (480, True)})
    keep(desk, {Colour.RED: (120, False)})

    assert entered(desk)[1] == (ColourLimit(HALTON, Colour.RED, 120, working_time=False),)


def test_only_what_changed_is_in_the_trail(desk: Desk) -> None:
    keep(desk, {Colour.RED: (240, True), Colour.AMBER: (480, True)})
    keep(desk, {Colour.RED: (240, True)})

    with desk.place.reading() as services:
        rows = services.unit.session.scalars(
            select(AuditEntry.event + AuditEntry.detail)
            .where(AuditEntry.event.startswith("colour_limit."))
            .order_by(AuditEntry.seq)
        ).all()
    assert rows == [
        'colour_limit.set{"colour":"red","minutes":240,"working_time":true}',
        'colour_limit.set{"colour":"amber","minutes":480,"working_time":true}',
        'colour_limit.removed{"colour":"amber"}',
    ]


def test_no_time_at_all_is_no_limit(desk: Desk) -> None:
    with pytest.raises(Refused):
        keep(desk, {Colour.RED: (0, False)})


def test_another_authority_is_not_given_these_figures(desk: Desk, people: People) -> None:
    keep(desk, {Colour.RED: (240, True)})
    cardiff = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_MANAGER)

    assert entered(desk, cardiff) == ("W06000015", ())


def test_a_duty_worker_does_not_set_limits(desk: Desk) -> None:
    with pytest.raises(NotPermitted), desk.place.writing() as services:
        services.limits.set(desk.sam, {Colour.RED: (240, True)})

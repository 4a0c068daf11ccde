"""Two administrators change a number, at a desk and on a telephone, and a stranger finds the new one."""

import pytest

from intake.services.shipped_directory import load_shipped
from intake.vocabulary import Role
from tests.e2e.cast import Cast
from tests.e2e.street import Street
from tests.factories.accounts import AccountHolders
from tests.support.place import TestPlace

pytestmark = pytest.mark.browser


def test_a_number_is_changed_by_two_people(
    street: Street, cast: Cast, holders: AccountHolders, place: TestPlace
) -> None:
    load_shipped(place)
    desk = street.sign_in("administrator", cast.administrator)
    desk.follow("Directory").is_at("Directory").follow("Change Halton iCART", first=True)
    desk.is_at("Halton iCART").follow("Change the telephone number")
    desk.answer("New number", "0151 496 0000").answer("Where did you read or hear it?", "A letter")
    desk.answer("Why?", "They moved offices.").press("Propose this change")
    desk.sees("Waits for approval", "You proposed this, so somebody else approves it.")
    second = holders.make(cast.hub_id, Role.ADMINISTRATOR, name="Ola Brandt", passkey=True)
    telephone = street.sign_in("second-administrator", second, width=360)
    telephone.open("/directory").follow("Proposed on 23 November 2026 at 10am")
    telephone.sees("People would ring Halton iCART on 0151 496 0000 first")
    telephone.press("Approve: it is in force for everybody").sees("Approved. It is in force from now on")
    telephone.open("/directory/versions").is_at("Earlier versions of the directory").sees(
        "They moved offices."
    )
    telephone.open("/directory/versions/2").sees("What it changed")
    telephone.open("/health").is_at("Health")
    desk.open("/directory/file?name=E06000006-halton.toml").is_at("Change or add a whole file")
    for change in ("checked", "hours", "day", "end"):
        desk.open(f"/directory/services/halton-icart/{change}").sees("Propose this change")
    stranger = street.come("stranger", width=360, scripts=False).open("/who-to-ring")
    stranger.answer("Postcode where the child lives", "WA8 7QF").press("Find out who to ring")
    stranger.is_at("Who to ring in Halton").sees("0151 496 0000", "For the wall: Halton at any hour")

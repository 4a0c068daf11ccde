"""Two duty workers press 'Take it' at the same moment: one has it, and the other is told who, kindly."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from intake.audit.events.referrals import ReferralTaken
from tests.factories.hub_work import Desk
from tests.support.client import Faulty, Filled
from tests.support.matrix import events_of
from tests.support.web import Visiting


def press_together(forms: list[Filled]) -> list[str]:
    """Have everybody press at one moment; gives for each what was unexpected of the answer."""
    ready = Barrier(len(forms))

    def press(form: Filled) -> str:
        ready.wait()
        try:
            form.submit("Take it", status=303)
        except Faulty as fault:
            return str(fault)
        return ""

    with ThreadPoolExecutor(len(forms)) as people:
        return list(people.map(press, forms))


def test_of_two_who_press_at_the_same_moment_one_has_it_and_the_other_is_told_who(
    desk: Desk, visiting: Visiting
) -> None:
    names = {desk.sam.person_id: "Sam Reed", desk.jo.person_id: "Jo Marsh"}
    browsers = [visiting(desk.sam), visiting(desk.jo)]
    referrals: list[UUID] = [desk.arrive() for _ in range(3)]
    for referral in referrals:
        forms = [browser.get(f"/queue/{referral}").form("Take it") for browser in browsers]
        told = press_together(forms)
        lost = next(place for place, said in enumerate(told) if said)
        assert told[1 - lost] == ""
        assert "the answer is 409, not" in told[lost]
        taken_by = desk.referrals.header(referral).taken_by
        assert taken_by is not None
        again = forms[lost].submit("Take it", status=409)
        assert again.shown.heading == f"{names[taken_by]} took this a moment ago"
    taken = [events_of(desk.place, actor).count(ReferralTaken.NAME) for actor in (desk.sam, desk.jo)]
    assert sum(taken) == len(referrals)

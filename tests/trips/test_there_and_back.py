"""Two tiers upon either kind of database: what is sent in one is received in the other, and back."""

import pytest

from intake.db import Database
from intake.vocabulary import Tier
from tests.support import walk_hub, walk_school
from tests.support.split import split_upon

pytestmark = pytest.mark.unmeasured


def test_a_referral_goes_to_the_hubs_tier_and_its_answer_comes_back(database_url: str) -> None:
    with split_upon(lambda _: Database(database_url)) as split:
        people = split.walk.open_accounts()
        concern = walk_school.record(split.walk, people["teacher"], "concern")
        people["lead"].get(concern)
        referral = walk_school.refer(split.walk, people["lead"], concern)
        page = walk_hub.triage(split.walk, people["worker"], referral)
        walk_hub.decide(split.walk, people["worker"], page)
        split.take_in()
        assert split.walk.say("decision.to_school") in people["lead"].get(referral).text
        for tier in (Tier.SCHOOL, Tier.HUB):
            assert [each for each in split.chains(tier) if not each.whole] == []

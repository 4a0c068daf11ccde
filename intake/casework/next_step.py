"""The one clear next thing to do with a referral in the hub."""

from intake.vocabulary import Colour, ReferralAct, ReferralState


def next_step(state: ReferralState, colour: Colour | None, *, is_mine: bool) -> ReferralAct | None:
    """Return what the person looking at it does next; None once it is decided.

    Whoever acts on a referral has taken it first, so that two people never work on one child without knowing.
    """
    if state not in {ReferralState.RECEIVED, ReferralState.ACKNOWLEDGED}:
        return None
    if not is_mine:
        return ReferralAct.TAKE
    if state is ReferralState.RECEIVED:
        return ReferralAct.ACKNOWLEDGE
    return ReferralAct.COLOUR if colour is None else ReferralAct.DECIDE

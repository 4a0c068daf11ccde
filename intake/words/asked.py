"""The words for what somebody was refused: the kind of thing an address named, there or not."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import Asked

ASKED: Final[Mapping[StrEnum, LazyString]] = {
    Asked.CONCERN: _l("A concern"),
    Asked.CHILD_FILE: _l("A child's file"),
    Asked.REFERRAL: _l("A referral"),
    Asked.NOTE: _l("A case note"),
    Asked.MEETING: _l("A safety-plan meeting"),
    Asked.PERSON: _l("Somebody's account"),
    Asked.MEMBERSHIP: _l("Somebody's role"),
    Asked.SESSION: _l("A sign-in"),
    Asked.OFFER: _l("A referral another service passes on"),
    Asked.PASSING: _l("A referral that was passed on"),
    Asked.PASSKEY: _l("A passkey"),
    Asked.IDENTITY: _l("A link to single sign-on"),
    Asked.BREACH: _l("A referral sent to the wrong place"),
    Asked.RESTRICTION: _l("A restriction"),
    Asked.GLASS: _l("A review of broken glass"),
    Asked.SHIFT_CODE: _l("A code for one shift"),
    Asked.DUTY_SHIFT: _l("A shift on a rota"),
    Asked.DECOY: _l("A mark on a decoy"),
    Asked.SEARCH: _l("A search"),
    Asked.REQUEST: _l("What waits for a second person"),
}

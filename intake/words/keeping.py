"""The words for what keeps the keys and what is done to them, how the trail was found broken, and mails."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake import vocabulary as v

KEEPING: Final[tuple[Mapping[StrEnum, LazyString], ...]] = (
    {
        v.ChainFault.ALTERED: _l("An entry was changed"),
        v.ChainFault.MISSING: _l("An entry is missing"),
        v.ChainFault.INSERTED: _l("An entry was put in"),
        v.ChainFault.TRUNCATED: _l("The last entries are missing"),
        v.ChainFault.REORDERED: _l("Entries are out of order"),
        v.ChainFault.FORK: _l("Two entries claim the same place"),
        v.ChainFault.HEAD: _l("The end of the trail is not the one recorded"),
    },
    {
        v.LogFault.REWRITTEN: _l("Entries are not those that were signed"),
        v.LogFault.LOST: _l("Entries or checkpoints that were signed are gone"),
        v.LogFault.FORGED: _l("A checkpoint is not as it was signed"),
    },
    {
        v.RecordFault.GONE: _l("A record is gone"),
        v.RecordFault.CHANGED: _l("A record is not as it was written"),
        v.RecordFault.NEVER_RECORDED: _l("A record was put in"),
    },
    {
        v.Custodian.FILE: _l("A file on this machine"),
        v.Custodian.CREDENTIAL: _l("A credential of the service manager"),
        v.Custodian.TOKEN: _l("A token (PKCS#11)"),
        v.Custodian.SERVICE: _l("A key service (transit)"),
    },
    {
        v.KeyChange.ROOT: _l("Give the key ring a new root key"),
        v.KeyChange.ORGANISATION: _l("Give this organisation a new pair of keys"),
        v.KeyChange.CASE: _l("Give one case new keys"),
        v.KeyChange.ESCROW: _l("Print the key ring on three sheets of paper"),
    },
    {
        v.MailKind.CONCERN_TO_READ: _l("A concern is waiting to be read"),
        v.MailKind.CONCERN_STILL_UNREAD: _l("A concern has still not been read"),
        v.MailKind.REFERRAL_UPDATED: _l("There is news of a referral"),
        v.MailKind.GLASS_BROKEN: _l("Somebody broke the glass to see a restricted referral"),
        v.MailKind.SHIFT_CODE_GIVEN: _l("Somebody was given a code for one shift"),
        v.MailKind.WAY_IN_CHANGED: _l("How somebody signs in was changed"),
    },
)

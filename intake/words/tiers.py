"""What a tier means, in the words of whoever has to know what is lost when this program is taken over."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import Tier

MEANINGS: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        Tier.COMBINED: _l("Combined: whoever takes the application has all of it"),
        Tier.SCHOOL: _l("School: no key of a duty service is here"),
        Tier.HUB: _l("Hub: no key of a school is here"),
    }
)


def tier_words(tier: Tier) -> str:
    """Return what a tier means."""
    return str(MEANINGS[tier])

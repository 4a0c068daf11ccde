"""Harm that is happening already, said as a fact where the catalogue asks it as a question."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: By its code in the catalogue of signs; a test keeps every harm of every version here.
HARMS: Final[Mapping[str, LazyString]] = MappingProxyType(
    {
        "hurt_now": _l("The child is hurt, or in need of medical help now"),
        "missing_now": _l("The child is missing now"),
        "image_threat": _l("Somebody is using an image of the child to threaten them"),
    }
)

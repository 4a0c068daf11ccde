"""Why a shift cannot be written down or taken away, in words."""

from typing import Final

from flask_babel import lazy_gettext as _l

REFUSED: Final = {
    "rota.no_colleague": _l("Choose somebody who is at the desk here."),
    "rota.ends_before": _l("The shift ends before it begins."),
    "rota.too_long": _l("A shift lasts at most a day. Enter a longer one day by day."),
    "rota.too_late": _l("Choose a day of the last seven, or one to come."),
    "rota.too_far": _l("Choose a day within a year from now."),
    "rota.own_past": _l("Your shift has begun. A colleague who is a duty manager can write it down."),
    "rota.begun": _l("This shift has begun, so it stays on the rota."),
}

"""Words about looking: the reasons for which somebody may be asked why they looked."""

from enum import StrEnum, unique


@unique
class AskWhy(StrEnum):
    """Why a look is worth asking about (ADR 160, 162 and 163)."""

    OWN_SURNAME = "own_surname"
    OWN_POSTCODE = "own_postcode"
    COLLEAGUES_TIE = "colleagues_tie"
    KEPT_OUT = "kept_out"
    SOUGHT = "sought"
    CLOSED = "closed"
    CAME_BACK = "came_back"
    MANY_CHILDREN = "many_children"
    MANY_NAMES = "many_names"
    MANY_SEARCHES = "many_searches"
    REFUSED_OFTEN = "refused_often"
    OUT_OF_HOURS = "out_of_hours"
    OUT_OF_ROTA = "out_of_rota"
    DECOY = "decoy"

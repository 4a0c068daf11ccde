"""How the code of a one-time link is printed, and the page it is typed on, to be handed over."""

from intake.services.operator import Handed
from intake.words.spoken_times import spoken


def as_json(handed: Handed, public_url: str) -> dict[str, str]:
    """Return what a program needs to hand a code over."""
    return {
        "person_id": str(handed.person_id),
        "name": handed.name,
        "email": handed.email,
        "address": _address(public_url),
        "code": handed.code,
        "expires_at": handed.expires_at.isoformat(timespec="seconds"),
    }


def as_lines(handed: Handed, public_url: str) -> list[str]:
    """Return what a person needs to hand a code over."""
    until = spoken(handed.expires_at, handed.expires_at, dated=True)
    return [
        f"{handed.name} <{handed.email}>",
        f"  code  {handed.code}",
        f"  page  {_address(public_url)}",
        f"  works once, until {until}",
        "  Say: 'Open the page and type or paste the code there. Give it to nobody, whoever asks.'",
    ]


def _address(public_url: str) -> str:
    """Return the address of the page where the code is typed: the same for everybody, and no secret."""
    return f"{public_url}/welcome"

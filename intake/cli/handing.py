"""How a one-time link is printed, to be handed over."""

from intake.services.operator import Handed
from intake.words.spoken_times import spoken


def as_json(handed: Handed, public_url: str) -> dict[str, str]:
    """Return what a program needs to hand a link over."""
    return {
        "person_id": str(handed.person_id),
        "name": handed.name,
        "email": handed.email,
        "link": address(handed, public_url),
        "expires_at": handed.expires_at.isoformat(timespec="seconds"),
    }


def as_lines(handed: Handed, public_url: str) -> list[str]:
    """Return what a person needs to hand a link over."""
    until = spoken(handed.expires_at, handed.expires_at, dated=True)
    return [
        f"{handed.name} <{handed.email}>",
        f"  {address(handed, public_url)}",
        f"  works once, until {until}",
    ]


def address(handed: Handed, public_url: str) -> str:
    """Return the address of the page where the person chooses their password."""
    return f"{public_url}/welcome/{handed.token}"

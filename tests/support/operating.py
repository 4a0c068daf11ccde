"""What an operator does before anybody can come in: settings, set-up, and founding the organisations."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.support.bridge import bridge
from tests.support.client import Visitor
from tests.support.served import Site
from tests.support.walk import Said
from tests.support.whole_walk import FOUNDED, administrator

NAME = "intake.example"


def found_by_command(site: Site, say: Said) -> dict[str, str]:
    """Found the organisations as an operator does; gives their administrators' codes."""
    handed: dict[str, str] = {}
    for of, (kind, authority, slug) in FOUNDED.items():
        who = (f"{of}.administrator", f"{of}.second")
        cards = [administrator(each, say) for each in who]
        done = site.run(
            *("init", "--json", "--kind", kind.value, "--name", f"The {of} (test)", "--authority", authority),
            *(part for card in cards for part in ("--administrator", f"{card.name} <{card.email}>")),
            *(("--service", slug) if slug else ()),
        )
        assert done.returncode == 0, done.stderr
        codes = (each["code"] for each in json.loads(done.stdout)["administrators"])
        handed |= dict(zip(who, codes, strict=True))
    return handed


def a_site(folder: Path, mail_port: int, **settings: str) -> Site:
    """Return where a program is to run in earnest, behind a proxy, with nothing there yet."""
    temporary = folder / "temporary"
    temporary.mkdir(parents=True)
    return Site(
        {
            "INTAKE_INSTANCE": str(folder / "instance"),
            "INTAKE_KEY_RING": str(ring_of(folder)),
            "INTAKE_PUBLIC_URL": f"https://{NAME}",
            "INTAKE_TRUSTED_PROXIES": "1",
            "INTAKE_SMTP_HOST": "127.0.0.1",
            "INTAKE_SMTP_PORT": str(mail_port),
            "TMPDIR": str(temporary),
            **settings,
        }
    )


def ring_of(folder: Path) -> Path:
    """Return where a site keeps its key ring."""
    return folder / "keys" / "keyring.json"


def browsers_through(site: Site) -> Callable[[], Visitor]:
    """Give browsers that come to a served site through its proxy."""
    app = bridge(site.port, NAME)
    return lambda: Visitor(app, base_url=f"https://{NAME}")

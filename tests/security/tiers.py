"""T4: what the schools' tier has of a hub: in its database, by its key ring, and in its memory."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from intake import schema
from intake.crypto.key_file import RingFile
from intake.db import Database
from intake.errors import CannotOpen
from intake.models.key_grant import OrganisationKey
from intake.models.referral import Referral
from intake.services import database_roles as roles
from intake.services.holders import held_grants, kept_pair, open_held
from intake.vocabulary import Tier
from tests.security.outcome import Outcome, suite
from tests.support.bridge import bridge
from tests.support.client import Faulty, Visitor
from tests.support.operating import NAME, a_site, ring_of
from tests.support.place import TestPlace
from tests.support.postgres import PostgresServer, a_server
from tests.support.prying import pry
from tests.support.served import Running, serving
from tests.support.split import Split, split_upon
from tests.support.traces import keys_as_bytes
from tests.support.walk import Walk
from tests.support.whole_walk import Walked, walk_whole

#: Every table that is refused to each tier's role, and what each ring opens: tests of the suite.
_SUITE = "tests/trips/test_tiers_kept_apart.py"
_READABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r", re.MULTILINE)
_ROUNDS = 20
_NO_MAIL = 1
_PIECE, _OVERLAP = 1 << 24, 1 << 10


def measure(folder: Path) -> Outcome:
    """Have both tiers work, serve the schools' with its own ring alone, ask it for everything, search it."""
    with ExitStack() as stack:
        server = stack.enter_context(a_server())
        name = server.new_database()
        owner = stack.enter_context(closing(Database(server.url(name))))
        schema.upgrade(owner)
        with owner.writing() as unit:
            roles.apply(unit.session)
        opens = lambda tier: Database(_url(server, name, tier))  # noqa: E731 - said once, where it is read
        split = stack.enter_context(split_upon(opens, datetime.now(UTC)))
        walked = walk_whole(split.walk, carry_mail=split.take_in, erasing=False)
        split.take_in()
        figures, faults = _held(owner, split)
        ours, theirs = (_keys(each, owner, folder) for each in (split.school, split.hub))
        theirs = {each: key for each, key in theirs.items() if key not in ours.values()}
        split.school.tools.key_ring.keep(ring_of(folder))
        more, found = _served(folder, split, walked, _url(server, name, Tier.SCHOOL), (ours, theirs))
    kept_apart = suite(_SUITE)
    figures |= more | {"roles and rings, in the suite": kept_apart.figure}
    return Outcome(figures, (*faults, *found, *kept_apart.failed))


def _url(server: PostgresServer, name: str, tier: Tier) -> str:
    return server.url(name).replace("postgres@", f"{roles.ROLES[tier]}@")


def _held(owner: Database, split: Split) -> tuple[dict[str, object], list[str]]:
    """Count the documents that no school holds, and those of them that the schools' ring opens."""
    with owner.reading() as unit:
        rings = split.school.tools.key_ring, split.hub.tools.key_ring
        by_school, by_hub = (pry(unit.session, ring) for ring in rings)
        schools = {holder for each in by_school for holder in each.opened_by}
        pairs = [
            (mine, theirs)
            for mine, theirs in zip(by_school, by_hub, strict=True)
            if theirs.opened_by and not mine.opened_by & schools
        ]
    wrong = sum(bool(mine.opened_by) for mine, _ in pairs)
    shared = sum(bool(each.opened_by) for each in by_school)
    figures: dict[str, object] = {
        "documents of hubs alone": f"{len(pairs)}, {wrong} opened by the schools' ring",
        "documents the schools' ring opens": shared,
    }
    faults = ["the schools' ring opens what is a hub's alone"] * bool(wrong)
    return figures, faults + ["nothing was tried"] * (not pairs or not shared)


def _keys(place: TestPlace, owner: Database, folder: Path) -> dict[str, bytes]:
    """Return every key a tier's ring is, and every one it opens: pairs of organisations, and data keys."""
    ring, whose = place.tools.key_ring, place.tools.tier.value
    file = folder / f"ring of {whose}" / "ring.json"
    ring.keep(file)
    held = RingFile(file).read()
    keys = {f"{whose} seed": held.seed, **{f"{whose} root {kid}": root for kid, root in held.roots.items()}}
    with owner.reading() as unit:
        for row in unit.session.scalars(select(OrganisationKey)):
            kept = kept_pair(row)
            with suppress(CannotOpen):
                keys |= (
                    {f"{whose} pair of {row.organisation_id}": ring.open_pair(kept).secret} if kept else {}
                )
        for grant, pair in held_grants(unit.session):
            with suppress(CannotOpen):
                keys[f"{whose} {grant.compartment} of {grant.case_id}"] = open_held(ring, grant, pair).secret
    return keys


def _served(
    folder: Path,
    split: Split,
    walked: Walked,
    url: str,
    keys: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> tuple[dict[str, object], list[str]]:
    """Serve the schools' tier, work in it, ask it for what is the hub's, and look through its memory."""
    ours, theirs = keys
    site = a_site(folder, _NO_MAIL, INTAKE_TIER=Tier.SCHOOL.value, DATABASE_URL=url)
    with serving(site, "serve") as running:
        app = bridge(site.port, NAME)
        walk = Walk(lambda: Visitor(app, base_url=f"https://{NAME}"), split.walk.now, split.walk.say, {})
        walk.accounts = split.walk.accounts
        somebody = walk.sign_in("deputy")
        for _ in range(_ROUNDS):
            for path in ("/concerns", walked.concern, "/referrals", walked.referral):
                somebody.get(path, status=200)
        pages = list(_of_the_hub(split, walked))
        answered = [path for path in pages if not _is_not_there(somebody, path)]
        processes = list(_processes(running))
        found = {name for process in processes for name in _in_memory(process, {**ours, **theirs})}
        size = sum(len(piece) for process in processes for piece in _memory(process))
    figures: dict[str, object] = {
        "pages of the hub asked of it": f"{len(pages)}, {len(answered)} given",
        "memory searched": f"{size >> 20} MB of {len(processes)} processes",
        "keys of the hubs looked for": f"{len(theirs)}, {len(found & theirs.keys())} found",
        "keys of its own found": f"{len(found & ours.keys())} of {len(ours)}",
    }
    faults = [f"the schools' tier gives {path}" for path in answered]
    faults += [f"a key of the hubs is in its memory: {each}" for each in sorted(found & theirs.keys())]
    if f"{Tier.SCHOOL.value} seed" not in found or len(processes) < 2:
        faults.append("the search does not find the key the process surely has")
    return figures, faults


def _is_not_there(somebody: Visitor, path: str) -> bool:
    try:
        somebody.get(path, status=404)
    except Faulty:
        return False
    return True


def _of_the_hub(split: Split, walked: Walked) -> Iterator[str]:
    """Yield the addresses at which the hub's own tier shows what it keeps."""
    with split.hub.reading() as services:
        referrals = services.unit.session.scalars(select(Referral.id)).all()
    yield from ("/queue", "/queue?list=closed", walked.hub_page, walked.meeting, f"{walked.hub_page}/known")
    for each in referrals:
        yield from (f"/queue/{each}", f"/queue/{each}/known", f"/queue/{each}/note")


def _processes(running: Running) -> Iterator[int]:
    """Yield the server's process and those it began."""
    yield running.process.pid
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if os.getpgid(int(status.parent.name)) == running.process.pid != int(status.parent.name):
                yield int(status.parent.name)


def _in_memory(process: int, keys: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the keys that lie in a process's memory, in whatever dress."""
    dressed = {needle: name for name, key in keys.items() for _, needle in keys_as_bytes({name: key})}
    for piece in _memory(process):
        yield from (name for needle, name in dressed.items() if needle in piece)


def _memory(process: int) -> Iterator[bytes]:
    """Yield all that a process can read of itself, in pieces that lie a little over one another."""
    mapped = Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for found in _READABLE.finditer(mapped):
            start, end = int(found[1], 16), int(found[2], 16)
            for at in range(start, end, _PIECE):
                with suppress(OSError, OverflowError, ValueError):
                    memory.seek(at)
                    yield memory.read(min(_PIECE + _OVERLAP, end - at))

"""`intake keys rotate` and `intake keys reseal`: new keys, and all wrapped under them, while people work."""

import argparse
from contextlib import closing
from uuid import UUID

from sqlalchemy import select

from config import Settings
from intake.app import open_workplace
from intake.cli import Commands
from intake.cli.allowed import print_whether_allowed
from intake.cli.opened import open_own_database
from intake.errors import Refused
from intake.models.concern import Concern
from intake.models.referral import Referral
from intake.services.case_rotation import CaseRotation
from intake.services.operator import Operator
from intake.services.workplace import Services, Workplace
from intake.vocabulary import KeyChange, RequestKind

#: As often is gone over what other units were at work on.
_ROUNDS = 5
_WHAT = ("root", "organisation", "case")


def register(acts: Commands) -> None:
    """Add the two acts."""
    rotate = acts.add_parser(
        "rotate",
        help="make a new root, a new pair for an organisation, or new keys for one case",
        description="Make a new key and wrap under it everything that the older one wraps. People go on "
        "working meanwhile. Two administrators must have allowed it on the page 'Second person'. "
        "Interrupted, it goes on with: intake keys reseal; for a case, with the same command.",
    )
    rotate.add_argument("what", choices=_WHAT)
    rotate.add_argument("which", nargs="?", help="the organisation's name, or the case's reference or id")
    rotate.add_argument("--dry-run", action="store_true", help="only say how much there is to do")
    reseal = acts.add_parser(
        "reseal",
        help="wrap under the newest keys whatever older ones still wrap",
        description="Finish what was interrupted: wrap every pair under the active root, and every key "
        "of a case under its holder's newest pair. With --retire, let go of older keys that wrap nothing "
        "any more.",
        epilog="Ends with 1 where something could not be opened: it is left as it was.",
    )
    reseal.add_argument("--dry-run", action="store_true", help="only say how much there is to do")
    reseal.add_argument(
        "--retire", action="store_true", help="let go of keys replaced ten minutes ago or earlier"
    )


def run(found: Settings, args: argparse.Namespace) -> int:
    """Make keys anew, or finish doing so."""
    place = open_workplace(found)
    with closing(place.database), open_own_database(found, place.tools.key_ring):
        return _done(place, args)


def _done(place: Workplace, args: argparse.Namespace) -> int:
    if args.act == "rotate" and args.what != "root" and not args.which:
        raise Refused("which", f"Say which {args.what}.")
    if args.act == "rotate" and args.what == "case":
        return _rotate_case(place, args.which, dry_run=args.dry_run)
    if args.act == "rotate" and not args.dry_run:
        with place.writing() as services:
            print(_made_new(services, args.what, args.which))
    return _rewrap(place, dry_run=args.dry_run, retire=args.act == "reseal" and args.retire)


def _made_new(services: Services, what: str, which: str) -> str:
    approvals = services.approvals
    if what == "root":
        print_whether_allowed(
            allowed=approvals.use_at_machine(RequestKind.KEYS, (KeyChange.ROOT,), approvals.organisations())
        )
        kid = services.key_keeping.add_root()
        return f"Root {kid} is the active one now. Copy the key ring, or print it anew."
    organisation = Operator(services).organisation(which)
    print_whether_allowed(
        allowed=approvals.use_at_machine(RequestKind.KEYS, (KeyChange.ORGANISATION,), {organisation.id})
    )
    return (
        f"{organisation.name} has version {services.key_keeping.add_pair(organisation.id)} of its pair now."
    )


def _rewrap(place: Workplace, *, dry_run: bool, retire: bool) -> int:
    with place.reading() as services:
        left = services.key_keeping.left()
    print(f"To wrap anew: {left.pairs} pairs of organisations, {left.grants} keys of cases.")
    if dry_run:
        return 0
    with place.writing() as services:
        pairs = services.key_keeping.keep_pairs_anew()
    grants, unopened = 0, set[UUID]()
    for _ in range(_ROUNDS):
        done, unopened = _one_round(place)
        grants += done
        if not done:
            break
    print(f"Wrapped anew: {pairs} pairs, {grants} keys.")
    if retire:
        _retire(place)
    for grant_id in sorted(unopened):
        print(f"PROBLEM: the key in row {grant_id} of key_grant did not open, and was left as it was.")
    return 1 if unopened else 0


def _one_round(place: Workplace) -> tuple[int, set[UUID]]:
    """Go once over all there is; how many were wrapped anew, and which could not be opened."""
    done, unopened, last = 0, set[UUID](), None
    while True:
        with place.writing() as services:
            batch = services.key_keeping.rewrap(last)
        if batch.last is None:
            return done, unopened
        done, last = done + batch.grants, batch.last
        unopened.update(batch.unopened)


def _retire(place: Workplace) -> None:
    with place.writing() as services:
        retired = services.key_keeping.retire()
    print(f"Let go of: {retired.pairs} older pairs, {len(retired.roots)} older roots.")
    if retired.roots:
        print(
            "Backups from before need the copy of the key ring from before: keep it as long as you keep them."
        )


def _rotate_case(place: Workplace, which: str, *, dry_run: bool) -> int:
    with place.reading() as services:
        case_id = _case(services, which)
    rotation = CaseRotation(place)
    found = rotation.to_do(case_id)
    print(f"Case {case_id}: parts {', '.join(found.parts)}; {found.documents} documents to seal anew.")
    if dry_run:
        return 0
    done = rotation.run(case_id)
    print_whether_allowed(allowed=done.allowed)
    print(f"Sealed anew: {done.documents} documents. The older keys of {done.retired} parts are destroyed.")
    if not done.finished:
        print(
            "Give the same command in ten minutes: it destroys the older keys, once nobody can be using them."
        )
    return 0


def _case(services: Services, which: str) -> UUID:
    """Return the id of a case by its reference or its id; raises `Refused`."""
    session = services.unit.session
    for table in (Referral, Concern):
        found = session.scalars(select(table.id).where(table.reference == which.strip().upper())).first()
        if found is not None:
            return found
    try:
        return UUID(which)
    except ValueError as trouble:
        raise Refused("which", f"Nothing here has the reference {which!r}, and it is no id.") from trouble

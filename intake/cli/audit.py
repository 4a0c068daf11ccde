"""`intake audit`: proves that nobody changed the trail, or names the first entry that is wrong."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from intake.audit.attested import Attested
from intake.audit.log_check import LogCheck
from intake.audit.note import LogKey
from intake.audit.proof import Proofs
from intake.audit.trail import Trail
from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.cli.audit_looks import add_acts, looking, pack
from intake.cli.audit_witness import add_act, witness
from intake.cli.chain_words import ChainWords
from intake.cli.opened import load_key_ring, open_own_database, settings
from intake.cli.serving.keepers import keepers
from intake.errors import NotConfigured, NotFound
from intake.services.checkpoints import Checkpoints
from intake.services.record_check import RecordCheck
from intake.vocabulary import Tier


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "audit",
        help="prove the trail unaltered, and read who looked",
        description="Look after the trail of what happened, and prove it. Nothing here changes an entry.",
    )
    acts = parser.add_subparsers(title="what to do", dest="act", required=True, metavar="ACT")
    _register_verify(acts)
    _register_prove(acts)
    acts.add_parser(
        "checkpoint",
        help="sign what is new, and have it kept elsewhere",
        description="Sign how many entries there are and the root that stands for them, and have that kept "
        "by the file, the witness and the log that INTAKE_CHECKPOINTS, INTAKE_WITNESS and INTAKE_SYSLOG "
        "name. "
        "'intake serve' does it every minute; this is for whoever serves otherwise.",
    )
    add_act(acts)
    add_acts(acts)
    acts.add_parser(
        "key",
        help="print the public key by which checkpoints and proofs are checked",
        description="Print the public key by which checkpoints and proofs are checked, as one line.",
    )


def _register_verify(acts: Commands) -> None:
    verify = acts.add_parser(
        "verify",
        help="check every chain from its first entry to its last, and every checkpoint",
        description="Check every chain from its first entry to its last, that chains which answer to each "
        "other agree, and that all entries are still those of every signed checkpoint. Names the first wrong "
        "entry of a chain, and how it is wrong.",
        epilog="Ends with 0 when everything is whole, 1 when it is not, 2 when it could not look.",
    )
    what = verify.add_mutually_exclusive_group()
    what.add_argument("--organisation", metavar="X", help="only this one's chain, by its id or exact name")
    what.add_argument(
        "--records",
        action="store_true",
        help="compare each sealed document and each referral's state with what the entries say of it",
    )
    verify.add_argument(
        "--checkpoints", type=Path, metavar="FILE", help="the file elsewhere, where not INTAKE_CHECKPOINTS"
    )
    verify.add_argument("--json", action="store_true", help="print one JSON object instead")


def _register_prove(acts: Commands) -> None:
    prove = acts.add_parser(
        "prove",
        help="write a proof that somebody with nothing but the public key can check",
        description="Write a proof that an entry, or every entry that bears a reference, is in the log under "
        "the newest checkpoint. docs/verifier/verify_proof.py checks it, with nothing but the public key.",
    )
    prove.add_argument(
        "what", metavar="REFERENCE|CHAIN:SEQ", help="CHAIN is an organisation's id or exact name"
    )
    prove.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the proof is written")
    prove.add_argument(
        "--from", type=int, dest="since", metavar="SIZE", help="prove too that the log only grew since then"
    )


def run(args: argparse.Namespace) -> int:
    """Do one act."""
    if args.act == "key":
        found = settings()
        print(LogKey(load_key_ring(found), found.tier).public)
        return 0
    doing = {
        "verify": _verify,
        "prove": _prove,
        "checkpoint": _checkpoint,
        "witness": witness,
        "pack": pack,
        "looking": looking,
    }
    return doing[args.act](args)


def _verify(args: argparse.Namespace) -> int:
    found = settings()
    key_ring = load_key_ring(found)
    witnessed = _witnessed(args.checkpoints or found.checkpoints)
    with open_own_database(found, key_ring) as database, database.reading() as unit:
        if args.records and not database.is_sqlite:
            # Entries and rows of one moment: somebody may be at work.
            unit.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        words, trail = ChainWords(unit), Trail(unit.session, key_ring, found.tier)
        attested = Attested() if args.records else None
        asked: Sequence[UUID] = (
            trail.organisations() if args.organisation is None else [_one(words, args.organisation)]
        )
        checked = [trail.check(each, attested) for each in asked]
        # With the schools' ring nothing of the log can be checked.
        unsigned = args.organisation or found.tier is Tier.SCHOOL
        log = None if unsigned else LogCheck(unit.session, LogKey(key_ring, found.tier)).run(witnessed)
        chains_whole = all(each.whole for each in checked)
        whole = chains_whole and (log is None or log.whole)
        records = None
        if attested is not None:
            trail.take_theirs(attested)
            records = RecordCheck(unit.session, attested, found.tier, whole=chains_whole).run()
            whole = whole and records.whole
    if args.json:
        chains = [words.json(each) for each in checked]
        said = {"whole": whole, "chains": chains} | ({} if log is None else {"log": words.log_json(log)})
        said |= {} if records is None else {"records": words.records_json(records)}
        print(json.dumps(said, indent=2))
    else:
        lines = [words.sentence(each) for each in checked] or ["There is no trail yet."]
        lines += [] if log is None else [words.log_sentence(log)]
        lines += [] if records is None else words.record_sentences(records)
        print("\n".join(lines))
    return 0 if whole else 1


def _prove(args: argparse.Namespace) -> int:
    found = settings()
    key_ring = load_key_ring(found)
    with open_own_database(found, key_ring) as database, database.reading() as unit:
        proofs = Proofs(unit.session, LogKey(key_ring, found.tier))
        chain, colon, seq = args.what.rpartition(":")
        if colon and seq.isdecimal():
            entries = [(_one(ChainWords(unit), chain), int(seq))]
        else:
            entries = proofs.about(args.what)
        if not entries:
            raise NotFound(f"No entry of the trail bears the reference {args.what!r}.")
        proof = proofs.prove(entries, args.since)
    try:
        with args.out.open("x", encoding="utf-8") as file:
            file.write(json.dumps(proof, indent=1, ensure_ascii=False) + "\n")
    except OSError as trouble:
        raise NotConfigured(f"The proof cannot be written to {args.out} ({trouble.strerror}).") from trouble
    print(
        f"{len(entries)} entries proved in {args.out}. Check it with the key that 'intake audit key' prints."
    )
    return 0


def _checkpoint(_args: argparse.Namespace) -> int:
    found = settings()
    with at_work() as place:
        signed = Checkpoints(place, keepers(found)).sign()
    for one in signed:
        print(one.note)
    if not signed:
        print("Nothing is new since the last checkpoint.")
    return 0


def _witnessed(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as trouble:
        raise NotConfigured(f"The checkpoints in {path} cannot be read ({trouble.strerror}).") from trouble


def _one(words: ChainWords, said: str) -> UUID:
    found = words.find(said)
    if len(found) != 1:
        raise NotFound(f"There is no one organisation with the id or exact name {said!r}.")
    return found[0]

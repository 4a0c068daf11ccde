"""Proofs are accepted by a program that has only the public key; changed anywhere, they are not."""

import copy
import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from intake.audit.note import LogKey
from intake.audit.proof import Proofs
from intake.crypto.key_ring import KeyRing
from intake.errors import NotContinued, NotFound
from tests.integration.audit.signed_trail import CHAINS, ENTRIES, REFERENCE, SignedTrail
from tests.support.databases import on_either
from tests.support.place import TestPlace

_VERIFIER = Path(__file__).parents[3] / "docs" / "verifier" / "verify_proof.py"
_Proof = dict[str, Any]


@pytest.fixture(name="trail")
def _trail(place: TestPlace, tmp_path: Path) -> SignedTrail:
    trail = SignedTrail(place, tmp_path / "checkpoints")
    trail.grow(random.Random(7))
    return trail


@pytest.fixture(name="verifier", scope="module")
def _verifier() -> ModuleType:
    """The verifier in this process, for trying it hundreds of times."""
    spec = importlib.util.spec_from_file_location("verify_proof", _VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _make(trail: SignedTrail, act: Callable[[Proofs], Any]) -> Any:  # noqa: ANN401 - whatever was asked
    with trail.place.reading() as services:
        return act(Proofs(services.unit.session, LogKey(trail.place.tools.key_ring)))


def _prove(trail: SignedTrail, entries: list[tuple[UUID, int]], since: int | None = None) -> _Proof:
    return _make(trail, lambda proofs: proofs.prove(entries, since))  # type: ignore[no-any-return]


def _public(trail: SignedTrail) -> str:
    return LogKey(trail.place.tools.key_ring).public


def _sizes(trail: SignedTrail) -> list[int]:
    return [int(line) for line in trail.file.read_text().splitlines() if line.isdecimal()]


def _told(trail: SignedTrail, proof: _Proof, key: str | None = None) -> subprocess.CompletedProcess[str]:
    file = trail.file.with_name("proof.json")
    file.write_text(json.dumps(proof))
    words = [sys.executable, "-I", str(_VERIFIER), str(file), key or _public(trail)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@on_either
def test_every_entry_and_every_earlier_checkpoint_is_proved(trail: SignedTrail, verifier: ModuleType) -> None:
    everything = [(each.organisation_id, each.seq) for chain in CHAINS for each in trail.entries(chain)]
    assert len(everything) == _sizes(trail)[-1]
    for since in _sizes(trail)[:-1]:
        proof = _prove(trail, everything, since)
        said = verifier.check(proof, _public(trail))
        assert len(said) == len(everything) + 2
        assert said[-1].startswith(f"Nothing of the first {since} entries was changed since 2026-11-23T10:")


@on_either
def test_the_verifier_runs_by_itself_and_says_what_is_proved(trail: SignedTrail) -> None:
    about = _make(trail, lambda proofs: proofs.about(REFERENCE))
    proof = _make(trail, lambda proofs: proofs.prove(about, _sizes(trail)[0]))
    done = _told(trail, proof)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"The log had {_sizes(trail)[-1]} entries, and this was signed at 2026-11-23T10:08" in done.stdout
    entry = trail.entries(CHAINS[1])[0]
    assert f"In it: entry 1 of chain {CHAINS[1]}, with the MAC {entry.mac.hex()}." in done.stdout
    assert "intake" not in {line.split()[1].split(".")[0] for line in _imports()}


def _imports() -> Iterator[str]:
    lines = _VERIFIER.read_text().splitlines()
    assert len(lines) < 150
    yield from (line for line in lines if line.startswith(("import ", "from ")))


@on_either
def test_another_key_and_no_proof_at_all_are_refused(trail: SignedTrail) -> None:
    proof = _make(trail, lambda proofs: proofs.prove([(CHAINS[0], 1)]))
    other = _told(trail, proof, LogKey(KeyRing.new()).public)
    assert (other.returncode, "another log or key" in other.stderr.replace("of another", "another")) == (
        1,
        True,
    )
    for nothing in ({}, {"format": "pass-it-on proof/1"}):
        done = _told(trail, nothing)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("REFUSED")
    words = [sys.executable, "-I", str(_VERIFIER)]
    asked = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (asked.returncode, "PROOF.json" in asked.stderr) == (1, True)


@on_either
def test_changed_in_any_one_place_it_is_refused(trail: SignedTrail, verifier: ModuleType) -> None:
    """Every character of every text, every number, every hash left out or put in, every part taken away."""
    entries = [(CHAINS[0], 2), (CHAINS[2], 1)]
    proof = _make(trail, lambda proofs: proofs.prove(entries, _sizes(trail)[1]))
    assert len(verifier.check(copy.deepcopy(proof), _public(trail))) == 4
    tried = 0
    for changed in _changed(proof, random.Random(1)):
        tried += 1
        with pytest.raises((ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)):
            verifier.check(copy.deepcopy(changed), _public(trail))
    assert tried > 150


def _changed(proof: _Proof, chance: random.Random) -> Iterator[_Proof]:
    for path, value in _places(proof):
        for other in _others(value, chance):
            changed = copy.deepcopy(proof)
            holder: Any = changed
            for step in path[:-1]:
                holder = holder[step]
            if other is not None:
                holder[path[-1]] = other
            elif path == ("earlier",) or path[:-1] == ("entries",):
                continue  # with an earlier checkpoint or an entry less, a proof proves less
            else:
                del holder[path[-1]]
            yield changed


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:  # noqa: ANN401
    if path:
        yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        yield from _places(each, (*path, step))


def _others(value: Any, chance: random.Random) -> Iterator[Any]:  # noqa: ANN401 - whatever JSON holds
    yield None
    if isinstance(value, str):
        for at in chance.sample(range(len(value)), min(len(value), 6)):
            yield value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        yield value + "0"
        yield value.upper() if value != value.upper() else value[::-1]
    elif isinstance(value, int):
        yield from (value + 1, value - 1, float(value), str(value), -value - 1, 2**70)
    elif isinstance(value, list) and value and isinstance(value[0], str):
        yield from (
            value[1:],
            [*value, value[0]],
            [*value[:-1], value[0] if len(value) > 1 else value[0] * 2],
        )
    elif isinstance(value, dict):
        yield {**value, "more": 1}


def test_what_no_checkpoint_covers_is_not_proved(trail: SignedTrail) -> None:
    trail.write(CHAINS[0])
    newest = len(trail.entries(CHAINS[0]))
    with pytest.raises(NotFound, match=f"No checkpoint covers entry {newest}"):
        _make(trail, lambda proofs: proofs.prove([(CHAINS[0], newest)]))
    with pytest.raises(NotFound, match="no checkpoint of 1000 entries"):
        _make(trail, lambda proofs: proofs.prove([(CHAINS[0], 1)], 1000))
    with pytest.raises(NotFound, match="is the newest"):
        _make(trail, lambda proofs: proofs.prove([(CHAINS[0], 1)], _sizes(trail)[-1]))


@pytest.mark.parametrize("gone", [False, True])
def test_a_trail_that_is_not_what_was_signed_proves_nothing(trail: SignedTrail, *, gone: bool) -> None:
    trail.unlock()
    with trail.place.writing() as services:
        here = (ENTRIES.c.organisation_id == CHAINS[1]) & (ENTRIES.c.seq == 2)
        change = ENTRIES.delete() if gone else ENTRIES.update().values(mac=b"\7" * 32)
        services.unit.session.execute(change.where(here))
    with pytest.raises(NotContinued, match="not what was signed"):
        _make(trail, lambda proofs: proofs.prove([(CHAINS[0], 1)]))

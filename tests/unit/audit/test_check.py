"""Whatever is done to a chain without its key is found, and the first wrong place named."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.audit.chain import Entry, Head, Written, head_at, written
from intake.audit.check import ChainCheck, Checked, Fault
from intake.vocabulary import ChainFault
from tests.unit.audit.chains import (
    ELSEWHERE,
    HERE,
    KEY,
    OTHER_KEY,
    altered,
    bare,
    head_of,
    link,
    renumbered,
    whole,
)

_SEEDS = range(100)
_Harm = Callable[[list[Entry], Head, random.Random], tuple[list[Entry], Head | None, int, ChainFault]]


def _edit(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries))
    entries[at] = altered(entries[at], chance)
    return entries, head, at + 1, ChainFault.ALTERED


def _delete(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries) - 1)
    del entries[at : at + chance.randint(1, len(entries) - 1 - at)]
    return entries, head, at + 1, ChainFault.MISSING


def _delete_and_close_up(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries) - 1)
    del entries[at]
    return renumbered(entries), head, at + 1, ChainFault.MISSING


def _insert(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries))
    before = entries[at - 1] if at else None
    entries.insert(at, link(bare(77), before, OTHER_KEY))
    return renumbered(entries), head, at + 1, ChainFault.INSERTED


def _append(entries: list[Entry], head: Head, _: random.Random) -> tuple[list[Entry], Head, int, ChainFault]:
    return [*entries, link(bare(77), entries[-1], OTHER_KEY)], head, len(entries) + 1, ChainFault.INSERTED


def _replay(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    again = replace(chance.choice(entries), seq=len(entries) + 1)
    return [*entries, again], head, len(entries) + 1, ChainFault.INSERTED


def _copy_over(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    source, target = sorted(chance.sample(range(len(entries)), 2))
    entries[target] = replace(entries[source], seq=target + 1)
    return entries, head, target + 1, ChainFault.ALTERED


def _swap(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    one, other = sorted(chance.sample(range(len(entries)), 2))
    entries[one], entries[other] = entries[other], entries[one]
    return renumbered(entries), head, one + 1, ChainFault.REORDERED


def _move_far(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries) - 1)
    moved = replace(entries.pop(at), seq=head.seq + 5)
    return [*entries, moved], head, at + 1, ChainFault.REORDERED


def _cut_tail(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    left = chance.randrange(len(entries))
    return entries[:left], head, left + 1, ChainFault.TRUNCATED


def _cut_tail_and_move_head(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    left = chance.randrange(1, len(entries))
    last = entries[left - 1]
    return entries[:left], replace(head, seq=last.seq, mac=last.mac), left, ChainFault.HEAD


def _move_head_back(
    entries: list[Entry], _: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    earlier = entries[chance.randrange(len(entries) - 1)]
    return entries, head_at(KEY, HERE, earlier.seq, earlier.mac), earlier.seq, ChainFault.HEAD


def _spoil_head(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    spoiled = chance.choice((replace(head, seal=bytes(32)), replace(head, mac=bytes(32))))
    return entries, spoiled, len(entries), ChainFault.HEAD


def _drop_head(entries: list[Entry], _: Head, __: random.Random) -> tuple[list[Entry], None, int, ChainFault]:
    return entries, None, len(entries), ChainFault.HEAD


def _fork(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    """Two nodes, both with the key, went on from the same place; one's entries were put over the other's."""
    at = chance.randrange(1, len(entries) - 1)
    other = link(bare(88), entries[at - 1])
    entries[at + 1] = link(bare(89), other)
    return entries, head, at + 2, ChainFault.FORK


def _move_across(
    entries: list[Entry], head: Head, chance: random.Random
) -> tuple[list[Entry], Head, int, ChainFault]:
    at = chance.randrange(len(entries))
    entries[at] = replace(whole(len(entries), ELSEWHERE, OTHER_KEY)[at], organisation_id=HERE)
    return entries, head, at + 1, ChainFault.ALTERED


_HARMS: tuple[_Harm, ...] = (
    _edit,
    _delete,
    _delete_and_close_up,
    _insert,
    _append,
    _replay,
    _copy_over,
    _swap,
    _move_far,
    _cut_tail,
    _cut_tail_and_move_head,
    _move_head_back,
    _spoil_head,
    _drop_head,
    _fork,
    _move_across,
)


def _check(entries: list[Entry], head: Head | None) -> Checked:
    return ChainCheck(HERE, KEY).run(map(written, entries), head)


@pytest.mark.parametrize("length", [1, 2, 50])
def test_a_chain_nobody_touched_is_whole(length: int) -> None:
    entries = whole(length)
    assert _check(entries, head_of(entries)) == Checked(HERE, length)
    assert _check(entries, head_of(entries)).whole


def test_a_chain_that_was_never_begun_is_whole() -> None:
    assert _check([], None) == Checked(HERE, 0)


@pytest.mark.parametrize("harm", _HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_every_harm_is_found_where_it_was_done_and_named(harm: _Harm) -> None:
    for seed in _SEEDS:
        chance = random.Random(seed)
        untouched = whole(chance.randint(3, 12))
        entries, head, seq, kind = harm(list(untouched), head_of(untouched), chance)
        checked = _check(entries, head)
        assert checked.fault == Fault(HERE, seq, kind), seed
        assert not checked.whole


def test_two_entries_under_one_number_are_a_fork_when_both_are_genuine() -> None:
    entries = whole(4)
    twin = link(bare(88), entries[1])
    assert _check([*entries[:3], twin, entries[3]], head_of(entries)).fault == Fault(HERE, 3, ChainFault.FORK)


@pytest.mark.parametrize("forged", [False, True])
def test_an_entry_repeated_under_its_own_number_was_inserted(*, forged: bool) -> None:
    entries = whole(4)
    twin = replace(entries[2], mac=bytes(32)) if forged else entries[2]
    checked = _check([*entries[:3], twin, entries[3]], head_of(entries))
    assert checked.fault == Fault(HERE, 3, ChainFault.INSERTED)


def test_a_fault_without_a_head_is_still_named() -> None:
    entries = whole(4)
    entries[1] = replace(entries[1], event="concern.read")
    assert _check(entries, None) == Checked(HERE, 1, Fault(HERE, 2, ChainFault.ALTERED))


def test_an_entry_of_which_only_the_number_was_changed_was_moved() -> None:
    entries = whole(4)
    moved = [*entries[:3], replace(entries[3], seq=9)]
    assert _check(moved, head_of(entries)).fault == Fault(HERE, 4, ChainFault.REORDERED)


def test_a_later_entry_put_in_the_place_of_all_before_it_does_not_hide_that_they_are_gone() -> None:
    entries = whole(6)
    closed_up = [entries[0], replace(entries[4], seq=2)]
    assert _check(closed_up, head_of(entries)).fault == Fault(HERE, 2, ChainFault.MISSING)


def test_a_forged_entry_does_not_pass_for_the_one_that_is_gone() -> None:
    entries = whole(5)
    forged = replace(bare(77), seq=6, prev_mac=entries[0].mac, mac=bytes(32))
    left = [entries[0], *entries[2:], forged]
    assert _check(left, head_of(entries)).fault == Fault(HERE, 2, ChainFault.MISSING)


def test_the_first_entry_put_in_again_further_on_is_known_for_what_it_is() -> None:
    entries = whole(4)
    again = renumbered([*entries[:2], entries[0], *entries[2:]])
    assert _check(again, head_of(entries)).fault == Fault(HERE, 3, ChainFault.REORDERED)


def test_a_chain_under_another_key_is_not_this_one() -> None:
    entries = whole(3, key=OTHER_KEY)
    assert _check(entries, head_of(entries, OTHER_KEY)).fault == Fault(HERE, 1, ChainFault.ALTERED)


def test_every_entry_that_is_whole_is_shown_to_whoever_wants_to_see_it() -> None:
    entries, seen = whole(5), list[Written]()
    spoiled = [*entries[:3], replace(entries[3], event="concern.read"), entries[4]]
    ChainCheck(HERE, KEY, seen=seen.append).run(map(written, spoiled), head_of(entries))
    assert seen == [written(each) for each in entries[:3]]

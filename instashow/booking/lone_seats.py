"""What a choice of seats must not leave behind: a lone seat, half a love seat, a companion without a wheelchair.

A lone seat is a free seat that the choice has robbed of its last free neighbour. *strict* counts each; *aisle*
tolerates one that has an aisle or wall (or another kind of place) on its other side; *off* counts none. Two seats with
a gap on both sides never leave one. It is no fault where the party had no better place: no block of its size in its
price classes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from instashow.booking.seating import Run, Seating, blocks, free_in, in_reach, lone_level

Mode = Literal["off", "aisle", "strict"]
TOLERATED = {"strict": 0, "aisle": 1, "off": 2}
"""The level of `lone_level` that each mode still allows."""


def stranded(seating: Seating, taken: Collection[int], chosen: Collection[int], mode: Mode) -> tuple[int, ...]:
    """The seats that a party's choice would leave alone, by id; none where it may.

    `chosen` is all that the party would have, what it holds already too; `taken` what others have. A party with a
    wheelchair place sits where that is.
    """
    ordinary = [seat for seat in chosen if seat in seating.where]
    if mode == "off" or len(ordinary) < len(chosen):
        return ()
    lone = _left_alone(seating, {*taken, *chosen}, ordinary, TOLERATED[mode])
    return lone if lone and _had_another(seating, taken, ordinary, TOLERATED[mode]) else ()


def pair_required(seating: Seating, chosen: Collection[int]) -> tuple[int, ...]:
    """The other halves of love seats of which only one half is chosen."""
    wanted = {seating.partners[half] for half in chosen if half in seating.partners}
    return tuple(sorted(wanted - set(chosen)))


def companion_offered(seating: Seating, seat: int, chosen: Collection[int], *, released: bool) -> bool:
    """Whether a place may be chosen beside the others: a companion seat only with a wheelchair place in reach of it,
    until it is released."""
    spot = seating.spots[seat]
    if released or spot.kind != "companion":
        return True
    return any(place.id in chosen and in_reach(spot, place) for place in seating.wheelchairs)


def companions_refused(seating: Seating, chosen: Collection[int], *, released: bool) -> tuple[int, ...]:
    """The companion seats of a choice that are not offered with it."""
    return tuple(seat for seat in sorted(chosen) if not companion_offered(seating, seat, chosen, released=released))


def _left_alone(seating: Seating, gone: Collection[int], chosen: Collection[int], tolerated: int) -> tuple[int, ...]:
    lone: set[int] = set()
    for seat in chosen:
        run, at = seating.where[seat]
        lone |= {run.ids[beside] for beside in (at - 1, at + 1) if _is_lone(run, beside, gone, tolerated)}
    return tuple(sorted(lone))


def _is_lone(run: Run, at: int, gone: Collection[int], tolerated: int) -> bool:
    last = len(run.ids) - 1
    if not 0 <= at <= last or run.ids[at] in gone or run.love[at] or last <= 1:
        return False
    beside = [other for other in (at - 1, at + 1) if 0 <= other <= last]
    level = 1 if len(beside) == 1 else 2
    return level > tolerated and all(run.ids[other] in gone for other in beside)


def _had_another(seating: Seating, taken: Collection[int], chosen: Collection[int], tolerated: int) -> bool:
    """Whether the party would have found a block of its size that leaves nobody alone, in its own price classes."""
    classes = {seating.spots[seat].category for seat in chosen}
    free = seating.where.keys() - set(taken)
    for run in seating.runs:
        there = free_in(run, free)
        usable = [fits and category in classes for fits, category in zip(there, run.categories, strict=True)]
        for start in blocks(run, usable, len(chosen)):
            if lone_level(run, there, start, start + len(chosen)) <= tolerated:
                return True
    return False

"""What else a party may take: the best block, the next ones, seats beside their own; nothing that would be refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import heappop, heappush
from itertools import islice
from typing import cast

from instashow.booking import best_seats, choosing, lone_seats
from instashow.booking.accessible_seats import BEHIND
from instashow.booking.blocks import Block, Focus, far, run_blocks, seat_blocks
from instashow.booking.house import House
from instashow.booking.seating import Seating

LOOKED_AT = 60
"""Blocks that are tried, nearest first."""


def best(house: House, party: int, *, accessible: int = 0) -> tuple[int, ...]:
    """The best free places for a party; none where there are not so many, or where nobody sees the places."""
    if house.hall.unnumbered:
        return ()
    seating = choosing.seating_of(house.hall)
    return best_seats.best(seating, house.free, party, accessible=accessible) or ()


def next_best(house: House, party: int, nth: int) -> tuple[int, ...]:
    """The `nth` block of the party's size, from 0, best first, none sharing a seat with another; then from the start
    again. Of car bays, the nth bay. None where there is no block."""
    if house.hall.unnumbered:
        return ()
    seating = choosing.seating_of(house.hall)
    if nth == 0 and seating.runs:
        return best_seats.together(seating, house.free, party) or ()
    found = list(_bays(seating, house.free)) or list(_apart(sorted(seat_blocks(seating, house.free, party))))
    return found[nth % len(found)] if found else ()


def beside(house: House, near: Collection[int], size: int) -> tuple[int, ...]:
    """The nearest block of `size` free seats that may be held beside the visitor's own; none where there is none."""
    seating = choosing.seating_of(house.hall)
    spots = [seating.spots[id] for id in near if id in seating.spots]
    if house.hall.unnumbered or not spots or size < 1:
        return ()
    focus = sum(2 * spot.x for spot in spots) // len(spots), sum(3 * spot.y for spot in spots) // len(spots)
    fitting = (
        block.ids
        for block in islice(nearest(seating, house.free, size, focus), LOOKED_AT)
        if _fits(house, seating, block.ids)
    )
    return next(fitting, ())


def nearest(seating: Seating, free: Collection[int], size: int, focus: Focus) -> Iterator[Block]:
    """Every block of so many free neighbours, the nearest to the focus first, one beside it before one behind it.

    Row by row: what comes of a row is no nearer than the row, so few rows are looked at where few blocks are taken.
    """

    def behind(y: int) -> int:
        return BEHIND * (3 * y - focus[1]) ** 2

    waiting: list[tuple[int, Block]] = []
    rows = ((far(seating, run, focus) + behind(run.y), at) for at, run in enumerate(seating.runs))
    for least, at in sorted(rows):
        while waiting and waiting[0][0] < least:
            yield heappop(waiting)[1]
        for block in run_blocks(seating, seating.runs[at], free, size, focus=focus):
            heappush(waiting, (block.cost + behind(block.y), block))
    yield from (block for _, block in sorted(waiting))


def _fits(house: House, seating: Seating, ids: tuple[int, ...]) -> bool:
    chosen = {*house.mine, *ids}
    gone = house.hall.by_id.keys() - house.free - set(house.mine)
    mode = cast(lone_seats.Mode, house.sale.lone_seats)
    return not lone_seats.pair_required(seating, chosen) and not lone_seats.stranded(seating, gone, chosen, mode)


def _bays(seating: Seating, free: Collection[int]) -> Iterator[tuple[int, ...]]:
    if not seating.runs:
        bays = sorted(seating.bays, key=lambda bay: (seating.cost(2 * bay.x, bay.y), -bay.y, bay.x))
        yield from ((bay.id,) for bay in bays if bay.id in free)


def _apart(blocks: list[Block]) -> Iterator[tuple[int, ...]]:
    seen: set[int] = set()
    for block in blocks:
        if seen.isdisjoint(block.ids):
            seen |= set(block.ids)
            yield block.ids

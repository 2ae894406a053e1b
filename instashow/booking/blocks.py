"""Seats that a party may take: in one block, in two near each other, or scattered; as data, best first by order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from heapq import heapify, heappop
from typing import NamedTuple

from instashow.booking.seating import ACROSS, Run, Seating, Spot, blocks, free_in, lone_level

ENOUGH = 48
"""Pairs of blocks that are looked at once one is found."""
ANCHORS = 3
"""Seats around which scattered ones are gathered, to compare."""
Focus = tuple[int, int]


class Block(NamedTuple):
    """Neighbours of a run; smaller is better: what it leaves alone, then how far it is, then back and left first."""

    level: int
    cost: int
    forward: int
    """Rows from the screen, negative."""
    x: int
    ids: tuple[int, ...]

    @property
    def y(self) -> int:
        """Its row."""
        return -self.forward

    @property
    def x2(self) -> int:
        """The doubled column of its middle."""
        return 2 * self.x + len(self.ids) - 1


def seat_blocks(
    seating: Seating, free: Collection[int], size: int, category: str | None = None, focus: Focus | None = None
) -> Iterator[Block]:
    """Every block of so many free neighbours, of one price class if given, measured from `focus` or the hall's own."""
    for run in seating.runs:
        yield from run_blocks(seating, run, free, size, category, focus)


def run_blocks(
    seating: Seating,
    run: Run,
    free: Collection[int],
    size: int,
    category: str | None = None,
    focus: Focus | None = None,
) -> Iterator[Block]:
    """The same, of one run; none costs less than the run is far."""
    if len(run.ids) < size:
        return
    to_x, _ = focus or seating.focus
    there, along = free_in(run, free), far(seating, run, focus)
    usable = there if category is None else [f and c == category for f, c in zip(there, run.categories, strict=True)]
    for start in blocks(run, usable, size):
        x, end = run.x + start, start + size
        cost = along + ACROSS * (2 * x + size - 1 - to_x) ** 2
        beside = (start and there[start - 1]) or (end < len(there) and there[end])
        level = lone_level(run, there, start, end) if beside else 0
        yield Block(level, cost, -run.y, x, run.ids[start:end])


def far(seating: Seating, run: Run, focus: Focus | None = None) -> int:
    """How far a run's row is from a focus, or else the hall's; squared, as in a block's cost."""
    return seating.cost((focus or seating.focus)[0], run.y, focus)


def apart(seating: Seating, free: Collection[int], party: int, focus: Focus | None = None) -> tuple[int, ...] | None:
    """Free seats for a party that no block holds, near each other, or None where there are not so many."""
    return _two_blocks(seating, free, party, focus) or _scattered(seating, free, party, focus)


def _two_blocks(seating: Seating, free: Collection[int], party: int, focus: Focus | None) -> tuple[int, ...] | None:
    """The most equal split into two blocks in one row or in rows behind each other."""
    longest = max((_longest(run, free) for run in seating.runs), default=0)
    for larger in range((party + 1) // 2, min(party - 1, longest) + 1):
        if pair := _nearest_pair(seating, free, larger, party - larger, focus):
            return pair
    return None


def _longest(run: Run, free: Collection[int]) -> int:
    longest = length = 0
    for fits in free_in(run, free):
        length = length + 1 if fits else 0
        longest = max(longest, length)
    return longest


def _nearest_pair(
    seating: Seating, free: Collection[int], larger: int, smaller: int, focus: Focus | None
) -> tuple[int, ...] | None:
    large = list(seat_blocks(seating, free, larger, focus=focus))
    rows = _rows(large if smaller == larger else seat_blocks(seating, free, smaller, focus=focus))
    heapify(large)  # few are looked at: sorting all of them takes longer
    best: tuple[int, int, Block, Block] | None = None
    seen = 0
    while large and seen <= ENOUGH and not (best and (large[0].level, large[0].cost) > best[:2]):
        block = heappop(large)
        for other in _beside(block, smaller, rows):
            if best is None or (max(block.level, other.level), block.cost + other.cost) < best[:2]:
                pair = _paired(seating, block, other)
                best = min(best, pair) if best else pair
        seen += best is not None
    return best[2].ids + best[3].ids if best else None


def _rows(some: Iterable[Block]) -> dict[int, tuple[list[int], list[Block]]]:
    """Blocks by `forward`, from left to right, with the columns where they begin."""
    rows: dict[int, tuple[list[int], list[Block]]] = {}
    for block in some:
        columns, row = rows.setdefault(block.forward, ([], []))
        columns.append(block.x)
        row.append(block)
    return rows


def _paired(seating: Seating, one: Block, other: Block) -> tuple[int, int, Block, Block]:
    apart = seating.cost(one.x2, one.y, (other.x2, 3 * other.y))
    return max(one.level, other.level), one.cost + other.cost + 4 * apart, one, other


def _beside(block: Block, size: int, rows: dict[int, tuple[list[int], list[Block]]]) -> Iterator[Block]:
    """The nearest blocks of a size left and right in its row and in the rows before and behind it."""
    longer = len(block.ids) - size
    for forward in (block.forward + 1, block.forward, block.forward - 1):
        if forward in rows:
            columns, row = rows[forward]
            same = forward == block.forward
            left = bisect_right(columns, block.x - size if same else block.x + longer // 2) - 1
            right = bisect_left(columns, block.x + len(block.ids) if same else block.x - -longer // 2)
            if left >= 0:
                yield row[left]
            if right != left and right < len(row):
                yield row[right]


def _scattered(seating: Seating, free: Collection[int], party: int, focus: Focus | None) -> tuple[int, ...] | None:
    """The seats nearest to one of the best seats, love seats whole, rows counted as near as neighbours are."""
    units = [unit for unit in _units(seating, free) if len(unit) <= party]
    units.sort(key=lambda unit: (distance(seating, unit[0], focus), -unit[0].y, unit[0].x))
    gathered = (_gathered(seating, units, unit[0], party) for unit in units[:ANCHORS])
    found = min((one for one in gathered if one), default=None)
    return found and found[1]


def _units(seating: Seating, free: Collection[int]) -> Iterator[tuple[Spot, ...]]:
    for run in seating.runs:
        for at, id in enumerate(run.ids):
            if id in free and not run.love[at]:
                yield (seating.spots[id],)
            elif id in free and at + 1 in run.cuts and run.ids[at + 1] in free:
                yield seating.spots[id], seating.spots[run.ids[at + 1]]


def _gathered(
    seating: Seating, units: list[tuple[Spot, ...]], anchor: Spot, party: int
) -> tuple[int, tuple[int, ...]] | None:
    near = sorted(units, key=lambda unit: (distance(seating, unit[0], at(anchor)), -unit[0].y, unit[0].x))
    taken: list[Spot] = []
    for unit in near:
        if len(taken) + len(unit) <= party:
            taken += unit
        if len(taken) == party:
            return sum(distance(seating, spot, at(anchor)) for spot in taken), tuple(spot.id for spot in taken)
    return None


def at(spot: Spot) -> Focus:
    """A place as a focus: (2x, 3y)."""
    return 2 * spot.x, 3 * spot.y


def distance(seating: Seating, spot: Spot, focus: Focus | None = None) -> int:
    """How far a place is from a focus, or else the hall's; squared."""
    return seating.cost(2 * spot.x, spot.y, focus)

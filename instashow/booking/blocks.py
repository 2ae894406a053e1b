"""Seats that a party may take: in one block, in two near each other, or scattered; as data, best first by order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from instashow.booking.seating import Run, Seating, Spot, blocks, free_in, lone_level

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
        if len(run.ids) < size:
            continue
        there = free_in(run, free)
        usable = (
            there if category is None else [f and c == category for f, c in zip(there, run.categories, strict=True)]
        )
        for start in blocks(run, usable, size):
            x, end = run.x + start, start + size
            cost = seating.cost(2 * x + size - 1, run.y, focus)
            yield Block(lone_level(run, there, start, end), cost, -run.y, x, run.ids[start:end])


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
    rows: dict[int, list[Block]] = {}
    for block in seat_blocks(seating, free, smaller, focus=focus):
        rows.setdefault(block.y, []).append(block)
    columns = {y: [block.x2 for block in row] for y, row in rows.items()}
    found: list[tuple[int, int, Block, Block]] = []
    seen = 0
    for block in sorted(seat_blocks(seating, free, larger, focus=focus)):
        seen += bool(found)
        if seen > ENOUGH:
            break
        found += [_paired(seating, block, other) for other in _beside(block, rows, columns)]
    return min(found)[2].ids + min(found)[3].ids if found else None


def _paired(seating: Seating, one: Block, other: Block) -> tuple[int, int, Block, Block]:
    apart = seating.cost(one.x2, one.y, (other.x2, 3 * other.y))
    return max(one.level, other.level), one.cost + other.cost + 4 * apart, one, other


def _beside(block: Block, rows: dict[int, list[Block]], columns: dict[int, list[int]]) -> Iterator[Block]:
    """The nearest blocks left and right in its row and in the rows before and behind it."""
    for y in (block.y - 1, block.y, block.y + 1):
        if row := rows.get(y):
            apart = len(block.ids) + len(row[0].ids) if y == block.y else 0
            left, right = bisect_right(columns[y], block.x2 - apart) - 1, bisect_left(columns[y], block.x2 + apart)
            yield from (row[at] for at in dict.fromkeys((left, right)) if 0 <= at < len(row))


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

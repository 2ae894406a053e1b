"""A sensible numbered hall for a capacity, to be refined later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from instashow.theatres.cells import DrawnRow, plan_of
from instashow.theatres.numbering import LEFT_TO_RIGHT, row_names
from instashow.theatres.plan import MOST_PLACES, LayoutError, Plan, Problem, checked

WIDE = 1.5
"""Seats in a row for each row: a hall reads well a little wider than deep."""
ONE_AISLE, TWO_AISLES = 9, 16
"""Seats in a row from which it has an aisle in the middle, or two with a block at each side."""
PLACES_A_WHEELCHAIR = 150

Grid = list[list[str]]


def grid_for(
    capacity: int, *, wheelchair_places: int | None = None, skip: str = "IO", numbering: str = LEFT_TO_RIGHT
) -> Plan:
    """A hall with exactly so many places on sale, 1 to 2,500: equal rows, the remainder centred in the back row.

    Each wheelchair place has a companion seat beside it where there is room, at the ends of the rows, from the back; by
    default one for every 150 places, none in a hall under four. Raises LayoutError.
    """
    if not 1 <= capacity <= MOST_PLACES:
        raise LayoutError(Problem("too_many_places" if capacity > 0 else "empty"))
    wheelchairs = _usual_wheelchairs(capacity) if wheelchair_places is None else wheelchair_places
    if not 0 <= wheelchairs <= capacity:
        raise LayoutError(Problem("too_many_wheelchair_places"))
    grid = _rows(capacity, _row_length(capacity))
    _place_wheelchairs(grid, wheelchairs)
    names = row_names(len(grid), skip=skip)
    rows = [DrawnRow(name, "".join(cells)) for name, cells in zip(names, grid, strict=True)]
    return checked(plan_of(rows, counted=numbering))


def _usual_wheelchairs(capacity: int) -> int:
    return 0 if capacity < 4 else max(1, capacity // PLACES_A_WHEELCHAIR)


def _row_length(capacity: int) -> int:
    """Seats in a row: near the wished width, the back row as full as can be, both sides of one aisle equal."""
    wished = (capacity * WIDE) ** 0.5

    def ugliness(length: int) -> tuple[float, int]:
        lopsided = 0.1 if ONE_AISLE <= length < TWO_AISLES and length % 2 else 0
        return -capacity % length / length + abs(length - wished) / wished + lopsided, length

    return min(range(max(1, round(wished * 0.8)), round(wished * 1.25) + 1), key=ugliness)


def _rows(capacity: int, length: int) -> Grid:
    template = _template(length)
    full, rest = divmod(capacity, length)
    grid = [list(template) for _ in range(full)]
    return [*grid, _centred(template, rest)] if rest else grid


def _template(length: int) -> str:
    if length < ONE_AISLE:
        return "s" * length
    if length < TWO_AISLES:
        left = length // 2
        return "s" * left + "." + "s" * (length - left)
    side = length // 4
    return "s" * side + "." + "s" * (length - 2 * side) + "." + "s" * side


def _centred(template: str, seats: int) -> list[str]:
    middle = (len(template) - 1) / 2
    columns = sorted((x for x, cell in enumerate(template) if cell == "s"), key=lambda x: (abs(x - middle), x))
    kept = set(columns[:seats])
    return ["s" if x in kept else "." for x in range(len(template))]


def _place_wheelchairs(grid: Grid, wheelchairs: int) -> None:
    """Turn seats into wheelchair places with companions; past the last pair of seats, into wheelchair places alone."""
    left = wheelchairs
    for row, wheelchair, companion in _pairs(grid, wheelchairs):
        row[wheelchair], row[companion], left = "W", "c", left - 1
    for letter in "sc":
        for row in reversed(grid):
            while left and letter in row:
                row[row.index(letter)], left = "W", left - 1


def _pairs(grid: Grid, most: int) -> Iterator[tuple[list[str], int, int]]:
    """Two seats side by side, the outer one first: at both ends of each row from the back, then further in."""
    given = 0
    for _ in range(len(grid[0])):
        for row in reversed(grid):
            for step in (1, -1):
                seats = [x for x, cell in enumerate(row) if cell == "s"][::step]
                pair = next((x for x, y in pairwise(seats) if y - x == step), None)
                if given < most and pair is not None:
                    given += 1
                    yield row, pair, pair + step

"""The best free seats for a party, as a pure function.

Together in one row with nobody left alone beside them, as near as can be to the focal point in the middle, two thirds
back; then with a lone seat at an aisle, then with any; then in two blocks near each other, then wherever the nearest
are. Wheelchair places and companion seats are given only to those who ask; love seats only whole; of car bays one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from itertools import pairwise

from instashow.booking.accessible_seats import with_wheelchairs
from instashow.booking.blocks import Block, apart, far, run_blocks
from instashow.booking.seating import Seating


def best(
    seating: Seating, free: Collection[int], party: int, *, accessible: int = 0, category: str | None = None
) -> tuple[int, ...] | None:
    """The ids of the best free places for a party, from the screen to the back, or None where there are not so many.

    `accessible` of the party come with a wheelchair; `category` keeps all others to one price class. For a hall of car
    bays it is one bay, whatever the party.
    """
    wanted = _of_category(seating, free, category)
    if party < 1 or not 0 <= accessible <= party:
        return None
    if accessible:
        found = with_wheelchairs(seating, free, wanted, party, accessible)
    elif not seating.runs or category == "car":
        found = _bay(seating, free)
    else:
        found = together(seating, free, party, category=category) or apart(seating, wanted, party)
    return found and tuple(sorted(found, key=lambda id: (seating.spots[id].y, seating.spots[id].x)))


def together(
    seating: Seating, free: Collection[int], party: int, *, category: str | None = None
) -> tuple[int, ...] | None:
    """The best block of neighbours in one row, left to right, or None."""
    found: Block | None = None
    for run in sorted(seating.runs, key=partial(far, seating)):
        if found and found.level == 0 and far(seating, run) > found.cost:
            break  # nothing further away is better
        here = min(run_blocks(seating, run, free, party, category), default=None)
        found = min(filter(None, (found, here)), default=None)
    return found.ids if found else None


def are_together(seating: Seating, ids: Collection[int]) -> bool:
    """Whether seats are neighbours in one row without a gap."""
    spots = sorted((seating.spots[id] for id in ids), key=lambda spot: spot.x)
    return all(left.y == right.y and right.x - left.x == 1 for left, right in pairwise(spots))


def _of_category(seating: Seating, free: Collection[int], category: str | None) -> Collection[int]:
    return (
        free if category is None else {s.id for s in seating.spots.values() if s.category == category and s.id in free}
    )


def _bay(seating: Seating, free: Collection[int]) -> tuple[int, ...] | None:
    bays = (bay for bay in seating.bays if bay.id in free)
    nearest = min(bays, key=lambda bay: (seating.cost(2 * bay.x, bay.y), -bay.y, bay.x), default=None)
    return (nearest.id,) if nearest else None

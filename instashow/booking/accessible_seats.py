"""Seats for a party with wheelchairs: their places and companions, and the others as near as can be."""

from __future__ import annotations

from collections.abc import Collection

from instashow.booking.blocks import Block, Focus, apart, at, distance, seat_blocks
from instashow.booking.seating import Seating, Spot

BEHIND = 20
"""How much more a row counts for who comes along with a wheelchair."""


def with_wheelchairs(
    seating: Seating, free: Collection[int], wanted: Collection[int], party: int, accessible: int
) -> tuple[int, ...] | None:
    """Wheelchair places near each other with their companions, and the others as near to them as can be."""
    places = [place for place in seating.wheelchairs if place.id in free]
    groups = [_group(seating, places, anchor, accessible) for anchor in places if len(places) >= accessible]
    seated = [(_seated(seating, free, group, party), group) for group in groups]
    best_first = sorted(seated, key=lambda one: (-len(one[0]), _spread(seating, one[1]), one[0]))
    if not best_first:
        return None
    ids = best_first[0][0]
    others = _others(seating, wanted, party - len(ids), _middle([seating.spots[id] for id in ids]))
    return None if others is None else ids + others


def _group(seating: Seating, places: list[Spot], anchor: Spot, size: int) -> list[Spot]:
    return sorted(places, key=lambda place: (distance(seating, place, at(anchor)), -place.y, place.x))[:size]


def _seated(seating: Seating, free: Collection[int], group: list[Spot], party: int) -> tuple[int, ...]:
    """The group's wheelchair places and a companion seat for each, as far as there are any and the party needs them."""
    ids = [place.id for place in group]
    for place in group:
        beside = (one.id for one in seating.companions_of(place) if one.id in free and one.id not in ids)
        ids += [one for one in [next(beside, None)] if one is not None and len(ids) < party]
    return tuple(ids)


def _spread(seating: Seating, group: list[Spot]) -> tuple[int, int]:
    return sum(distance(seating, place, at(group[0])) for place in group), distance(seating, group[0])


def _others(seating: Seating, wanted: Collection[int], size: int, focus: Focus) -> tuple[int, ...] | None:
    """Seats for who comes along: near counts more than whom they leave alone, beside more than behind."""
    if size == 0:
        return ()

    def farness(block: Block) -> tuple[int, Block]:
        return block.cost + BEHIND * (3 * block.y - focus[1]) ** 2, block

    nearest = min(seat_blocks(seating, wanted, size, focus=focus), key=farness, default=None)
    return nearest.ids if nearest else apart(seating, wanted, size, focus)


def _middle(spots: list[Spot]) -> Focus:
    return 2 * sum(spot.x for spot in spots) // len(spots), 3 * spots[0].y

"""Which places of a hall one screening sells: all that can be sold, or the best so many of them.

A screening may put fewer places on sale than the hall has. Which ones is reckoned, the same for everybody at any
time, so that the claim on a seat stays the only lock and no counter stands on the sale's path.
"""

from __future__ import annotations

from functools import lru_cache

from instashow.theatres.layouts import Hall, HallPlace, hall
from instashow.theatres.plan import ACCESSIBLE


class Same:
    """A hall as a cache's key: it never changes, and there is one object of it a process."""

    def __init__(self, house: Hall) -> None:
        self.house = house

    def __hash__(self) -> int:
        return id(self.house)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.house is self.house


def on_sale(layout_id: int, capacity: int) -> frozenset[int]:
    """Ids of the places that a screening with so many places sells."""
    return of_hall(hall(layout_id), capacity)


def of_hall(house: Hall, capacity: int) -> frozenset[int]:
    """The same of a hall that is at hand."""
    return _chosen(Same(house), capacity)


@lru_cache(maxsize=256)
def _chosen(key: Same, capacity: int) -> frozenset[int]:
    sellable = [place for place in key.house.places if not place.blocked]
    if capacity >= len(sellable):
        return frozenset(place.id for place in sellable)
    chosen: set[int] = set()
    focus = _focus(sellable)
    for unit in sorted(_units(sellable), key=lambda unit: _distance(unit[0], focus)):
        if len(chosen) + len(unit) <= capacity:
            chosen |= {place.id for place in unit}
    return frozenset(chosen)


def _units(places: list[HallPlace]) -> list[list[HallPlace]]:
    """Love seats stay together; every other place is for itself."""
    pairs: dict[int, list[HallPlace]] = {}
    for place in places:
        if place.pair is not None:
            pairs.setdefault(place.pair, []).append(place)
    return [[place] for place in places if place.pair is None] + list(pairs.values())


def _focus(places: list[HallPlace]) -> tuple[float, float]:
    """The middle of the hall, two thirds back."""
    middle = (min(place.x for place in places) + max(place.x for place in places)) / 2
    return middle, max(place.y for place in places) * 2 / 3


def _distance(place: HallPlace, focus: tuple[float, float]) -> tuple[float, int]:
    """How far from there; wheelchair places come first, so that they stay on sale."""
    if place.kind in ACCESSIBLE:
        return 0.0, place.id
    return 1 + (place.x - focus[0]) ** 2 + (2 * (place.y - focus[1])) ** 2, place.id

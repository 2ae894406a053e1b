"""How many come to a showing, in which parties, and how long before they book: drawn from the demo's behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from random import Random

from instashow.demo import facts
from instashow.demo.programme import Slot

QUIET = 0.08
"""Share of seats sold in the hours of the night that nobody has counted."""
KINDS_OF_DAY = ("mon-thu", "mon-thu", "mon-thu", "mon-thu", "fri", "sat-sun", "sat-sun")
MEAN_PARTY = 2.24


def expected(slot: Slot, weekday: int) -> float:
    """The share of places that such a showing sells, before chance. Monday is 0."""
    by_hour = facts.behaviour().occupancy[KINDS_OF_DAY[weekday]]
    usual = by_hour.get(slot.minute // 60 % 24, QUIET)
    return min(0.98, usual * slot.title.audience(slot.day))


def sold(slot: Slot, weekday: int, rng: Random, *, scale: float) -> int:
    """How many places a showing sells: the expectation with the noise of single showings."""
    share = expected(slot, weekday) * scale * rng.lognormvariate(-0.15, 0.55)
    return round(slot.capacity * min(0.97, share))


def parties(places: int, rng: Random) -> list[int]:
    """Party sizes that fill so many places."""
    sizes, weights = _party_sizes()
    found = []
    while places > 0:
        size = min(places, rng.choices(sizes, cum_weights=weights)[0])
        found.append(size)
        places -= size
    return found


def lead(rng: Random) -> timedelta:
    """How long before the start a party books."""
    hours, weights = _lead_hours()
    place = rng.choices(range(len(hours)), cum_weights=weights)[0]
    shortest = hours[place - 1] if place else 0.05
    return timedelta(hours=shortest + rng.random() * (hours[place] - shortest))


_cache: dict[str, tuple[Sequence[int], list[float]]] = {}


def _party_sizes() -> tuple[Sequence[int], list[float]]:
    if "party" not in _cache:
        shares = facts.behaviour().party_size
        _cache["party"] = (tuple(shares), list(accumulate(shares.values())))
    return _cache["party"]


def _lead_hours() -> tuple[Sequence[int], list[float]]:
    if "lead" not in _cache:
        shares = facts.behaviour().lead_hours
        _cache["lead"] = (tuple(shares), list(accumulate(shares.values())))
    return _cache["lead"]

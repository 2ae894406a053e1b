"""How many come to a showing, in which parties, and how long before they book: drawn from the demo's behaviour."""

from __future__ import annotations

from bisect import bisect
from datetime import timedelta
from functools import cache
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
    sizes, shares = _steps("party")
    found = []
    while places > 0:
        size = min(places, sizes[bisect(shares, rng.random() * shares[-1], hi=len(sizes) - 1)])
        found.append(size)
        places -= size
    return found


def lead(rng: Random) -> timedelta:
    """How long before the start a party books."""
    hours, shares = _steps("lead")
    place = bisect(shares, rng.random() * shares[-1], hi=len(hours) - 1)
    shortest = hours[place - 1] if place else 0.05
    return timedelta(seconds=int(3600 * (shortest + rng.random() * (hours[place] - shortest))))


@cache
def _steps(of: str) -> tuple[tuple[int, ...], list[float]]:
    """Values with their shares summed up."""
    behaviour = facts.behaviour()
    shares = behaviour.party_size if of == "party" else behaviour.lead_hours
    return tuple(shares), list(accumulate(shares.values()))

"""Which coming showings sell long before they begin: the films that a city wants, tonight most of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from instashow.demo import demand, facts
from instashow.demo.playing import Played

AFTERNOON = 1000
SMALL_HALL, LARGE_HALL = 160, 400
"""Houses that may be sold out in the demo, and those that may be well sold; a larger one would take too many rows."""
FULL, NOT_QUITE = (1.0, 0.95, 0.78, 0.91, 0.74), (0.78,)
"""How full the fullest are, in a city and evening, and where only one or two are well sold."""
EVENINGS = (6, 10)
"""On the first evening ahead one in six of a city's showings is well sold, on the next one in ten."""
WEEKEND, WEEKDAY, LATER = 25, 60, 200
"""The same of the other evenings, and of those that are more than a week ahead."""
LEAST = {6: 8, 10: 8, 25: 5, 60: 2, 200: 1}
"""Well sold showings of a city with few houses."""
HALF_AND_MORE = (5, 9)
"""Tenths of all showings between which those lie that are well sold and not among the fullest."""


def shares(coming: Iterable[Played], today: date, *, seed: int) -> dict[int, float]:
    """How full some showings are already, as a share of 1 by screening: in each city of the list a few an evening."""
    found: dict[int, float] = {}
    for city, evenings in _evenings(coming).items():
        for place, (day, showings) in enumerate(sorted(evenings.items())):
            one_in = _one_in(place, day, today + timedelta(days=day))
            count = min(max(LEAST[one_in], len(showings) // one_in), (len(showings) + 1) // 2)
            found |= dict(_well_sold(showings, count, Random(f"{seed}/wanted/{city}/{day}"), today))
    return found


def _evenings(coming: Iterable[Played]) -> Mapping[str, Mapping[int, list[Played]]]:
    """What could be well sold by city and day: afternoon and evening, in halls that are not too large."""
    found: dict[str, dict[int, list[Played]]] = defaultdict(lambda: defaultdict(list))
    for one in coming:
        city = one.slot.venue.facts.city
        if one.slot.minute >= AFTERNOON and one.slot.capacity <= LARGE_HALL and city in facts.behaviour().languages:
            found[city][one.slot.day].append(one)
    return found


def _one_in(place: int, day: int, date_: date) -> int:
    if place < len(EVENINGS):
        return EVENINGS[place]
    return LATER if day > 8 else WEEKEND if date_.weekday() >= 4 else WEEKDAY


def _well_sold(showings: Sequence[Played], count: int, rng: Random, today: date) -> Iterator[tuple[int, float]]:
    """The showings that would be fullest; the fullest of all in small halls, the rest as houses usually fill."""
    ranked = _by_liking(showings, rng, today)
    full = FULL[: count * 2 // 3] if count > LEAST[WEEKDAY] else NOT_QUITE
    small = [one.showing.screening_id for one in ranked if one.slot.capacity <= SMALL_HALL][: len(full)]
    yield from zip(small, full, strict=False)
    rest = [one.showing.screening_id for one in ranked if one.showing.screening_id not in small]
    yield from ((one, _usual(rng)) for one in rest[: count - len(small)])


def _by_liking(showings: Sequence[Played], rng: Random, today: date) -> list[Played]:
    """Best first: by what such a showing sells, and by how often its film plays that evening."""
    often = Counter(one.slot.title.show_id for one in showings)

    def liked(one: Played) -> float:
        weekday = (today + timedelta(days=one.slot.day)).weekday()
        known = float(often[one.slot.title.show_id] ** 0.5)
        return known * demand.expected(one.slot, weekday) * rng.lognormvariate(0, 0.3)

    return sorted(showings, key=liked, reverse=True)


def _usual(rng: Random) -> float:
    """As full as one of the fuller half of houses, by the counted tenths."""
    tenths, place = facts.behaviour().occupancy_deciles, rng.uniform(*HALF_AND_MORE)
    low = int(place)
    return tenths[low] + (tenths[low + 1] - tenths[low]) * (place - low)

"""Where parties sit: in the rows people like, side by side near the middle, love seats in pairs."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from random import Random

from instashow.demo import facts
from instashow.theatres.layouts import Hall, HallPlace
from instashow.theatres.plan import ACCESSIBLE

TRIES = 6
"""Rows that a party looks at before it takes what is left."""


class Rows:
    """The runs of places of a hall, with how much each row is liked; one for all showings in the same hall."""

    def __init__(self, hall: Hall) -> None:
        usable = [place for place in hall.places if not place.blocked]
        self.pairs = _grouped([place for place in usable if place.kind == "love"], lambda p: p.pair or 0)
        self.single = [place for place in usable if place.kind in ACCESSIBLE]
        seats = [place for place in usable if place.kind in ("seat", "recliner", "car")]
        self.runs = [run for row in _grouped(seats, lambda p: p.y) for run in _unbroken(row)]
        self.weights = list(accumulate(_liking(self.runs)))
        self.unnumbered = hall.unnumbered

    def house(self) -> House:
        """An empty house."""
        return House(self)


class House:
    """One showing's seats as they fill."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._taken = [bytearray(len(run)) for run in rows.runs]
        self._pairs = list(rows.pairs)
        self._single = list(rows.single)

    def seat(self, party: int, rng: Random) -> list[HallPlace]:
        """Places for a party, together if there is room; fewer, or none, where the house is full."""
        if party == 2 and self._pairs and rng.random() < 0.12:
            return self._pairs.pop(rng.randrange(len(self._pairs)))
        if self._rows.runs:
            for _ in range(TRIES):
                run = bisect(self._rows.weights, rng.random() * self._rows.weights[-1], hi=len(self._rows.runs) - 1)
                if found := self._together(run, party):
                    return found
        return self._anywhere(party)

    def _together(self, run: int, party: int) -> list[HallPlace]:
        taken, places = self._taken[run], self._rows.runs[run]
        free = bytes(party)
        for start in _from_the_middle(len(places), party):
            if taken[start : start + party] == free:
                taken[start : start + party] = b"\1" * party
                return list(places[start : start + party])
        return []

    def _anywhere(self, party: int) -> list[HallPlace]:
        """What is left, from the back; love seats in pairs, wheelchair places last."""
        found: list[HallPlace] = []
        for run in range(len(self._rows.runs) - 1, -1, -1):
            taken = self._taken[run]
            while len(found) < party and (free := taken.find(0)) >= 0:
                taken[free] = 1
                found.append(self._rows.runs[run][free])
        while len(found) <= party - 2 and self._pairs:
            found += self._pairs.pop()
        while len(found) < party and self._single:
            found.append(self._single.pop())
        if not found and self._pairs:
            found += self._pairs.pop()
        return found


@lru_cache(maxsize=4096)
def _from_the_middle(length: int, party: int) -> tuple[int, ...]:
    middle = (length - party) / 2
    return tuple(sorted(range(length - party + 1), key=lambda start: abs(start - middle)))


def _grouped(places: Sequence[HallPlace], key: Callable[[HallPlace], int]) -> list[list[HallPlace]]:
    return [list(group) for _, group in groupby(places, key=key)]


def _unbroken(row: list[HallPlace]) -> list[list[HallPlace]]:
    """A row's places between its aisles."""
    runs = [[row[0]]]
    for place in row[1:]:
        if place.x == runs[-1][-1].x + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _liking(runs: Sequence[Sequence[HallPlace]]) -> list[float]:
    """A run is liked as its row's fifth from the back is, by its places."""
    depth = max((run[0].y for run in runs), default=0) + 1
    fifths = facts.behaviour().rows_from_back
    return [fifths[min(4, 5 * (depth - 1 - run[0].y) // depth)] * len(run) for run in runs]

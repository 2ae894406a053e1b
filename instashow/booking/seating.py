"""Who sits beside whom: the places of a hall as runs of neighbours, prepared once for each layout."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from instashow.theatres.plan import REACH

ORDINARY = ("seat", "recliner", "love")
ACROSS, ALONG = 9, 16
"""What a doubled column and a trebled row weigh, squared: a row as far as two columns."""


class Spot(Protocol):
    """A place as the sale knows it, by its id."""

    @property
    def id(self) -> int: ...
    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def blocked(self) -> bool: ...
    @property
    def pair(self) -> int | None: ...


@dataclass(frozen=True)
class Run:
    """Ordinary seats side by side, left to right, from one aisle, wall or other kind of place to the next."""

    y: int
    x: int
    ids: tuple[int, ...]
    categories: tuple[str, ...]
    love: tuple[bool, ...]
    cuts: frozenset[int]
    """Positions before which no block may begin or end: the middle of a love seat."""


@dataclass(frozen=True)
class Seating:
    """A hall's runs from the screen to the back; where each seat stands in them; its focal point.

    `focus` is (2x, 3y): the middle of the columns, two thirds of the way to the back.
    """

    spots: dict[int, Spot]
    runs: tuple[Run, ...]
    where: dict[int, tuple[Run, int]]
    partners: dict[int, int]
    wheelchairs: tuple[Spot, ...]
    companions: tuple[Spot, ...]
    bays: tuple[Spot, ...]
    focus: tuple[int, int]

    def cost(self, x2: int, y: int, focus: tuple[int, int] | None = None) -> int:
        """How far a doubled column and a row are from the focus; squared, a row counting as two columns, times 36."""
        to_x, to_y = focus or self.focus
        return ACROSS * (x2 - to_x) ** 2 + ALONG * (3 * y - to_y) ** 2

    def companions_of(self, wheelchair: Spot) -> list[Spot]:
        """The companion seats in reach of a wheelchair place, nearest first."""
        near = (one for one in self.companions if in_reach(one, wheelchair))
        return sorted(near, key=lambda one: (abs(one.x - wheelchair.x), one.x))


def prepare(places: Iterable[Spot]) -> Seating:
    """The seating of a layout's places; blocked ones are as if they were not there."""
    spots = sorted((place for place in places if not place.blocked), key=lambda spot: (spot.y, spot.x))
    runs = tuple(_run(seats) for seats in _neighbours([spot for spot in spots if spot.kind in ORDINARY]))
    by_kind = {kind: tuple(s for s in spots if s.kind == kind) for kind in ("wheelchair", "companion", "car")}
    return Seating(
        spots={spot.id: spot for spot in spots},
        runs=runs,
        where={seat: (run, at) for run in runs for at, seat in enumerate(run.ids)},
        partners=_partners(spots),
        wheelchairs=by_kind["wheelchair"],
        companions=by_kind["companion"],
        bays=by_kind["car"],
        focus=_focus(spots),
    )


def in_reach(companion: Spot, wheelchair: Spot) -> bool:
    """Whether a companion seat is beside a wheelchair place."""
    return companion.y == wheelchair.y and abs(companion.x - wheelchair.x) <= REACH


def lone_level(run: Run, free: Sequence[bool], start: int, end: int) -> int:
    """What taking the seats from `start` up to `end` of a run leaves: 2 a lone seat between taken ones, 1 one at an
    aisle, 0 none. A pair of seats with gaps on both sides leaves none, nor does half a love seat."""
    last = len(run.ids) - 1
    if last <= 1:
        return 0
    level = 0
    if start and free[start - 1] and not run.love[start - 1] and not (start > 1 and free[start - 2]):
        level = 1 if start == 1 else 2
    if end <= last and free[end] and not run.love[end] and not (end < last and free[end + 1]):
        level = max(level, 1 if end == last else 2)
    return level


def free_in(run: Run, free: Collection[int]) -> list[bool]:
    """Seat by seat, whether it is among the free ones."""
    return [seat in free for seat in run.ids]


def blocks(run: Run, usable: Sequence[bool], size: int) -> Iterator[int]:
    """Where a block of so many usable neighbours may begin, love seats kept whole."""
    length = 0
    for at, fits in enumerate(usable):
        length = length + 1 if fits else 0
        if length >= size and at + 1 - size not in run.cuts and at + 1 not in run.cuts:
            yield at + 1 - size


def _neighbours(seats: Sequence[Spot]) -> Iterator[list[Spot]]:
    # Side by side in a row, x minus the position in the list stays the same.
    numbered = enumerate(seats)
    for _, group in groupby(numbered, key=lambda one: (one[1].y, one[1].x - one[0])):
        yield [spot for _, spot in group]


def _run(seats: list[Spot]) -> Run:
    return Run(
        y=seats[0].y,
        x=seats[0].x,
        ids=tuple(seat.id for seat in seats),
        categories=tuple(seat.category for seat in seats),
        love=tuple(seat.kind == "love" for seat in seats),
        cuts=frozenset(
            at for at in range(1, len(seats)) if seats[at].pair is not None and seats[at].pair == seats[at - 1].pair
        ),
    )


def _partners(spots: Sequence[Spot]) -> dict[int, int]:
    pairs: dict[int, list[int]] = {}
    for spot in spots:
        if spot.pair is not None:
            pairs.setdefault(spot.pair, []).append(spot.id)
    return {half: other for pair in pairs.values() if len(pair) == 2 for half, other in (pair, pair[::-1])}


def _focus(spots: Sequence[Spot]) -> tuple[int, int]:
    columns, lines = [spot.x for spot in spots] or [0], [spot.y for spot in spots] or [0]
    return min(columns) + max(columns), min(lines) + 2 * max(lines)

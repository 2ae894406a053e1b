"""A seat plan: the places of one hall, from the screen to the back, and what makes it a sound one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, cast, get_args

Kind = Literal["seat", "recliner", "love", "wheelchair", "companion", "car"]
ACCESSIBLE = ("wheelchair", "companion")
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_PLACES = 2500
MOST_LINES = 200
"""Rows and columns at most, aisles included."""
REACH = 2
"""A companion sits in the row of a wheelchair place, at most so many columns away."""


@dataclass(frozen=True)
class Place:
    """One place: its name, where it stands on the drawing, what it is and what it costs.

    `x` counts columns from the left, `y` lines from the screen, aisles included. `category` names a price class.
    Both halves of a love seat carry the same `pair`.
    """

    row: str
    number: str
    x: int
    y: int
    kind: Kind = "seat"
    category: str = "standard"
    blocked: bool = False
    restricted: bool = False
    pair: int | None = None
    zone: str | None = None

    @property
    def name(self) -> tuple[str, str]:
        """Row and number, by which people know the place."""
        return self.row, self.number


@dataclass(frozen=True)
class Row:
    """A line of the drawing: its label (empty: a cross aisle) and how many columns it is wide."""

    label: str
    width: int


@dataclass(frozen=True)
class Zone:
    """A named part of the hall and the labels of its rows; it says where a seat is, its category what it costs."""

    name: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plan: a code, and the place or row it is about."""

    code: str
    row: str = ""
    number: str = ""


class LayoutError(ValueError):
    """A plan that cannot be used; `problems` says why, by code and place."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(" ".join(filter(None, (p.code, p.row, p.number))) for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """The places of a hall; or, without any, a count of places nobody sees (`unnumbered`).

    `numbering` names the way seats are counted, `about` keeps what a file says beside (name, note …) unchanged.
    """

    places: tuple[Place, ...] = ()
    rows: tuple[Row, ...] = ()
    zones: tuple[Zone, ...] = ()
    numbering: str = "left-to-right"
    front: str = "first row"
    unnumbered: int = 0
    free_wheelchair_places: int = 0
    about: dict[str, object] = field(default_factory=dict)

    @property
    def capacity(self) -> int:
        """Places that can be sold: all but the blocked ones."""
        return self.unnumbered or sum(not place.blocked for place in self.places)

    @property
    def wheelchair_places(self) -> int:
        """Wheelchair places that can be sold."""
        on_plan = sum(place.kind == "wheelchair" and not place.blocked for place in self.places)
        return self.free_wheelchair_places if self.unnumbered else on_plan

    def every_place(self) -> tuple[Place, ...]:
        """The places; of an unnumbered hall those nobody sees, "1", "2" …, its wheelchair places first."""
        if not self.unnumbered:
            return self.places
        kinds = ["wheelchair"] * self.free_wheelchair_places + ["seat"] * self.unnumbered
        return tuple(
            Place(row="", number=str(n), x=n - 1, y=0, kind=cast(Kind, kind))
            for n, kind in enumerate(kinds[: self.unnumbered], start=1)
        )


def checked(plan: Plan) -> Plan:
    """The same plan. Raises LayoutError with every problem it has."""
    if found := tuple(problems(plan)):
        raise LayoutError(*found)
    return plan


def problems(plan: Plan) -> Iterator[Problem]:
    """All that is wrong with a plan: size, names, overlaps, half love seats, companions without a wheelchair place."""
    yield from _wrong_size(plan)
    yield from _wrong_names(plan)
    yield from _half_love_seats(plan)
    yield from _lone_companions(plan)


def dropped(old: Plan, new: Plan) -> tuple[tuple[str, str], ...]:
    """Row and number of each place on sale in the old plan that the new one lacks or has blocked."""
    staying = {place.name for place in new.every_place() if not place.blocked}
    return tuple(p.name for p in old.every_place() if not p.blocked and p.name not in staying)


def changed(old: Plan, new: Plan) -> tuple[tuple[str, str], ...]:
    """Row and number of each place that is in both plans but has become another kind or category, or restricted."""
    before = {place.name: (place.kind, place.category, place.restricted) for place in old.every_place()}
    now = {place.name: (place.kind, place.category, place.restricted) for place in new.every_place()}
    return tuple(name for name, what in before.items() if now.get(name, what) != what)


def _wrong_size(plan: Plan) -> Iterator[Problem]:
    size = plan.unnumbered or len(plan.places)
    if size < 0 or plan.capacity == 0:
        yield Problem("empty")
    if size > MOST_PLACES or len(plan.rows) > MOST_LINES or any(row.width > MOST_LINES for row in plan.rows):
        yield Problem("too_many_places")
    if plan.unnumbered and plan.places:
        yield Problem("numbered_and_unnumbered")
    if not 0 <= plan.free_wheelchair_places <= plan.unnumbered:
        yield Problem("too_many_wheelchair_places")


def _wrong_names(plan: Plan) -> Iterator[Problem]:
    for place in plan.places:
        if not (_is_name(place.row, 8) and _is_name(place.number, 8)):
            yield Problem("bad_name", place.row, place.number)
        if not _is_name(place.category, 40):
            yield Problem("bad_category", place.row, place.number)
        if place.kind not in KINDS:
            yield Problem("bad_kind", place.row, place.number)
        if not (0 <= place.y < len(plan.rows) and 0 <= place.x < plan.rows[place.y].width):
            yield Problem("outside", place.row, place.number)
        elif plan.rows[place.y].label != place.row:
            yield Problem("mixed_row", place.row, place.number)
    for zone in plan.zones:
        if not _is_name(zone.name, 60):
            yield Problem("bad_name", zone.name)
    for name, times in Counter(place.name for place in plan.places).items():
        if times > 1:
            yield Problem("duplicate_place", *name)
    spots = Counter((place.x, place.y) for place in plan.places)
    yield from (Problem("overlapping", p.row, p.number) for p in plan.places if spots[p.x, p.y] > 1)


def _is_name(text: str, longest: int) -> bool:
    # A letter or digit first: such a name is also harmless as a cell of a spreadsheet.
    return 0 < len(text) <= longest and text[0].isalnum() and text.isprintable() and text == text.strip()


def _half_love_seats(plan: Plan) -> Iterator[Problem]:
    halves = sorted((p for p in plan.places if p.kind == "love"), key=lambda p: (p.pair or 0, p.y, p.x))
    for pair, group in groupby(halves, key=lambda p: p.pair):
        seats = list(group)
        whole = len(seats) == 2 and seats[0].y == seats[1].y and seats[1].x - seats[0].x == 1
        if pair is None or not whole or seats[0].blocked != seats[1].blocked:
            yield from (Problem("half_love_seat", seat.row, seat.number) for seat in seats)
    yield from (
        Problem("half_love_seat", p.row, p.number) for p in plan.places if p.pair is not None and p.kind != "love"
    )


def _lone_companions(plan: Plan) -> Iterator[Problem]:
    wheelchairs = {(place.x, place.y) for place in plan.places if place.kind == "wheelchair"}
    for place in plan.places:
        reach = range(place.x - REACH, place.x + REACH + 1)
        if place.kind == "companion" and not any((x, place.y) in wheelchairs for x in reach):
            yield Problem("lone_companion", place.row, place.number)

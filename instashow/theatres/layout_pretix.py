"""Seat plans in the shape that pretix users export: zones → rows → seats, placed by coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from instashow.theatres.numbering import recognised
from instashow.theatres.plan import MOST_LINES, MOST_PLACES, Kind, LayoutError, Place, Plan, Problem, Row, Zone, checked

MEANINGS: dict[str, tuple[Kind, str]] = {
    "wheelchair": ("wheelchair", "standard"),
    "companion": ("companion", "standard"),
    "love seat": ("love", "love"),
    "recliner": ("recliner", "recliner"),
    "car": ("car", "car"),
}
"""Categories that are a kind with us; any other is the category of a plain seat."""


@dataclass(frozen=True)
class Point:
    """A seat of the export, where it stands in its own units."""

    zone: str
    row: str
    number: str
    category: str
    x: float
    y: float


def read(layout: object) -> Plan:
    """The plan of one exported seating plan; seats fall on a grid of its narrowest distances. Raises LayoutError.

    Neighbouring love seats are paired from the left.
    """
    zones = [_object(zone) for zone in _list(_object(layout), "zones")]
    points = [point for zone in zones for point in _points(zone)]
    if not points or len(points) > MOST_PLACES:
        raise LayoutError(Problem("too_many_places" if points else "empty"))
    columns, lines = _grid([point.x for point in points]), _grid([point.y for point in points])
    places = [_place(point, columns[point.x], lines[point.y]) for point in points]
    named = zones if len(zones) > 1 else []
    return checked(_plan(places, [_zone(zone) for zone in named], str(_object(layout).get("name", ""))))


def _points(zone: Mapping[str, object]) -> Iterable[Point]:
    name = str(zone.get("name", ""))
    for row in map(_object, _list(zone, "rows")):
        for seat in map(_object, _list(row, "seats")):
            x, y = (sum(_coordinate(part, axis) for part in (zone, row, seat)) for axis in "xy")
            texts = (str(row.get("row_number", "")), str(seat.get("seat_number", "")), str(seat.get("category", "")))
            yield Point(name, *texts, x, y)


def _grid(values: Sequence[float]) -> dict[float, int]:
    """The column or line of each coordinate, counted in the narrowest distance between two."""
    sorted_ = sorted(set(values))
    steps = [right - left for left, right in pairwise(sorted_) if right - left > 1]
    pitch = min(steps, default=1)
    if (sorted_[-1] - sorted_[0]) / pitch >= MOST_LINES:
        raise LayoutError(Problem("too_many_places"))
    return {value: round((value - sorted_[0]) / pitch) for value in sorted_}


def _place(point: Point, x: int, y: int) -> Place:
    kind, category = MEANINGS.get(point.category.casefold(), ("seat", point.category or "standard"))
    return Place(point.row, point.number, x, y, kind, category, zone=point.zone or None)


def _plan(places: Sequence[Place], zones: Sequence[Zone], name: str) -> Plan:
    labels = {place.y: place.row for place in places}
    width = 1 + max(place.x for place in places)
    rows = tuple(Row(labels.get(y, ""), width) for y in range(1 + max(labels)))
    in_order = sorted(places, key=lambda place: (place.y, place.x))
    numbers = [[""] * width for _ in rows]
    for place in in_order:
        numbers[place.y][place.x] = place.number
    where = {label: zone.name for zone in zones for label in zone.rows}
    zoned = tuple(replace(place, zone=where.get(place.row)) for place in _paired(in_order))
    return Plan(zoned, rows, tuple(zones), numbering=recognised(numbers), about={"name": name})


def _paired(places: Sequence[Place]) -> Iterable[Place]:
    left: Place | None = None
    pair = 0
    for place in places:
        if place.kind != "love":
            left = None
            yield place
        elif left and (left.y, left.x + 1) == (place.y, place.x):
            left = None
            yield replace(place, pair=pair)
        else:
            left, pair = place, pair + 1
            yield replace(place, pair=pair)


def _zone(zone: Mapping[str, object]) -> Zone:
    return Zone(
        str(zone.get("name", "")), tuple(str(_object(row).get("row_number", "")) for row in _list(zone, "rows"))
    )


def _coordinate(part: Mapping[str, object], axis: str) -> float:
    value = _object(part.get("position", {})).get(axis, 0)
    if not isinstance(value, int | float) or not -1e6 < value < 1e6:
        raise LayoutError(Problem("bad_position"))
    return round(float(value), 3)


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise LayoutError(Problem("not_a_layout"))
    return cast(Mapping[str, object], value)


def _list(value: Mapping[str, object], key: str) -> list[object]:
    found = value.get(key)
    if not isinstance(found, list):
        raise LayoutError(Problem(f"bad_{key}"))
    return cast(list[object], found)

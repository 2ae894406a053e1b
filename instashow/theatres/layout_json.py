"""Seat plans as JSON: rows of letters from the screen to the back, or a capacity where nothing is numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from instashow.theatres.cells import DrawnRow, drawn, plan_of
from instashow.theatres.numbering import COUNTED, CUSTOM, LEFT_TO_RIGHT, NONE
from instashow.theatres.plan import MOST_LINES, LayoutError, Place, Plan, Problem, Zone, checked

OURS = {"numbering", "front", "zones", "rows", "capacity", "wheelchair_places", "totals"}
"""The keys that are the plan; every other one is kept as it stands."""
TOTALS = {
    ("seat", "restricted"): "restricted view",
    ("love", "love"): "love seat",
    ("wheelchair", "standard"): "wheelchair place",
    ("companion", "standard"): "companion seat",
    ("car", "car"): "drive-in car bay",
}


def read(layout: object) -> Plan:
    """The plan that one layout of the JSON describes. Raises LayoutError."""
    if not isinstance(layout, Mapping):
        raise LayoutError(Problem("not_a_layout"))
    about = {str(key): value for key, value in layout.items() if key not in OURS}
    if layout.get("capacity") is not None:
        return checked(_unnumbered(layout, about))
    rows = [_row(row) for row in _list(layout.get("rows"), "rows", most=MOST_LINES)]
    zones = [_zone(zone) for zone in _list(layout.get("zones", []), "zones", most=MOST_LINES)]
    counted = _text(layout.get("numbering", LEFT_TO_RIGHT), "numbering")
    if counted not in (*COUNTED, CUSTOM):
        raise LayoutError(Problem("bad_numbering"))
    front = _text(layout.get("front", "first row"), "front")
    if front != "first row":
        raise LayoutError(Problem("bad_front"))
    return checked(replace(plan_of(rows, counted=counted, zones=zones), front=front, about=about))


def write(plan: Plan) -> dict[str, object]:
    """The JSON of a plan, with its totals; `read` gives the same plan again."""
    rows = [_written(row) for row in drawn(plan)]
    zones = [{"name": zone.name, "rows": list(zone.rows)} for zone in plan.zones]
    layout = {**plan.about, "numbering": plan.numbering, "front": plan.front, "zones": zones, "rows": rows}
    if plan.unnumbered:
        layout |= {"capacity": plan.unnumbered, "wheelchair_places": plan.free_wheelchair_places}
    return layout | {"totals": totals(plan)}


def totals(plan: Plan) -> dict[str, object]:
    """How many places can be sold, of them wheelchair places, and how many of each kind (love seats as pairs)."""
    counts = {"sellable": plan.capacity, "wheelchair_places": plan.wheelchair_places}
    if plan.unnumbered:
        return dict(counts)
    by_kind = Counter(_total(place) for place in plan.places if not place.blocked)
    if "love seat" in by_kind:
        by_kind["love seat"] //= 2
    return counts | {"fixed_seats": plan.capacity - plan.wheelchair_places, "by_kind": dict(by_kind)}


def _unnumbered(layout: Mapping[str, object], about: dict[str, object]) -> Plan:
    if _list(layout.get("rows", []), "rows", most=MOST_LINES):
        raise LayoutError(Problem("numbered_and_unnumbered"))
    return Plan(
        numbering=_text(layout.get("numbering", NONE), "numbering"),
        front=_text(layout.get("front", ""), "front"),
        unnumbered=_count(layout["capacity"], "capacity", least=1),
        free_wheelchair_places=_count(layout.get("wheelchair_places", 0), "wheelchair_places"),
        about=about,
    )


def _row(row: object) -> DrawnRow:
    if not isinstance(row, Mapping):
        raise LayoutError(Problem("bad_rows"))
    label, cells = _text(row.get("label"), "rows"), _text(row.get("cells"), "rows")
    beside = (tuple(_texts(row.get(key, []), "rows")) for key in ("numbers", "categories", "flags"))
    return DrawnRow(label, cells, *beside)


def _zone(zone: object) -> Zone:
    if not isinstance(zone, Mapping):
        raise LayoutError(Problem("bad_zones"))
    return Zone(_text(zone.get("name"), "zones"), tuple(_texts(zone.get("rows"), "zones")))


def _written(row: DrawnRow) -> dict[str, object]:
    beside = {"numbers": row.numbers, "categories": row.categories, "flags": row.flags}
    return {"label": row.label, "cells": row.cells} | {key: list(given) for key, given in beside.items() if given}


def _total(place: Place) -> str:
    known = TOTALS.get((place.kind, "restricted" if place.restricted else place.category))
    return known or place.category


def _list(value: object, what: str, *, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise LayoutError(Problem(f"bad_{what}"))
    return cast(list[object], value)


def _texts(value: object, what: str) -> list[str]:
    return [_text(text, what) for text in _list(value, what, most=MOST_LINES)]


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or len(value) > MOST_LINES:
        raise LayoutError(Problem(f"bad_{what}"))
    return value


def _count(value: object, what: str, *, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise LayoutError(Problem(f"bad_{what}"))
    return value

"""A seating plan that pretix users export becomes one of ours."""

from collections import Counter
from typing import Any

import pytest

from instashow.theatres import layout_json, layout_pretix
from instashow.theatres.plan import LayoutError, Plan
from tests.theatres.plans import LAYOUTS, shipped

NAMES = {"wheelchair": "wheelchair", "companion": "companion", "love": "love seat"}


def exported(plan: Plan) -> dict[str, Any]:
    """A plan as pretix would hold it: 25 between columns, 30 between rows."""
    zones = [(zone.name, zone.rows) for zone in plan.zones] or [("Main", [row.label for row in plan.rows])]
    return {"name": "Screen 3", "zones": [zone_of(plan, name, list(labels)) for name, labels in zones]}


def zone_of(plan: Plan, name: str, labels: list[str]) -> dict[str, Any]:
    rows = [
        {"row_number": row.label, "position": {"x": 0, "y": 30 * y}, "seats": seats_of(plan, y)}
        for y, row in enumerate(plan.rows)
        if row.label in labels
    ]
    return {"name": name, "position": {"x": 50, "y": 50}, "rows": rows}


def seats_of(plan: Plan, y: int) -> list[dict[str, Any]]:
    return [
        {
            "seat_guid": f"{place.row}-{place.number}",
            "seat_number": place.number,
            "position": {"x": 25 * place.x, "y": 0.0},
            "category": NAMES.get(place.kind, place.category),
        }
        for place in plan.places
        if place.y == y
    ]


@pytest.mark.parametrize("name", ["lounge-28", "plex-146", "hall-274", "single-1028", "playhouse-210"])
def test_an_exported_hall_is_the_hall_it_was(name: str) -> None:
    plan = shipped(name)
    again = layout_pretix.read(exported(plan))
    assert again.places == plan.places
    assert (again.zones, again.numbering) == (plan.zones, plan.numbering)
    assert layout_json.totals(again) == LAYOUTS[name]["totals"]


def test_a_category_of_its_own_stays_a_category() -> None:
    layout = exported(shipped("lounge-28"))
    layout["zones"][0]["rows"][0]["seats"][0]["category"] = "Royal"
    kinds = Counter((place.kind, place.category) for place in layout_pretix.read(layout).places)
    assert kinds["seat", "Royal"] == 1


def broken(**change: Any) -> dict[str, Any]:
    layout = exported(shipped("lounge-28"))
    layout["zones"][0]["rows"][0]["seats"][0] |= change
    return layout


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        ([], "not_a_layout"),
        ({}, "bad_zones"),
        ({"zones": []}, "empty"),
        ({"zones": [{"rows": 7}]}, "bad_rows"),
        ({"zones": [7]}, "not_a_layout"),
        (broken(position={"x": "left"}), "bad_position"),
        (broken(position={"x": float("nan")}), "bad_position"),
        (broken(position={"x": 900_000}), "too_many_places"),
        (broken(seat_number="2"), "duplicate_place"),
        (broken(seat_number=""), "bad_name"),
        (broken(category="love seat"), "half_love_seat"),
    ],
)
def test_an_export_that_cannot_be_is_refused_by_code(layout: Any, code: str) -> None:
    with pytest.raises(LayoutError) as refused:
        layout_pretix.read(layout)
    assert code in {problem.code for problem in refused.value.problems}

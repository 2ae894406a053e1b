"""Layouts are read and written as JSON, and nothing is lost."""

from typing import Any

import pytest
from hypothesis import given

from instashow.theatres import layout_json
from instashow.theatres.plan import LayoutError, Plan
from tests.theatres.plans import LAYOUTS, plans, shipped


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_shipped_layout_is_written_as_it_was_read(name: str) -> None:
    assert layout_json.write(shipped(name)) == LAYOUTS[name]


@given(plans())
def test_any_plan_is_read_as_it_was_written(plan: Plan) -> None:
    assert layout_json.read(layout_json.write(plan)) == plan


@pytest.mark.parametrize(("name", "places"), [("plex-146", 146), ("single-1028", 1028), ("open-air-150", 150)])
def test_the_capacity_is_what_can_be_sold(name: str, places: int) -> None:
    assert shipped(name).capacity == places


def test_a_blocked_seat_has_a_number_and_is_not_sold() -> None:
    plan = shipped("stadium-210")
    (blocked,) = [place for place in plan.places if place.blocked]
    assert blocked.name == ("N", "8")
    assert plan.capacity == len(plan.places) - 1 == 210


def test_letters_mean_kind_and_category() -> None:
    kinds = {(place.kind, place.category, place.restricted) for name in LAYOUTS for place in shipped(name).places}
    assert {
        ("seat", "standard", False),
        ("seat", "premium", False),
        ("recliner", "recliner", False),
        ("love", "love", False),
        ("wheelchair", "standard", False),
        ("companion", "standard", False),
        ("seat", "standard", True),
        ("car", "car", False),
    } == kinds


def test_three_zones_have_three_prices() -> None:
    zones = {(place.zone, place.category) for place in shipped("single-1028").places}
    assert zones == {("Stalls", "standard"), ("Balcony", "premium"), ("Box", "recliner")}


def test_halves_of_a_love_seat_stand_side_by_side() -> None:
    pairs: dict[int | None, list[int]] = {}
    for place in shipped("plex-146").places:
        if place.kind == "love":
            pairs.setdefault(place.pair, []).append(place.x)
    assert len(pairs) == 6
    assert all(right - left == 1 for left, right in pairs.values())


def test_a_cross_aisle_keeps_its_line() -> None:
    plan = shipped("stadium-210")
    assert plan.rows[5].label == ""
    assert {place.y for place in plan.places if place.row == "F"} == {6}


def test_seats_counted_from_the_right_start_at_the_right() -> None:
    row = [place for place in shipped("hall-274").places if place.row == "A"]
    assert [place.number for place in sorted(row, key=lambda place: place.x)][:2] == ["18", "17"]


def test_an_unnumbered_hall_counts_places_nobody_sees() -> None:
    places = shipped("open-air-150").every_place()
    assert len({place.name for place in places}) == 150
    assert [place.kind for place in places].count("wheelchair") == 4


def row(cells: Any, **more: Any) -> dict[str, Any]:
    return {"rows": [{"label": "A", "cells": cells, **more}]}


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        ([], "not_a_layout"),
        ({}, "bad_rows"),
        ({"rows": []}, "empty"),
        ({"rows": [7]}, "bad_rows"),
        (row(7), "bad_rows"),
        (row("ss?"), "unknown_letter"),
        (row("..."), "empty"),
        (row("xxx"), "empty"),
        (row("ss", numbers=["1"]), "wrong_length"),
        (row("ss", numbers=["1", "1"]), "duplicate_place"),
        (row("ss", numbers=["1", ""]), "bad_name"),
        (row("ss", numbers=["1", "=1"]), "bad_name"),
        (row("ss", numbers=[1, 2]), "bad_rows"),
        (row("ss", flags=["", "gone"]), "unknown_flag"),
        (row("ss", categories=["", "<b>"]), "bad_category"),
        (row("sL"), "half_love_seat"),
        (row("RL"), "half_love_seat"),
        (row("LLR"), "half_love_seat"),
        (row("cs"), "lone_companion"),
        (row("cssW"), "lone_companion"),
        (row("s" * 201), "bad_rows"),
        ({"rows": [{"label": "", "cells": "ss"}]}, "bad_name"),
        ({"rows": [{"label": "A", "cells": "s"}] * 2}, "duplicate_place"),
        ({"rows": [{"label": "A", "cells": "s" * 100, "numbers": []}] * 300}, "bad_rows"),
        ({"rows": [{"label": f"R{n}", "cells": "s" * 100} for n in range(26)]}, "too_many_places"),
        (row("ss") | {"front": "last row"}, "bad_front"),
        (row("ss") | {"numbering": "roman"}, "bad_numbering"),
        (row("ss") | {"zones": [7]}, "bad_zones"),
        ({"capacity": 0}, "bad_capacity"),
        ({"capacity": True}, "bad_capacity"),
        ({"capacity": 2501}, "too_many_places"),
        ({"capacity": 10, "wheelchair_places": 11}, "too_many_wheelchair_places"),
        ({"capacity": 10} | row("s"), "numbered_and_unnumbered"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_by_code(layout: Any, code: str) -> None:
    with pytest.raises(LayoutError) as refused:
        layout_json.read(layout)
    assert code in {problem.code for problem in refused.value.problems}


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(LayoutError, match="half_love_seat A 2"):
        layout_json.read(row("sL"))

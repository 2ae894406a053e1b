"""Layouts are read and written as CSV, one place a line."""

from dataclasses import replace

import pytest
from hypothesis import given

from instashow.theatres import layout_csv
from instashow.theatres.plan import LayoutError, Plan
from tests.theatres.plans import LAYOUTS, plans, shipped


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_shipped_layout_comes_back_place_by_place(name: str) -> None:
    plan = shipped(name)
    again = layout_csv.read(layout_csv.write(plan))
    assert again.places == plan.places
    assert [row.label for row in again.rows] == [row.label for row in plan.rows]
    assert (again.zones, again.numbering, again.unnumbered) == (plan.zones, plan.numbering, plan.unnumbered)
    assert again.wheelchair_places == plan.wheelchair_places


@given(plans())
def test_any_plan_comes_back_place_by_place(plan: Plan) -> None:
    assert layout_csv.read(layout_csv.write(plan)).places == plan.places


def test_lines_in_any_order_with_few_columns_are_enough() -> None:
    plan = layout_csv.read("number,row,y,x\n2,A,0,1\n1,A,0,0\n")
    assert {(place.name, place.kind, place.category) for place in plan.places} == {
        (("A", "1"), "seat", "standard"),
        (("A", "2"), "seat", "standard"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_column"),
        ("row,number\nA,1\n", "missing_column"),
        ("row,number,x,y\n", "empty"),
        ("row,number,x,y\nA,1,a,0\n", "bad_x"),
        ("row,number,x,y\nA,1,٣,0\n", "bad_x"),
        ("row,number,x,y\nA,1,200,0\n", "bad_x"),
        ("row,number,x,y\nA,1,0,-1\n", "bad_y"),
        ("row,number,x,y\nA\n", "bad_x"),
        ("row,number,x,y,blocked\nA,1,0,0,perhaps\n", "unknown_flag"),
        ("row,number,x,y,kind\nA,1,0,0,throne\n", "bad_kind"),
        ("row,number,x,y\nA,1,0,0\nA,1,1,0\n", "duplicate_place"),
        ("row,number,x,y\nA,1,0,0\nA,2,0,0\n", "overlapping"),
        ("row,number,x,y\nA,1,0,0\nB,2,1,0\n", "mixed_row"),
        ("row,number,x,y\n=A,1,0,0\n", "bad_name"),
        ("row,number,x,y,kind,pair\nA,1,0,0,love,1\n", "half_love_seat"),
        ("row,number,x,y,kind,pair\nA,1,0,0,seat,1\n", "half_love_seat"),
        ("unnumbered\n0\n", "empty"),
        ("unnumbered\n", "empty"),
        ("unnumbered\nmany\n", "bad_unnumbered"),
        ("row,number,x,y\n" + "A,1,0,0\n" * 2501, "too_many_places"),
    ],
)
def test_a_file_that_cannot_be_is_refused_by_code(text: str, code: str) -> None:
    with pytest.raises(LayoutError) as refused:
        layout_csv.read(text)
    assert code in {problem.code for problem in refused.value.problems}


def test_a_refusal_names_the_line() -> None:
    with pytest.raises(LayoutError, match="bad_x 3"):
        layout_csv.read("row,number,x,y\nA,1,0,0\nA,2,left,0\n")


def test_a_blocked_love_seat_is_blocked_whole() -> None:
    plan = shipped("plex-146")
    first = next(place for place in plan.places if place.kind == "love")
    half = replace(plan, places=tuple(replace(p, blocked=True) if p == first else p for p in plan.places))
    with pytest.raises(LayoutError, match="half_love_seat"):
        layout_csv.read(layout_csv.write(half))

"""A capacity alone is enough for a hall."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.theatres.cells import drawn
from instashow.theatres.grids import grid_for
from instashow.theatres.plan import LayoutError, Plan

capacities = st.integers(1, 2500)


def row_lengths(plan: Plan) -> list[int]:
    return list(Counter(place.y for place in plan.places).values())


@given(capacities)
def test_a_grid_has_exactly_its_capacity_on_sale(capacity: int) -> None:
    assert grid_for(capacity).capacity == capacity


@given(capacities, st.data())
def test_a_grid_has_the_wheelchair_places_asked_for(capacity: int, data: st.DataObject) -> None:
    asked = data.draw(st.integers(0, min(capacity, 60)))
    plan = grid_for(capacity, wheelchair_places=asked)
    assert (plan.capacity, plan.wheelchair_places) == (capacity, asked)
    if capacity >= 4 * asked + 8:
        assert [place.kind for place in plan.places].count("companion") == asked


@given(capacities)
def test_rows_are_equal_but_for_the_back_one(capacity: int) -> None:
    *front, back = row_lengths(grid_for(capacity))
    assert len(set(front)) <= 1
    assert not front or back <= front[0]


@given(st.integers(20, 2500))
def test_a_grid_is_a_little_wider_than_deep(capacity: int) -> None:
    rows = row_lengths(grid_for(capacity))
    assert 0.8 <= rows[0] / len(rows) <= 2.6


@given(st.integers(4, 2500))
def test_a_wheelchair_place_has_its_companion_beside_it(capacity: int) -> None:
    places = grid_for(capacity).places
    companions = {(place.x, place.y) for place in places if place.kind == "companion"}
    for place in places:
        if place.kind == "wheelchair":
            assert {(place.x - 1, place.y), (place.x + 1, place.y)} & companions


def test_a_hall_of_140_reads_well() -> None:
    rows = drawn(grid_for(140))
    assert [row.label for row in rows] == list("ABCDEFGHJK")
    assert {row.cells for row in rows[:-1]} == {"sssssss.sssssss"}
    assert rows[-1].cells == "Wcsssss.sssssss"


def test_letters_are_skipped_only_where_wished() -> None:
    assert "I" in {row.label for row in grid_for(150, skip="").rows}


@pytest.mark.parametrize(
    ("capacity", "asked", "code"),
    [
        (0, None, "empty"),
        (-1, None, "empty"),
        (2501, None, "too_many_places"),
        (5, 6, "too_many_wheelchair_places"),
        (5, -1, "too_many_wheelchair_places"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(capacity: int, asked: int | None, code: str) -> None:
    with pytest.raises(LayoutError, match=code):
        grid_for(capacity, wheelchair_places=asked)

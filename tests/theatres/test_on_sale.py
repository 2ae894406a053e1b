"""A screening that sells fewer places than its hall has: which ones."""

from __future__ import annotations

from itertools import pairwise

from flask import Flask

from instashow.theatres.layouts import hall as hall_of
from instashow.theatres.on_sale import on_sale
from tests.booking.sales import hall_of_rows


def names(layout_id: int, capacity: int) -> list[str]:
    by_id = hall_of(layout_id).by_id
    return sorted(f"{by_id[id].row}{by_id[id].number}" for id in on_sale(layout_id, capacity))


def test_the_best_places_are_sold_and_those_for_wheelchairs_first(app: Flask) -> None:
    layout = hall_of_rows("ssssssss", "ssssssss", "ssssssss", "Wc......").layout_id
    assert names(layout, 2) == ["D1", "D2"]
    assert names(layout, 4) == ["C4", "C5", "D1", "D2"]
    assert len(names(layout, 26)) == 26


def test_love_seats_are_sold_in_pairs_or_not(app: Flask) -> None:
    layout = hall_of_rows("LRLRLR").layout_id
    for capacity in range(1, 7):
        assert len(names(layout, capacity)) == capacity // 2 * 2


def test_what_grows_keeps_what_was_on_sale(app: Flask) -> None:
    layout = hall_of_rows("ssssssss", "LRssssLR", "Wc....ss").layout_id
    sold = [set(names(layout, capacity)) for capacity in (6, 10, 14, 20)]
    assert all(fewer <= more for fewer, more in pairwise(sold))

"""A sale is open between its hours, and a house is called by how full it is."""

from datetime import UTC, datetime, timedelta

import pytest

from instashow.screenings.availability import Availability, availability, house, sale_window

STARTS = datetime(2026, 11, 21, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("sold", "free", "word", "left"),
    [
        (0, 100, "available", 100),
        (69, 31, "available", 31),
        (70, 30, "filling", 30),
        (89, 11, "filling", 11),
        (90, 10, "last", 10),
        (90, 4, "last", 4),
        (99, 1, "last", 1),
        (100, 0, "sold_out", 0),
        (60, 0, "sold_out", 0),
    ],
)
def test_a_house_is_called_by_how_full_it_is(sold: int, free: int, word: str, left: int) -> None:
    found = house(100, sold=sold, free=free)
    assert (found.word, found.left) == (word, left)


def test_a_house_without_places_is_sold_out() -> None:
    assert house(0, sold=0, free=0).word == "sold_out"


def test_a_sale_closes_ten_minutes_after_the_start() -> None:
    assert sale_window(STARTS) == (None, STARTS + 10 * MINUTE)
    assert sale_window(STARTS, opens_before=1440, closes_after=-30) == (STARTS - 1440 * MINUTE, STARTS - 30 * MINUTE)


def called(minutes: int, *, state: str = "on_sale", stopped: bool = False, sold: int = 0) -> Availability:
    opens, closes = sale_window(STARTS, opens_before=60)
    full = house(10, sold=sold, free=10 - sold)
    return availability(full, state=state, opens=opens, closes=closes, now=STARTS + minutes * MINUTE, stopped=stopped)


@pytest.mark.parametrize(
    ("minutes", "word"), [(-61, "not_yet"), (-60, "available"), (9, "available"), (10, "sales_closed")]
)
def test_a_sale_is_open_between_its_hours(minutes: int, word: str) -> None:
    assert called(minutes).word == word


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_the_stored_state_comes_first(state: str) -> None:
    assert called(0, state=state).word == state
    assert called(60, state=state).word == state


def test_staff_may_stop_a_sale() -> None:
    assert called(0, stopped=True).word == "stopped"
    assert called(0, stopped=True, sold=10).word == "sold_out"
    assert called(0, sold=10).word == "sold_out"
    assert called(20, sold=10).word == "sales_closed"

"""The most specific price card fills a new screening's list price, then the newest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from instashow.pricing.cards import Card, list_price, matching

wall = datetime.fromisoformat
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
ANY = Card(1, 20000, BEGAN)
FRIDAY = Card(2, 24000, BEGAN, weekday=4)
IMAX = Card(3, 40000, BEGAN, format="IMAX")
EVENING = Card(4, 26000, BEGAN, weekday=4, from_minute=18 * 60, to_minute=23 * 60)
NIGHT = Card(5, 18000, BEGAN, from_minute=23 * 60, to_minute=3 * 60)
THEIRS = Card(6, 22000, BEGAN, theatre_id=7)
CARDS = [ANY, FRIDAY, IMAX, EVENING, NIGHT, THEIRS]


@pytest.mark.parametrize(
    ("starts", "format", "theatre", "card"),
    [
        (wall("2026-11-19 12:00"), "2D", 1, ANY),
        (wall("2026-11-20 12:00"), "2D", 1, FRIDAY),
        (wall("2026-11-19 12:00"), "IMAX", 1, IMAX),
        (wall("2026-11-20 18:00"), "2D", 1, EVENING),
        (wall("2026-11-20 17:59"), "2D", 1, FRIDAY),
        (wall("2026-11-19 23:00"), "2D", 1, NIGHT),
        (wall("2026-11-19 02:59"), "2D", 1, NIGHT),
        (wall("2026-11-19 03:00"), "2D", 1, ANY),
        (wall("2026-11-19 12:00"), "2D", 7, THEIRS),
        (wall("2026-11-21 05:00"), "2D", 1, FRIDAY),
    ],
)
def test_the_most_specific_card_that_fits_is_taken(starts: datetime, format: str, theatre: int, card: Card) -> None:
    assert matching(CARDS, theatre_id=theatre, format=format, starts=starts) == card


def test_of_two_as_specific_the_newest_is_taken() -> None:
    newer = replace(ANY, id=9, created_at=BEGAN + timedelta(days=1))
    for cards in ([ANY, newer], [newer, ANY]):
        assert matching(cards, theatre_id=1, format="2D", starts=wall("2026-11-19 12:00")) == newer


def test_without_a_card_the_base_price_times_the_theatres_factor_is_taken() -> None:
    def filled(cards: list[Card]) -> int:
        starts = wall("2026-11-19 12:00")
        return list_price(cards, theatre_id=1, format="2D", starts=starts, base=25000, factor=11000)

    assert filled([]) == 27500
    assert filled([ANY]) == 20000

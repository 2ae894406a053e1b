"""What the roll says of seats and of the time that is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from instashow.booking import paper_words
from instashow.booking.views import roll_facts

NOON = datetime(2030, 11, 23, 12, tzinfo=UTC)
ROW = tuple(("K", str(n)) for n in range(1, 9))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-12, "On for 12 minutes"),
        (0, "In 0 minutes"),
        (1, "In 1 minute"),
        (89, "In 89 minutes"),
        (90, "In 2 hours"),
        (35 * 60, "In 35 hours"),
        (36 * 60, "In 2 days"),
        (5 * 1440, "In 5 days"),
    ],
)
def test_how_long_there_is_still(app: Flask, minutes: int, said: str) -> None:
    with app.test_request_context():
        assert roll_facts.soon(NOON + timedelta(minutes=minutes), NOON) == said


@pytest.mark.parametrize(
    ("seats", "unnumbered", "short", "large"),
    [
        (ROW[:1], False, "K1", ["K1"]),
        (ROW[:3], False, "K1 K2 K3", ["K1", "K2", "K3"]),
        (ROW[:5], False, "K1–K5", ["K1", "K2", "K3", "K4", "K5"]),
        (ROW, False, "K1–K8", ["K1–K8"]),
        (ROW[:4], True, "×4", ["×4"]),
    ],
)
def test_seats_are_printed_as_large_as_they_fit(
    app: Flask, seats: tuple[tuple[str, str], ...], unnumbered: bool, short: str, large: list[str]
) -> None:
    with app.test_request_context():
        assert (roll_facts.short(seats, unnumbered), roll_facts.large(seats, unnumbered)) == (short, large)


def test_large_and_small_name_the_seats_in_one_order_however_the_hall_is_numbered(app: Flask) -> None:
    with app.test_request_context():
        seats = (("H", "13"), ("H", "12"))
        assert roll_facts.large(seats, False) == ["H12", "H13"]
        assert paper_words.places(seats, False) == "H12 and H13"
        assert roll_facts.large((("A", "10"), ("A", "9")), False) == ["A9", "A10"], "as one counts"

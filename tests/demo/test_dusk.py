"""When it is dark: an almanac's evenings, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.demo.dusk import dusk

KNOWN = [
    # The ends of civil twilight that almanacs print, within six minutes
    ("Chennai", 13.08, 80.27, date(2026, 11, 21), "Asia/Kolkata", (18, 1)),
    ("Delhi", 28.61, 77.21, date(2026, 6, 21), "Asia/Kolkata", (19, 49)),
    ("Mumbai", 19.08, 72.88, date(2026, 12, 21), "Asia/Kolkata", (18, 29)),
    ("Kolkata", 22.57, 88.36, date(2026, 12, 1), "Asia/Kolkata", (17, 14)),
    ("London", 51.51, -0.13, date(2026, 6, 21), "Europe/London", (22, 9)),
    ("Paris", 48.86, 2.35, date(2026, 3, 20), "Europe/Paris", (19, 36)),
    ("Sydney", -33.87, 151.21, date(2026, 12, 21), "Australia/Sydney", (20, 34)),
]


@pytest.mark.parametrize(("city", "lat", "lon", "day", "zone", "clock"), KNOWN, ids=[one[0] for one in KNOWN])
def test_dusk_is_when_the_almanac_says(
    city: str, lat: float, lon: float, day: date, zone: str, clock: tuple[int, int]
) -> None:
    assert abs(dusk(lat, lon, day, zone) - (60 * clock[0] + clock[1])) <= 6, city


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 6, 21), 720), (date(2026, 12, 21), 0)])
def test_where_the_sun_does_not_set_dusk_is_midnight_and_where_it_does_not_rise_noon(day: date, expected: int) -> None:
    noon = 12 * 60 - 4 * 15.6 + (120 if day.month == 6 else 60)  # Longyearbyen's clocks against its sun
    assert abs(dusk(78.2, 15.6, day, "Arctic/Longyearbyen") - noon - expected) < 20


@given(st.floats(8, 30), st.floats(72, 90), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_in_india_it_is_dark_between_five_and_eight_and_hardly_moves_from_day_to_day(
    lat: float, lon: float, day: date
) -> None:
    today, tomorrow = (dusk(lat, lon, one, "Asia/Kolkata") for one in (day, day + timedelta(days=1)))
    assert 16 * 60 + 45 <= today <= 20 * 60 + 15
    assert abs(today - tomorrow) <= 3

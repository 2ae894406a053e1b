"""Theatres of several time zones in one list: each counts by its own cinema day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from instashow import cache
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases

SUNDAY_IN_CHENNAI = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Half past seven in the morning there; nine in the evening of Saturday in New York."""


@both_databases
@pytest.mark.parametrize("path", ["/theatres?city=all", "/theatres?q=paris", "/?q=paris"])
def test_a_far_theatre_counts_its_own_tonight(app: Flask, path: str) -> None:
    cache.cache.clear()
    with time_machine.travel(SUNDAY_IN_CHENNAI, tick=False):
        cast.theatre("Roxy")
        cast.city("New York", zone="America/New_York")
        paris = cast.theatre("Paris", town="New York")
        cast.screening(cast.show("Kadal"), paris, starts_at=datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
        page = Browser(app).get(path).text
    assert "1 show to come today" in page
    assert "next on" not in page


@both_databases
def test_a_show_and_its_theatre_name_the_same_next_day(app: Flask) -> None:
    cache.cache.clear()
    with time_machine.travel(SUNDAY_IN_CHENNAI, tick=False):
        roxy, kadal = cast.theatre("Roxy"), cast.show("Kadal")
        cast.screening(kadal, roxy, starts_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC))
        guest = Browser(app)
        pages = [guest.get(path).text for path in ("/?q=kadal", "/?q=roxy", "/theatres?q=roxy")]
    assert ["ext on Monday 23 November" in page for page in pages] == [True] * 3, "half past midnight is Monday's night"

"""A bare time on a card says to the ear which film it begins, and in which theatre."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests import cast
from tests.browsers import Browser
from tests.saturday import at, evening


@pytest.fixture(autouse=True)
def on_saturday(app: Flask) -> Iterator[None]:
    with evening():
        yield


def heard(page: str, screening: Any) -> list[str]:
    """What a reader of the screen hears of each link to these seats."""
    links = re.findall(rf'<a href="/screenings/{screening.id}"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [" ".join(re.sub('<span[^>]*aria-hidden="true">[^<]*</span>|<[^>]+>', " ", text).split()) for text in links]


def test_every_time_of_a_card_names_its_film_and_its_own_theatre(guest: Browser, roxy: Any) -> None:
    other, kadal, aruvi = cast.theatre("Minerva"), cast.show("Kadal"), cast.show("Aruvi")
    lead = [cast.screening(kadal, roxy, starts_at=at("18:00")), cast.screening(kadal, other, starts_at=at("21:00"))]
    line = [cast.screening(aruvi, roxy, starts_at=at("19:00")), cast.screening(aruvi, other, starts_at=at("22:00"))]
    page = guest.get("/").text
    assert "6:00 pm Kadal, Roxy" in heard(page, lead[0])
    assert heard(page, lead[1]) == ["9:00 pm Kadal Minerva, available"]
    assert [heard(page, one) for one in line] == [["7:00 pm Aruvi, Roxy"], ["10:00 pm Aruvi, Minerva"]]

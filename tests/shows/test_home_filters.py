"""The filters of what is on: an address that can be shared; what is wrong in it is said, and nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask

from instashow import cache
from tests import cast
from tests.browsers import Browser
from tests.shows.test_home import FIVE_PM, at


@pytest.fixture(autouse=True)
def on_saturday(app: Flask) -> Iterator[None]:
    cache.cache.clear()
    with time_machine.travel(FIVE_PM, tick=False):
        yield


@pytest.fixture
def roxy(app: Flask) -> Any:
    return cast.theatre("Roxy", place="Purasawalkam")


@pytest.fixture
def guest(app: Flask) -> Browser:
    return Browser(app)


def test_filters_are_an_address_that_can_be_shared(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"], tags=["Drama"]), roxy, starts_at=at("19:00"))
    cast.screening(cast.show("Jawan", languages=["hi"], tags=["Action"]), roxy, starts_at=at("21:20"))
    page = guest.get("/?language=hi").text
    whats_on = page[: page.index('id="latest"')]
    assert "Jawan" in whats_on
    assert "Kadal" not in whats_on
    assert 'href="/?language=ta"' in page.replace("&amp;", "&")
    both = guest.get("/?tag=Action&from=21:00&accessible=0&sort=title")
    assert "Jawan" in both.text
    none = guest.get("/?tag=Action&to=18:00").text
    assert "Nothing fits all of that" in none


@pytest.mark.parametrize(
    "query",
    [
        "city=atlantis",
        "city=99999999999999999999",
        "day=foo",
        "from=25:99",
        "max_price=-1",
        "min_rating=lots",
        "tag=nothing-has-this",
        "theatre=123456789",
        "theatre=99999999999999999999",
        "language=<script>alert(1)</script>",
        "sort=magic",
        "accessible=maybe",
        "q=" + "x" * 101,
        "day=foo&from=1&to=2&tag=" + "y" * 50,
    ],
)
def test_what_cannot_be_understood_is_said_at_its_field_and_nothing_breaks(
    guest: Browser, roxy: Any, query: str
) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    for headers in ({}, {"HX-Request": "true"}):
        answer = guest.get(f"/?{query}", **headers)
        assert answer.status_code == 422
        assert "to mend" in answer.text
        assert "<script>alert" not in answer.text


def test_wrong_values_stay_in_the_form_as_typed(guest: Browser, roxy: Any) -> None:
    page = guest.get("/?max_price=-3&from=7pm").text
    assert re.search(r'name="max_price"[^>]*value="-3"', page)
    assert re.search(r'name="from"[^>]*value="7pm"[^>]*aria-invalid="true"', page)
    assert 'id="n-max_price-wrong">A price cannot be under 0.' in page


@pytest.mark.parametrize("query", ["q=\x00", "q=%00", "tag=a%00b"])
def test_a_nul_is_refused(guest: Browser, query: str) -> None:
    assert guest.get(f"/?{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["/?q=%F0%9F%8E%AC", "/?q=%E2%80%AEabc", "/?nonsense=1&q=%3Cb%3E", "/?page=-1", "/?day="]
)
def test_odd_but_harmless_addresses_are_answered(guest: Browser, roxy: Any, path: str) -> None:
    answer = guest.get(path)
    assert answer.status_code == 200
    assert "<b>&lt;" not in answer.text

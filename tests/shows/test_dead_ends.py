"""Where filters leave nothing, the page offers what one filter less would leave."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests import cast
from tests.browsers import Browser
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")
WAYS = re.compile(r'<a class="wd" href="([^"]+)">([^<]+): (\d+) shows?</a>')


@pytest.fixture
def playing(roxy: Any) -> None:
    """Two Tamil films early, a Hindi one late."""
    for n, hour in enumerate((18, 19)):
        cast.screening(cast.show(f"Kadal {n}", languages=["ta"], tags=["Drama"]), roxy, starts_at=at(f"{hour}:00"))
    cast.screening(cast.show("Jawan", languages=["hi"], tags=["Action"]), roxy, starts_at=at("21:30"))


def ways(text: str) -> list[tuple[str, int]]:
    return [(words, int(count)) for _url, words, count in WAYS.findall(text)]


def test_one_filter_less_is_offered_with_what_it_leaves(guest: Browser, playing: None) -> None:
    page = guest.get("/?from=21:00&to=23:00&language=ta").text
    assert "Nothing fits all of that on Saturday 21 November." in page
    assert ways(page) == [("Any time", 2), ("Every language", 1)]
    for url, _words, count in WAYS.findall(page):
        left = guest.get(unescape(url)).text
        assert f'id="showing">Now showing<sup><span class="vh">, </span>{count}</sup>' in left, url


def test_what_would_leave_nothing_is_not_offered(guest: Browser, playing: None) -> None:
    page = guest.get("/?tag=Action&language=ta&max_price=1").text
    assert ways(page) == []
    assert "Clear the filters" in page
    assert ways(guest.get("/?language=ta").text) == [], "something is left"


def test_a_search_offers_it_too(guest: Browser, playing: None) -> None:
    assert ways(guest.get("/?q=kadal&from=21:00").text) == [("Any time", 2)]


def test_a_day_that_is_over_offers_none(guest: Browser, playing: None) -> None:
    page = guest.get("/?day=2026-11-20&language=ta").text
    assert "is over" in page
    assert ways(page) == []

"""Lists that are longer than a page go on: with HTMX in place of the link, without it on a page of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
import time_machine
from flask import Flask

from instashow import cache
from tests import cast
from tests.browsers import Browser
from tests.saturday import FIVE_PM, at

PART = {"HX-Request": "true"}
FEW = (
    ("instashow.shows.views.home", "MOST_LINES", 3),
    ("instashow.shows.views.found", "MOST_SHOWS", 3),
    ("instashow.shows.views.found", "MOST_THEATRES", 1),
    ("instashow.theatres.views.listed", "AT_ONCE", 2),
)
"""So that a story is told with five shows and not with sixty."""


@pytest.fixture(autouse=True)
def on_saturday(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.cache.clear()
    for module, name, few in FEW:
        monkeypatch.setattr(import_module(module), name, few)
    with time_machine.travel(FIVE_PM, tick=False):
        yield


@pytest.fixture
def guest(app: Flask) -> Browser:
    roxy = cast.theatre("Roxy Palace", place="Purasawalkam")
    for name in ("Minerva Palace", "Sapphire Palace"):
        cast.theatre(name)
    for number, clock in enumerate(("18:00", "18:20", "19:00", "19:10", "20:00"), 1):
        cast.screening(cast.show(f"Sea {number}"), roxy, starts_at=at(clock))
    return Browser(app)


def titles(text: str) -> list[str]:
    """Of the list itself, without the lead and the shelves."""
    wall = text[text.index('class="wall"') :].split('class="shelf"')[0]
    return re.findall(r"<h[23]><a[^>]*>(?:<mark>)?(Sea(?:</mark>)?[ \u00a0]\d)", wall)


def plain(names: list[str]) -> set[str]:
    return {name.replace("</mark>", "").replace("\u00a0", " ") for name in names}


@pytest.mark.parametrize("address", ["/?sort=title", "/?q=sea"])
def test_every_show_is_reached_through_more(guest: Browser, address: str) -> None:
    first = guest.get(address)
    more = re.search(r'class="more"><a class="wd" href="([^"]+)" hx-get="\1" hx-select="#lines-2"', first.text)
    assert more
    whole = guest.get(more[1].replace("&amp;", "&"))
    part = guest.get(more[1].replace("&amp;", "&"), **PART)
    assert 'id="lines-2"' in part.text
    assert "4 to 5 of 5" in part.text
    assert "From the beginning" in whole.text
    assert "From the beginning" not in part.text
    assert 'class="more"' not in whole.text
    reached = plain(titles(first.text)) | plain(titles(whole.text))
    lead = set(re.findall(r"<h2[^>]*><a[^>]*>(Sea[ \u00a0]\d)", first.text))
    assert len(reached | plain(list(lead))) == 5


def test_an_hour_is_not_torn(guest: Browser) -> None:
    first, second = guest.get("/").text, guest.get("/?page=2").text
    hours = [re.findall(r'class="hour"[^>]*><b>(\d+)</b>', text) for text in (first, second)]
    assert hours == [["6"], ["7", "8"]]


def test_theatres_go_on_and_those_of_a_search_lead_to_their_list(guest: Browser) -> None:
    first = guest.get("/theatres").text
    assert 'hx-get="/theatres?page=2"' in first
    assert re.findall(r'class="spot" href="/theatres/\d+-([a-z]+)', guest.get("/theatres?page=2").text) == ["sapphire"]
    found_there = guest.get("/?q=palace").text
    assert "All 3 theatres" in found_there
    assert 'href="/theatres?q=palace&amp;city=all"' in found_there


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "77"])
def test_an_odd_number_of_a_page_does_no_harm(guest: Browser, page: str) -> None:
    for address in (f"/?page={page}", f"/?q=sea&page={page}", f"/theatres?page={page}"):
        assert guest.get(address).status_code == 200

"""Home in its parts: what shows now by the hour, what runs, what was added last, what is coming."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.saturday import FIVE_PM, at

pytestmark = pytest.mark.usefixtures("on_saturday")
PART = {"HX-Request": "true"}
TITLES = re.compile(r"<h3>(.*?)</h3>")
NEXT_MONTH = (FIVE_PM + timedelta(days=30)).date()


def shelf(text: str, name: str) -> list[str]:
    """The titles on a shelf, in their order."""
    begins = text.index(f'<div id="{name}"')
    return TITLES.findall(text[begins : text.index("</section>", begins)]) if "<section" in text[begins:] else []


@both_databases
def test_running_latest_and_coming_shows_stand_on_their_shelves(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("16:18"))
    cast.show("Comes later", release_date=FIVE_PM.date() + timedelta(days=9))
    cast.show("Just added")
    page = guest.get("/").text
    assert shelf(page, "running") == ["Kadal"]
    assert "42 min in, at Roxy" in page
    assert shelf(page, "latest")[0] == "Just added"
    assert shelf(page, "soon") == ["Comes later"]
    assert "Monday 30 November" in page[page.index('id="soon"') :]


@both_databases
def test_what_is_coming_is_news_for_three_days_and_then_stands_once(guest: Browser, roxy: Any) -> None:
    with time_machine.travel(FIVE_PM - timedelta(days=5), tick=False):
        cast.show("Announced long ago", release_date=NEXT_MONTH)
    with time_machine.travel(FIVE_PM - timedelta(days=9), tick=False):
        cast.show("Playing")
    cast.show("Announced today", release_date=NEXT_MONTH)
    page = guest.get("/").text
    assert shelf(page, "latest") == ["Announced today", "Playing"]
    assert shelf(page, "soon") == ["Announced long ago", "Announced today"]


def test_what_is_coming_leaves_the_latest_their_places(guest: Browser, roxy: Any) -> None:
    with time_machine.travel(FIVE_PM - timedelta(days=9), tick=False):
        cast.show("Playing")
    with time_machine.travel(FIVE_PM - timedelta(days=5), tick=False):
        for n in range(13):
            cast.show(f"Comes {n}", release_date=NEXT_MONTH)
    assert shelf(guest.get("/").text, "latest") == ["Playing"]


def test_the_wall_says_what_it_is_and_leads_to_the_shelves(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    cast.screening(cast.show("Aruvi"), roxy, starts_at=at("16:30"), sale_closes_at=at("16:40"))
    page = guest.get("/").text
    assert '<h2 id="showing">Now showing<sup><span class="vh">, </span>1</sup></h2>' in page
    assert re.findall(r'<a href="#(\w+)">', page.split('id="showing"')[1]) == ["running", "latest"]
    assert 'id="running"' in page
    cast.screening(cast.show("Nizhal"), roxy, starts_at=at("19:00") + timedelta(days=1))
    assert (
        '<h2 id="showing">On this day<sup><span class="vh">, </span>1</sup></h2>' in guest.get("/?day=2026-11-22").text
    )


def test_the_lead_is_the_first_that_can_be_reached(guest: Browser, roxy: Any) -> None:
    often, once = cast.show("Often"), cast.show("Once")
    for hour in (18, 20, 22):
        cast.screening(often, roxy, starts_at=at(f"{hour}:00"))
    cast.screening(once, roxy, starts_at=at("17:20"))
    cast.screening(once, roxy, starts_at=at("17:14"))
    assert "Choose seats for 5:20 pm" in guest.get("/").text
    cast.screening(often, roxy, starts_at=at("17:20"))
    lead = guest.get("/").text.split('class="lead')[1]
    assert "Often" in lead.split("</section>")[0], "of two at the same time the one that plays more often"


def test_what_has_begun_gives_way_to_the_next_time(guest: Browser, roxy: Any) -> None:
    kadal, aruvi = cast.show("Kadal"), cast.show("Aruvi")
    cast.screening(kadal, roxy, starts_at=at("16:55"))
    cast.screening(kadal, roxy, starts_at=at("21:00"))
    cast.screening(aruvi, roxy, starts_at=at("16:56"))
    cast.screening(cast.show("Lead"), roxy, starts_at=at("18:00"))
    wall = guest.get("/").text.split('class="wall"')[1].split('id="running"')[0]
    assert "4:55" not in wall
    assert "4:56" in wall, "its last time is still sold"
    assert "Began 4 min ago" in wall


def test_every_time_of_a_card_says_its_theatre(guest: Browser, roxy: Any) -> None:
    kadal, minerva = cast.show("Kadal"), cast.theatre("Minerva", place="Broadway")
    for hour, where in ((18, roxy), (20, minerva), (22, minerva)):
        cast.screening(kadal, where, starts_at=at(f"{hour}:30"))
    cast.screening(cast.show("Lead"), roxy, starts_at=at("17:30"))
    wall = guest.get("/").text.split('class="wall"')[1]
    assert "Roxy, Purasawalkam" in wall
    assert [wall.count(f"{hour}:30<") for hour in (6, 8, 10)] == [1, 1, 1], "each once"
    named = re.findall(r'>([\d:]+)<(?:(?!</li>).)*aria-hidden="true">(\w+)</span>', wall)
    assert named == [("10:30", "Minerva")], "once for two of one theatre"


def test_a_filter_brings_along_what_runs_and_the_other_cities(guest: Browser, roxy: Any) -> None:
    liberty = cast.theatre("Liberty", town="Mumbai")
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("16:30"))
    cast.screening(cast.show("Jawan"), liberty, starts_at=at("16:40"))
    for city, running, other in (("chennai", "Kadal", "mumbai"), ("mumbai", "Jawan", "chennai")):
        part = guest.get(f"/?city={city}", **PART).text
        assert '<div id="running" hx-swap-oob="outerHTML">' in part
        assert shelf(part, "running") == [running]
        elsewhere = part[part.index('<div id="elsewhere" hx-swap-oob="outerHTML">') :]
        assert re.findall(r'href="/\?city=(\w+)"', elsewhere) == [other]
        assert "hx-swap-oob" not in guest.get(f"/?city={city}").text


def test_an_empty_shelf_keeps_its_place_for_what_a_filter_brings(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    page = guest.get("/").text
    assert re.search(r'<div id="running">\s*</div>', page)
    assert re.search(r'<div id="elsewhere">\s*</div>', page)


def test_a_time_that_has_begun_says_so_while_it_is_sold(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal")
    cast.screening(kadal, roxy, starts_at=at("17:02"))
    cast.screening(kadal, roxy, starts_at=at("21:00"))
    pages = (f"/shows/{kadal.id}", f"/theatres/{roxy.id}")
    assert [guest.get(page).text.count("has begun") for page in pages] == [0, 0]
    with time_machine.travel(at("17:05"), tick=False):
        assert [guest.get(page).text.count("has begun") for page in pages] == [1, 1]
    with time_machine.travel(at("17:12"), tick=False):
        assert [guest.get(page).text.count("has begun") for page in pages] == [0, 0], "it is no longer sold"

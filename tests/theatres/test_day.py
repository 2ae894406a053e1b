"""A day at a theatre, film by film: each time says its house in words, its price from, its film and its screen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask

from instashow import cache
from instashow.booking import holds
from instashow.clock import now
from instashow.db import transaction
from instashow.theatres import theatres
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted
from tests.saturday import FIVE_PM, at, hold
from tests.theatres.plans import hall

pytestmark = pytest.mark.usefixtures("on_saturday")

SUNDAY = "?day=2026-11-22"


@pytest.fixture
def roxy(app: Flask) -> Any:
    return cast.theatre("Roxy", plan=hall("ssssss"))


def heard(page: str, part: str = "tt") -> list[str]:
    """What a reader of the screen hears of each time, in order."""
    table = re.findall(rf'<table class="{part}">.*?</table>', page, re.DOTALL)
    times = re.findall(r'<(a|span)[^>]*href="/screenings/\d+"[^>]*>(.*?)</\1>', "".join(table), re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", " ", text)).split()) for _tag, text in times]


@both_databases
def test_each_time_says_its_house_its_price_its_film_and_its_screen(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal")
    late = cast.screening(kadal, roxy, starts_at=at("22:00"))
    cast.screening(kadal, roxy, starts_at=at("18:00"))
    cast.screening(cast.show("Aruvi"), roxy, starts_at=at("20:05"))
    hold(late, 6)
    page = guest.get(f"/theatres/{roxy.id}?day=2026-11-21").text
    name = re.escape(screen_of(roxy))
    said = heard(page)
    assert len(said) == 3
    assert re.fullmatch(rf"6:00 pm Kadal Available {name},.* from ₹225", said[0])
    assert re.fullmatch(rf"10:00 pm Kadal Sold out {name}.*", said[1])
    assert re.fullmatch(rf"8:05 pm Aruvi Available {name},.* from ₹225", said[2])


def test_the_weeks_times_say_the_same_to_the_ear(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("43:05"))
    page = guest.get(f"/theatres/{roxy.id}").text
    assert heard(page, "week") == [f"7:05 pm Kadal, {screen_of(roxy)}, Available"]


@both_databases
def test_the_heading_says_the_day_that_is_shown(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal")
    cast.screening(kadal, roxy, starts_at=at("19:00"))
    cast.screening(kadal, roxy, starts_at=at("42:00"))
    cast.screening(kadal, roxy, starts_at=at("44:00"))
    today, sunday = guest.get(f"/theatres/{roxy.id}").text, guest.get(f"/theatres/{roxy.id}{SUNDAY}").text
    assert "Saturday 21 November, 1 screening<" in today
    assert "Sunday 22 November, 2 screenings<" in sunday
    assert [time.split()[0] for time in heard(sunday)] == ["6:00", "8:00"]


def test_an_empty_day_leads_to_the_next_that_is_not(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("43:00"))
    page = guest.get(f"/theatres/{roxy.id}?day=2026-11-21").text
    assert "Nothing is on sale at Roxy on Saturday 21 November." in page
    assert re.search(r'href="[^"]*day=2026-11-22">See Sunday 22 November', page)
    for path in (f"/theatres/{roxy.id}{SUNDAY}", f"/theatres/{roxy.id}"):
        assert "Sunday 22 November, 1 screening<" in guest.get(path).text, "and where no day is asked for, that one"


@both_databases
def test_a_kept_page_ends_when_seats_are_taken_freed_or_lapse(guest: Browser, roxy: Any) -> None:
    screening = cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    words = lambda: heard(guest.get(f"/theatres/{roxy.id}").text)[0]  # noqa: E731
    assert "Available" in words()
    who = hold(screening, 6)
    assert "Sold out" in words()
    with transaction():
        holds.release(who, screening.id, seat_ids=None, now=now())
    assert "Available" in words()
    hold(screening, 6)
    assert "Sold out" in words()
    with time_machine.travel(FIVE_PM + timedelta(minutes=8), tick=False):
        assert "Available" in words()


def test_a_kept_page_ends_when_time_turns_a_price(guest: Browser, roxy: Any) -> None:
    """Under 30 % sold, the last 24 hours take a tenth off."""
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("42:00"))
    before = heard(guest.get(f"/theatres/{roxy.id}{SUNDAY}").text)[0]
    assert "from ₹250" in before
    with time_machine.travel(FIVE_PM + timedelta(hours=1, minutes=1), tick=False):
        assert "from ₹225" in heard(guest.get(f"/theatres/{roxy.id}{SUNDAY}").text)[0]


def test_a_full_week_takes_no_more_queries_than_an_empty_one(guest: Browser, roxy: Any) -> None:
    for n in range(40):
        cast.screening(cast.show(f"Film {n}"), roxy, starts_at=at("18:00") + timedelta(hours=3 * n))
    hold(cast.screening(cast.show("Held"), roxy, starts_at=at("43:30")), 2)
    guest.sign_in(cast.customer())
    path = f"/theatres/{roxy.id}"
    guest.get(path)
    cache.cache.clear()
    with counted() as queries:
        assert guest.get(path).status_code == 200
    assert len(queries) <= 10


def screen_of(theatre: Any) -> str:
    """How its only screen is called."""
    found = theatres.find(theatre.id)
    assert found
    name = found.screens[0].name
    return f"screen {name}" if name.isdigit() else name

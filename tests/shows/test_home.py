"""The page of what is on, as a person sees it: with and without HTMX, signed in and out, right and wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from instashow import cache
from instashow.booking import holds
from instashow.clock import now
from instashow.db import transaction
from instashow.shows import shows
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted
from tests.saturday import FIVE_PM, at, hold
from tests.theatres.plans import hall

pytestmark = pytest.mark.usefixtures("on_saturday")


def test_a_new_house_says_that_nothing_is_on(guest: Browser) -> None:
    page = guest.get("/")
    assert page.status_code == 200
    assert "Nothing is on sale" in page.text


@both_databases
def test_tonight_is_led_by_one_time_and_then_told_by_the_hour(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal", original_title="கடல்", languages=["ta"], runtime=147, certificate="UA")
    aruvi = cast.show("Aruvi", languages=["ta"])
    first = cast.screening(kadal, roxy, starts_at=at("18:00"))
    cast.screening(kadal, roxy, starts_at=at("22:00"))
    cast.screening(aruvi, roxy, starts_at=at("19:15"))
    page = guest.get("/").text
    assert re.search(r"<h1[^>]*><b>Chennai,</b> Saturday 21 November", page)
    assert "5:00 pm · 2 shows in 1 theatre" in page
    assert "Choose seats for 6:00 pm" in page
    assert f'href="/screenings/{first.id}"' in page
    assert "Tamil · 2 h 27 · UA · Roxy, Purasawalkam" in page
    assert "from\u00a0₹225" in page, "under 30 % sold with less than 24 h left takes a tenth off"
    assert '<p class="own" lang="ta">கடல்</p>' in page
    assert f'href="/shows/{aruvi.id}-aruvi"' in page


def test_clear_leads_back_to_the_page_without_filters(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal", tags=["Drama"]), roxy, starts_at=FIVE_PM + timedelta(hours=2))
    page = guest.get("/?city=chennai&tag=Drama").text
    found = re.search(r'href="([^"]+)">Clear<', page)
    assert found
    assert guest.get(found[1].replace("&amp;", "&")).status_code == 200
    assert "tag=" not in found[1]


def test_the_last_seats_are_counted_and_a_house_without_any_is_struck(guest: Browser, roxy: Any) -> None:
    small = cast.theatre("Small", plan=hall("ssssss"))
    show = cast.show("Aruvi")
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("18:00"))
    cast.screening(cast.show("Kadal Two"), roxy, starts_at=at("18:10"))
    screening = cast.screening(show, small, starts_at=at("19:00"))
    assert "sold out" not in guest.get("/").text
    hold(screening, 6)
    assert re.search(
        r'class="out"><time[^>]*>7:00<span class="vh"> pm</span></time><span class="vh"> sold out',
        guest.get("/").text,
    )
    assert "<br>Sold out</p>" in guest.get("/").text, "said to the eye as well"


@both_databases
def test_a_kept_page_ends_when_seats_are_taken_freed_or_lapse(guest: Browser, roxy: Any) -> None:
    small = cast.theatre("Small", plan=hall("ssssss"))
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("18:00"))
    screening = cast.screening(cast.show("Aruvi"), small, starts_at=at("19:00"))
    assert "sold out" not in guest.get("/?day=2026-11-21").text
    who = hold(screening, 6)
    assert "sold out" in guest.get("/?day=2026-11-21").text
    with transaction():
        holds.release(who, screening.id, seat_ids=None, now=now())
    assert "sold out" not in guest.get("/?day=2026-11-21").text
    hold(screening, 6)
    assert "sold out" in guest.get("/?day=2026-11-21").text
    with time_machine.travel(FIVE_PM + timedelta(minutes=8), tick=False):
        assert "sold out" not in guest.get("/?day=2026-11-21").text


def test_a_warm_page_asks_the_database_nothing_until_the_programme_changes(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal")
    cast.screening(kadal, roxy, starts_at=at("19:00"))
    guest.get("/")
    with counted() as queries:
        assert "Kadal" in guest.get("/").text
        assert queries == []
    with transaction():
        shows.remove(shows.find(kadal.id) or kadal, now=now())
    assert "Kadal" not in guest.get("/").text


def test_a_kept_page_is_told_in_the_readers_language_and_not_given_to_who_is_signed_in(
    guest: Browser, roxy: Any
) -> None:
    cast.screening(cast.show("Kadal", languages=["ta"]), roxy, starts_at=at("19:00"))
    english, hindi = guest.get("/").text, guest.get("/", **{"Accept-Language": "hi"}).text
    assert "Tamil" in english
    assert "तमिल" in hindi
    signed_in = guest.sign_in(cast.customer()).get("/").text
    assert 'action="/logout"' in signed_in
    assert 'action="/logout"' not in Browser(guest.app).get("/").text


def test_htmx_is_given_the_day_alone_and_history_the_page(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    guest.get("/")
    part = guest.get("/", **{"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="whats-on"')
    assert "HX-Request" in part.headers["Vary"]
    again = guest.get("/", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in again.text


def test_every_city_shows_its_own_day_and_a_person_theirs(guest: Browser, roxy: Any) -> None:
    liberty = cast.theatre("Liberty", town="Mumbai")
    cast.screening(cast.show("Kadal"), roxy, starts_at=at("19:00"))
    cast.screening(cast.show("Jawan"), liberty, starts_at=at("19:00"))
    for address in ("/?city=mumbai", f"/?city={liberty.city_id}", "/?city=Mumbai", "/?city=मुंबई"):
        page = guest.get(address).text
        assert "<b>Mumbai,</b>" in page, address
        assert "Choose seats" in page
    person = cast.customer()
    with transaction():
        person.city_id = liberty.city_id
    assert "<b>Mumbai,</b>" in guest.sign_in(person).get("/").text
    assert "<b>Chennai,</b>" in guest.get("/?city=chennai").text


def test_the_page_takes_at_most_ten_queries_however_long_it_is(guest: Browser, roxy: Any) -> None:
    for n in range(6):
        cast.screening(cast.show(f"Film {n}", tags=["Drama"], languages=["ta"]), roxy, starts_at=at(f"{18 + n}:00"))
    few = asked(guest, "/")
    for n in range(6, 30):
        cast.screening(
            cast.show(f"Film {n}", tags=["Drama"], languages=["ta"]), roxy, starts_at=at(f"{n % 6 + 18}:{n}")
        )
    assert asked(guest, "/") == few <= 10
    assert asked(guest.sign_in(cast.customer()), "/") <= 10


def asked(guest: Browser, path: str) -> int:
    """Queries of a page with a cold cache, after its first visit of the day."""
    guest.get(path)
    cache.cache.clear()
    with counted() as queries:
        assert guest.get(path).status_code == 200
    return len(queries)

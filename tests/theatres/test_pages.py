"""The list of theatres and the page of one, as a person sees them."""

from __future__ import annotations

import re

import pytest

from instashow import cache
from instashow.clock import now
from instashow.db import transaction
from instashow.screenings.spots import Spot, nearest
from instashow.theatres import theatres
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted
from tests.saturday import at, hold
from tests.theatres.plans import hall

pytestmark = pytest.mark.usefixtures("on_saturday")


DONE, NEXT = " · nothing more today", " · next on Monday 23 November"


def names(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", name) for name in re.findall(r'class="spot".*?<b>(.*?)</b>', page, re.DOTALL)]


def lines(page: str) -> list[tuple[str, str]]:
    """Each theatre's name and the words beside it."""
    found = re.findall(r'class="spot".*?<b>(.*?)</b><span class="q">(.*?)</span></span>', page, re.DOTALL)
    return [(re.sub("<[^>]+>", "", name), re.sub("<[^>]+>", "", words)) for name, words in found]


@both_databases
def test_theatres_are_found_by_name_place_city_experience_and_rating(guest: Browser) -> None:
    roxy = cast.theatre("Roxy", place="Purasawalkam", experiences=["IMAX"])
    minerva = cast.theatre("Minerva", place="George Town", experiences=["Dolby"])
    cast.theatre("Liberty", town="Mumbai")
    with transaction():
        theatres.change(theatres.find(roxy.id) or roxy, stars_sum=500, stars_count=100)
        theatres.change(theatres.find(minerva.id) or minerva, stars_sum=200, stars_count=100)
    for query, found in [
        ("", ["Minerva", "Roxy"]),
        ("city=mumbai", ["Liberty"]),
        ("city=all", ["Liberty", "Minerva", "Roxy"]),
        ("q=liberty", ["Liberty"]),
        ("q=libarty", ["Liberty"]),
        ("q=chennai", ["Roxy", "Minerva"]),
        ("place=george", ["Minerva"]),
        ("tag=imax", ["Roxy"]),
        ("min_rating=4", ["Roxy"]),
        ("tag=imax&min_rating=5", []),
    ]:
        page = Browser(guest.app).get(f"/theatres?{query}")
        assert page.status_code == 200
        assert sorted(names(page.text)) == sorted(found), query


@both_databases
def test_near_me_sorts_by_distance_and_says_it(guest: Browser) -> None:
    cast.theatre("Far", latitude=13.20, longitude=80.27)
    cast.theatre("Near", latitude=13.09, longitude=80.27)
    cast.theatre("Unknown")
    page = guest.get("/theatres?near=13.08,80.27").text
    assert names(page) == ["Near", "Far", "Unknown"]
    assert "1.1 km" in page
    assert "data-near" in guest.get("/theatres").text, "asked for after a tap"


def test_a_kilometre_is_a_kilometre() -> None:
    chennai = Spot(1, "A", "", "", 1, "", 13.0827, 80.2707, 0, 0, (), 0, None)
    mumbai = Spot(2, "B", "", "", 2, "", 19.0760, 72.8777, 0, 0, (), 0, None)
    assert 1025 < (chennai.distance((19.0760, 72.8777)) or 0) < 1035
    assert nearest([mumbai, chennai], (13, 80)) == [chennai, mumbai]


@pytest.mark.parametrize(
    "query",
    ["city=atlantis", "near=here", "near=91,0", "near=1,2,3", "min_rating=9", "q=" + "x" * 101, "place=" + "x" * 101],
)
def test_what_cannot_be_understood_is_said(guest: Browser, query: str) -> None:
    cast.theatre("Roxy")
    answer = guest.get(f"/theatres?{query}")
    assert answer.status_code == 422
    assert "to mend" in answer.text
    assert names(answer.text) == ["Roxy"]


@both_databases
def test_a_theatre_tells_its_week_screen_by_screen(guest: Browser) -> None:
    roxy = cast.theatre("Roxy", plan=hall("ssssss", "ssssss"), caption="One screen since 1952.", address="Main Road 1")
    kadal = cast.show("Kadal")
    tonight = cast.screening(kadal, roxy, starts_at=at("19:15"))
    full = cast.screening(kadal, roxy, starts_at=at("22:00"))
    cast.screening(cast.show("Tomorrow's"), roxy, starts_at=at("43:00"))
    cast.screening(cast.show("Stopped"), roxy, starts_at=at("20:00"), stopped_at=now())
    hold(full, 10)
    page = guest.get(f"/theatres/{roxy.id}-roxy").text
    assert "One screen since 1952." in page
    assert "Main Road 1" in page
    assert f'href="/screenings/{tonight.id}"' in page
    assert "Tomorrow&#39;s" in page
    assert "Stopped" not in page
    assert "12 seats" in page
    assert '<path d="M0 0h5.75M0 1h5.75"' in page, "the hall, drawn row by row"
    assert guest.get(f"/theatres/{roxy.id}?day=2026-11-22").status_code == 200
    assert guest.get(f"/theatres/{roxy.id}?day=foo").status_code == 422


@both_databases
def test_after_the_last_show_a_theatre_names_its_next_day(guest: Browser) -> None:
    roxy, shut, film = cast.theatre("Roxy"), cast.theatre("Shut"), cast.show("Kadal")
    cast.screening(film, roxy, starts_at=at("16:00"))
    cast.screening(film, roxy, starts_at=at("43:00"), stopped_at=now())
    cast.screening(film, roxy, starts_at=at("67:00"))
    cast.screening(film, shut, starts_at=at("16:00"))
    for path, shown in (("/theatres", ["Roxy", "Shut"]), ("/?q=roxy", ["Roxy"]), ("/?q=shut", ["Shut"])):
        told = dict(lines(guest.get(path).text))
        assert sorted(told) == shown, path
        assert told.get("Roxy", NEXT).endswith(NEXT), path
        assert told.get("Shut", DONE).endswith(DONE), path
    cast.screening(film, roxy, starts_at=at("19:00"))
    cache.cache.clear()
    assert dict(lines(guest.get("/theatres").text))["Roxy"].endswith("1 show to come today")


def test_a_removed_theatre_is_gone_at_once(guest: Browser) -> None:
    roxy = cast.theatre("Roxy")
    assert guest.get(f"/theatres/{roxy.id}").status_code == 200
    assert names(guest.get("/theatres").text) == ["Roxy"]
    with transaction():
        theatres.remove(theatres.find(roxy.id) or roxy, now=now())
    assert guest.get(f"/theatres/{roxy.id}").status_code == 404
    assert names(guest.get("/theatres?city=all").text) == []


def test_hostile_names_are_printed_as_they_are_written(guest: Browser) -> None:
    cast.theatre('<script>alert("x")</script>', place="مرحبا 🎬")
    page = guest.get("/theatres").text
    assert "<script>alert" not in page
    assert "مرحبا 🎬" in page


def test_the_pages_take_at_most_ten_queries(guest: Browser) -> None:
    roxy = cast.theatre("Roxy", latitude=13.0, longitude=80.2)
    for n in range(20):
        cast.theatre(f"Talkies {n}", latitude=13.0 + n / 100, longitude=80.2)
        cast.screening(cast.show(f"Film {n}"), roxy, starts_at=at(f"{18 + n}:00"))
    guest.sign_in(cast.customer())
    for path in ("/theatres", "/theatres?q=talkies&near=13,80", f"/theatres/{roxy.id}"):
        guest.get(path)
        cache.cache.clear()
        with counted() as queries:
            assert guest.get(path).status_code == 200
        assert len(queries) <= 10, path

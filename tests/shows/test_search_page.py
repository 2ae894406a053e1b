"""The search page and the page of a show, as a person sees them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from instashow import cache
from instashow.clock import now
from instashow.db import db, transaction
from instashow.shows import shows
from instashow.shows.models import Wish
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted
from tests.saturday import FIVE_PM, at, hold
from tests.theatres.plans import hall

pytestmark = pytest.mark.usefixtures("on_saturday")


@both_databases
def test_a_search_shows_what_is_called_so_and_why_also_without_a_screening(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Ponniyin Selvan", original_title="பொன்னியின் செல்வன்"), roxy, starts_at=at("19:00"))
    cast.show("Ponni's Garden")
    cast.show("Sea", tags=["Ponni cult"])
    cast.theatre("New Ponni", town="Mumbai")
    page = guest.get("/?q=ponni").text
    assert "<mark>Ponni</mark>yin Selvan" in page
    assert "<mark>Ponni</mark>&#39;s Garden" in page
    assert "<mark>Ponni</mark> cult" in page
    assert "New <mark>Ponni</mark>" in page
    assert re.search(r'id="ask"[^>]*value="ponni"', page)
    assert "<mark>பொன்னி</mark>யின் செல்வன்</p>" in guest.get("/?q=பொன்னி").text


@pytest.mark.parametrize("typed", ["Mumbai", "मुंबई", "மும்பை", "bombay"])
def test_a_city_is_found_by_any_of_its_names_with_its_theatres(guest: Browser, roxy: Any, typed: str) -> None:
    cast.theatre("Regal", town="Mumbai")
    page = guest.get(f"/?q={quote(typed)}").text
    assert re.search(r'<a class="spot" href="/\?city=mumbai"><span class="t" aria-hidden="true">1</span>', page)
    assert "What is on in Mumbai" in page
    assert 'id="found-cities"' in page
    assert "Regal" in page
    assert "Roxy" not in page


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "' OR 1=1 --", '"><img src=x onerror=alert(1)>'])
def test_hostile_words_find_nothing_and_stay_words(guest: Browser, roxy: Any, typed: str) -> None:
    cast.theatre("Albert", place="X Roads")
    cast.show("K.G.F: Chapter 1")
    answer = guest.get(f"/?q={quote(typed)}")
    assert answer.status_code == 200
    assert "Nothing is called that, nor nearly." in answer.text
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


@both_databases
def test_a_slip_is_answered_with_what_was_meant(guest: Browser, roxy: Any) -> None:
    cast.show("Interstellar")
    page = guest.get("/?q=intersteller").text
    assert "Did you mean" in page
    assert 'href="/?q=Interstellar"' in page
    assert "Did you mean" not in guest.get("/?q=interstellar").text
    assert "Nothing is called that" in guest.get("/?q=zzzzzzzz").text


def test_a_search_in_a_city_and_day_shows_what_is_on_there(guest: Browser, roxy: Any) -> None:
    cast.screening(cast.show("Kadal One"), roxy, starts_at=at("19:00"))
    cast.show("Kadal Two")
    page = guest.get("/?q=kadal&city=chennai").text
    assert "One" in page
    assert "Kadal</mark> Two" not in page
    assert (
        "Kadal</mark> One" in guest.get("/?q=roxy&city=chennai").text
        or "Kadal One" in guest.get("/?q=roxy&city=chennai").text
    )


def test_what_was_typed_is_never_a_part_of_the_page(guest: Browser, roxy: Any) -> None:
    cast.show('<b onclick="x">Kadal</b>')
    for typed in ("<script>alert(1)</script>", '"><img src=x>', "kadal", "onclick"):
        page = guest.get(f"/?q={typed}")
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert '<b onclick="x">' not in page.text


def test_a_removed_show_is_gone_from_search_and_its_page(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal")
    assert guest.get(f"/shows/{kadal.id}").status_code == 200
    with transaction():
        shows.remove(shows.find(kadal.id) or kadal, now=now())
    assert guest.get(f"/shows/{kadal.id}").status_code == 404
    assert "Kadal</a>" not in guest.get("/?q=kadal").text


@both_databases
def test_a_show_tells_its_times_by_theatre(guest: Browser, roxy: Any) -> None:
    kadal = cast.show(
        "Kadal", original_title="கடல்", synopsis="A boat comes back.", languages=["ta", "te"], tags=["Drama"]
    )
    small = cast.theatre("Small", plan=hall("ssssss"))
    open_one = cast.screening(kadal, roxy, starts_at=at("18:20"), subtitles="en")
    full = cast.screening(kadal, small, starts_at=at("19:30"))
    cast.screening(kadal, roxy, starts_at=at("20:00"), stopped_at=now())
    hold(full, 6)
    page = guest.get(f"/shows/{kadal.id}-kadal").text
    assert "KADAL" in page or "Kadal" in page
    assert 'lang="ta"' in page
    assert "A boat comes back." in page
    assert "Tamil and Telugu · 2 h · Drama" in page
    assert "Chennai, Saturday 21 November, 3 screenings in 2 theatres" in page
    assert f'href="/screenings/{open_one.id}"' in page
    assert "English subtitles, from\u00a0₹225" in page
    assert "Sold out" in page
    assert "Sale stopped" in page
    assert '<meta property="og:title" content="Kadal">' in page
    assert guest.get(f"/shows/{kadal.id}", **{"HX-Request": "true"}).text.lstrip().startswith('<div id="times">')


@both_databases
def test_a_show_is_looked_for_where_it_plays(guest: Browser, roxy: Any) -> None:
    cast.theatre("Minerva")
    kadal = cast.show("Kadal")
    cast.screening(kadal, cast.theatre("Liberty", town="Mumbai"), starts_at=at("43:00"))
    page = guest.get(f"/shows/{kadal.id}").text
    assert "Mumbai, Sunday 22 November, 1 screening in 1 theatre" in page
    assert "not on in Chennai" in guest.get(f"/shows/{kadal.id}?city=chennai").text
    assert guest.get(f"/shows/{kadal.id}?city=atlantis").status_code == 422
    assert guest.get(f"/shows/{kadal.id}?day=soon").status_code == 422


@both_databases
def test_who_wants_to_be_told_is_kept_once_and_can_take_it_back(guest: Browser, roxy: Any) -> None:
    coming = cast.show("Comes later", release_date=FIVE_PM.date() + timedelta(days=9))
    assert "Sign in, and we tell you" in guest.get(f"/shows/{coming.id}").text
    assert guest.post(f"/shows/{coming.id}/wish").status_code == 303
    assert db.session.query(Wish).count() == 0, "nobody is signed in"
    guest.sign_in(cast.customer())
    assert "Tell me when the sale opens" in guest.get(f"/shows/{coming.id}").text
    for _ in range(2):
        assert guest.post(f"/shows/{coming.id}/wish").status_code == 303
    assert db.session.query(Wish).count() == 1
    assert "Do not tell me after all" in guest.get(f"/shows/{coming.id}").text
    assert guest.post(f"/shows/{coming.id}/wish", {"stop": "1"}).status_code == 303
    assert db.session.query(Wish).count() == 0
    assert guest.post("/shows/999/wish").status_code == 404


@pytest.mark.parametrize("path", ["/shows/0", "/shows/999999999999999", "/shows/99999999999999999999", "/shows/x"])
def test_no_such_show_is_a_404(guest: Browser, path: str) -> None:
    assert guest.get(path).status_code == 404


def test_search_and_show_take_at_most_ten_queries(guest: Browser, roxy: Any) -> None:
    kadal = cast.show("Kadal", release_date=FIVE_PM.date())
    for n in range(12):
        cast.screening(kadal, roxy, starts_at=at(f"{18 + n % 6}:{n}"))
        cast.show(f"Kadal {n}")
        cast.theatre(f"Kadal Talkies {n}")
    guest.sign_in(cast.customer())
    for path in ("/?q=kadal", "/?q=kadel", "/?q=kadal&city=chennai&language=ta", f"/shows/{kadal.id}"):
        guest.get(path)
        cache.cache.clear()
        with counted() as queries:
            assert guest.get(path).status_code == 200
        assert len(queries) <= 10, path

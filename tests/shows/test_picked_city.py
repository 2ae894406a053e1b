"""A visitor without an account picks a city once; their browser keeps it, and nobody else's sees it."""

from __future__ import annotations

from typing import Any

import pytest

from instashow.db import transaction
from instashow.theatres import theatres
from tests import cast
from tests.browsers import Browser
from tests.saturday import at

pytestmark = pytest.mark.usefixtures("on_saturday")


@pytest.fixture
def liberty(roxy: Any) -> Any:
    """A house in Mumbai beside two in Chennai, so that Chennai is where strangers begin; one film plays in both."""
    cast.theatre("Gemini")
    liberty, kadal = cast.theatre("Liberty", town="Mumbai"), cast.show("Kadal")
    for house in (roxy, liberty):
        cast.screening(kadal, house, starts_at=at("19:00"))
    liberty.plays = kadal
    return liberty


def begins_in(guest: Browser) -> str:
    """The city of the home page, which the list of theatres and the page of a show must share."""
    town = "Mumbai" if "<b>Mumbai,</b>" in guest.get("/").text else "Chennai"
    assert f"<b>{town},</b>" in guest.get("/").text
    assert f"<b>{town},</b>" in guest.get("/theatres").text
    assert f"{town}, Saturday 21 November" in guest.get("/shows/1").text
    return town


@pytest.mark.parametrize("address", ["/?city=mumbai", "/?city=Mumbai", "/theatres?city=mumbai", "/shows/1?city=mumbai"])
def test_a_picked_city_stays_on_the_next_pages(guest: Browser, liberty: Any, address: str) -> None:
    assert liberty.plays.id == 1
    assert begins_in(guest) == "Chennai"
    set_by = guest.get(address).headers["Set-Cookie"]
    for word in ("city=mumbai;", "Max-Age=31536000", "Path=/", "HttpOnly", "SameSite=Lax"):
        assert word in set_by
    assert begins_in(guest) == "Mumbai"
    assert begins_in(Browser(guest.app)) == "Chennai", "kept pages are told apart"
    guest.get("/?city=chennai")
    assert begins_in(guest) == "Chennai"


def test_who_comes_after_another_picks_it_just_as_well(guest: Browser, liberty: Any) -> None:
    for _ in range(3):
        Browser(guest.app).get("/?city=mumbai")
    guest.get("/?city=mumbai")
    assert begins_in(guest) == "Mumbai"


def test_the_cookie_is_secure_where_the_page_is(guest: Browser, liberty: Any) -> None:
    assert "Secure" not in guest.get("/?city=mumbai").headers["Set-Cookie"]
    with guest.app.app_context():
        answer = guest.app.test_client().get("/?city=mumbai", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("address", ["/", "/?city=atlantis", "/?city=", "/theatres?city=all", "/?day=2026-11-22"])
def test_nothing_is_kept_of_what_is_no_city(guest: Browser, liberty: Any, address: str) -> None:
    assert "Set-Cookie" not in guest.get(address).headers
    guest.get("/?city=mumbai")
    assert "Set-Cookie" not in guest.get(address).headers
    assert begins_in(guest) == "Mumbai"


@pytest.mark.parametrize("junk", ["atlantis", "", "<b>", "9" * 400, "x" * 3000, '"\\000\\377'])
def test_a_cookie_that_names_no_city_is_nothing(guest: Browser, liberty: Any, junk: str) -> None:
    guest.client.set_cookie("city", junk)
    assert begins_in(guest) == "Chennai"
    guest.client.set_cookie("city", "mumbai")
    assert begins_in(guest) == "Mumbai"


def test_a_city_that_lost_its_theatres_is_forgotten(guest: Browser, liberty: Any) -> None:
    guest.get("/?city=mumbai")
    with transaction():
        theatres.change(theatres.find(liberty.id) or liberty, removed_at=at("17:00"))
    assert "<b>Chennai,</b>" in guest.get("/").text


def test_a_persons_own_city_goes_before_the_picked_one(guest: Browser, liberty: Any, roxy: Any) -> None:
    guest.get("/?city=mumbai")
    person = cast.customer()
    guest.sign_in(person)
    assert begins_in(guest) == "Mumbai", "they have not said where they live"
    with transaction():
        person.city_id = roxy.city_id
    assert begins_in(guest) == "Chennai"
    assert "city=" not in guest.get("/?city=mumbai").headers.get("Set-Cookie", "")


def test_a_tap_on_a_day_picks_no_city(guest: Browser, liberty: Any) -> None:
    cast.screening(jawan := cast.show("Jawan"), liberty, starts_at=at("20:00"))
    assert f"/shows/{jawan.id}-jawan?day=2026-11-21" in guest.get(f"/shows/{jawan.id}").text
    assert "city=mumbai&amp;day=2026-11-21" in guest.get(f"/shows/{jawan.id}?city=mumbai").text

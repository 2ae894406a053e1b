"""Whoever holds seats is told so on every other page: of what, how many, how long, and the way to the till."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.screenings.claims import taken
from tests import cast
from tests.booking.buyers import book, choose, holds_url, lapse
from tests.booking.sales import hall_of_rows
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import shipped

BAR = re.compile(r'<section class="under-way.*?</section>', re.S)


def bar(browser: Browser, path: str = "/") -> str:
    """The bar of a page; empty where there is none."""
    found = BAR.search(browser.get(path).text)
    return found[0] if found else ""


@both_databases
@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_every_page_says_what_is_held_meanwhile(app: Flask, who: str) -> None:
    show, browser = hall_of_rows("ssssssss"), Browser(app)
    if who == "somebody":
        browser.sign_in(cast.customer())
    choose(browser, show, "A1", "A2")
    for path in ("/", f"/shows/{show.show_id}", "/theatres", f"/theatres/{show.theatre_id}", "/terms", "/?q=kad"):
        said = bar(browser, path)
        assert "2 seats for Kadal" in said, path
        assert 'aria-label="Your held seats"' in said
        assert 'role="timer"' in said
        assert f'href="/checkout?screening={show.id}">Go on to checkout' in said
        assert "Let them go" in said


def test_whoever_holds_nothing_is_told_nothing(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(Browser(app), show, "A1", "A2")
    assert bar(ravi) == bar(Browser(app).sign_in(cast.customer())) == ""
    choose(ravi, show, "A3", "A4")
    assert bar(ravi) != ""
    assert bar(Browser(app)) == ""
    lapse()
    assert bar(ravi) == ""


def test_pages_that_say_it_themselves_do_not_say_it_twice(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    for path in (f"/screenings/{show.id}", f"/screenings/{show.id}?list=1", "/checkout", "/login", "/register"):
        assert "0:" in ravi.get(path).text or "7:" in ravi.get(path).text
        assert bar(ravi, path) == "", path


def test_the_kept_page_of_strangers_is_not_given_to_who_holds_nor_theirs_to_strangers(
    app: Flask, queries: list[str]
) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    assert bar(Browser(app)) == ""
    for _ in range(2):
        answer = ravi.get("/")
        assert "under-way" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert bar(Browser(app)) == ""
    queries.clear()
    assert bar(Browser(app)) == ""
    assert queries == []


def test_letting_go_from_another_page_stays_there_and_says_so(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    assert '<input type="hidden" name="back" value="/theatres">' in bar(ravi, "/theatres")
    answer = ravi.post(holds_url(show), {"release": "all", "back": "/theatres"})
    assert (answer.status_code, answer.location) == (303, "/theatres")
    assert "What you held went back to the hall." in ravi.get("/theatres").text
    assert not taken(show.id, now())


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_letting_go_leads_to_no_page_but_ours(app: Flask, there: str) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    answer = ravi.post(holds_url(show), {"release": "all", "back": there})
    assert (answer.status_code, answer.location) == (303, f"/screenings/{show.id}")


def test_what_ends_first_is_told_first_and_the_others_are_counted(app: Flask) -> None:
    first, second, ravi = hall_of_rows("ssssssss"), hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, first, "A1")
    choose(ravi, second, "A1", "A2")
    said = bar(ravi)
    assert "1 seat for Kadal" in said
    assert "and 1 other screening" in said
    assert f"/checkout?screening={first.id}" in said


def test_a_place_without_a_name_is_called_a_place(app: Flask) -> None:
    where, ravi = cast.theatre(plan=shipped("open-air-150")), Browser(app)
    show = cast.screening(where=where)
    assert ravi.post(holds_url(show), {"quantity": "3"}).status_code == 303
    assert "3 places for Kadal" in bar(ravi)


def test_after_booking_nothing_is_held_any_more(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), Browser(app).sign_in(cast.customer())
    choose(meena, show, "A1", "A2")
    assert bar(meena, book(meena, show).location or "") == ""


def test_when_the_clock_has_run_out_the_bar_says_what_is_so(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    asks = f"/checkout/under-way?screening={show.id}"
    assert "2 seats for Kadal" in bar(ravi, asks)
    lapse()
    assert "Your time was up, and the seats went back to the hall." in bar(ravi, asks)
    assert "Your time was up" not in Browser(app).get(asks).text
    choose(ravi, show, "A1", "A2")
    ravi.post(holds_url(show), {"release": "all"})
    assert "Your time was up" not in ravi.get(asks).text


def test_a_show_that_was_removed_leads_to_no_till(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    choose(ravi, show, "A1", "A2")
    with transaction():
        show.show.removed_at = now()
    assert bar(ravi, "/theatres") == ""


@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_pages_with_the_bar_ask_little_of_the_database(app: Flask, queries: list[str], who: str) -> None:
    show, browser = hall_of_rows("ssssssss"), Browser(app)
    if who == "somebody":
        browser.sign_in(cast.customer())
    choose(browser, show, "A1", "A2")
    for path in ("/", "/?q=kadal", f"/shows/{show.show_id}", "/theatres", f"/theatres/{show.theatre_id}", "/terms"):
        browser.get(path)
        queries.clear()
        assert "under-way" in browser.get(path).text
        assert len(queries) <= 10, (path, queries)

"""The best seats are asked for by one button, and taken once however often it is pressed."""

from __future__ import annotations

import re
import threading

import pytest
from flask import Flask

from instashow.booking import filling, refusals
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.models import Screening
from tests import cast
from tests.booking.buyers import held_by_all, holds_url, lapse, page
from tests.booking.sales import a_visitor, hall_of_rows, hold
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import shipped


def take(browser: Browser, show: Screening) -> tuple[str, dict[str, str]]:
    """Where the page's button sends what."""
    found = re.search(r'id="take" name="(\w+)" value="(\d+)" formaction="([^"]+)"', page(browser, show))
    assert found
    return found[3], {found[1]: found[2]}


@both_databases
def test_the_button_pressed_twice_takes_the_seats_once(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    url, form = take(ravi, show)
    assert [ravi.post(url, form).status_code for _ in range(3)] == [303, 303, 303]
    assert len(held_by_all(show)) == 2
    assert ravi.post(holds_url(show), form).status_code == 303  # said without how many are held, it adds
    assert len(held_by_all(show)) == 4


@both_databases
def test_two_presses_at_the_same_moment_take_the_seats_once(app: Flask) -> None:
    show, ravi = hall_of_rows(*["ssssssss"] * 3), a_visitor()
    screening_id, start = show.id, threading.Barrier(2)

    def press() -> None:
        with app.app_context():
            start.wait()
            with transaction():
                filling.fill_up(ravi, screening_id, party=2, accessible=0, now=now())
            db.session.remove()

    db.session.rollback()
    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert len(held_by_all(show)) == 2


def test_what_is_missing_is_taken_beside_what_is_held(app: Flask) -> None:
    show, ravi = hall_of_rows(*["ssssssss"] * 2), a_visitor()
    until = hold(ravi, show, "A3", "A4")
    for party in (4, 3):
        with transaction():
            assert filling.fill_up(ravi, show.id, party=party, accessible=0, now=now()) == until
        assert len(held_by_all(show)) == 4


def test_a_party_that_finds_no_room_starts_no_clock(app: Flask) -> None:
    show, ravi = hall_of_rows("ssss"), a_visitor()
    hold(a_visitor(), show, "A1", "A2")
    with pytest.raises(refusals.NoBlock), transaction():
        filling.fill_up(ravi, show.id, party=3, accessible=0, now=now())
    assert len(held_by_all(show)) == 2


def test_after_a_lapse_the_old_page_still_takes_them(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    url, form = take(ravi, show)
    ravi.post(url, form)
    lapse()
    assert ravi.post(url, form).status_code == 303
    assert len(held_by_all(show)) == 2


def more(text: str) -> tuple[str, dict[str, str], str]:
    """Where the strip's button for further places sends what, and what it says."""
    found = re.search(r'id="more" name="(\w+)" value="(\d+)" formaction="([^"]+)"[^>]*>([^<]+)<', text)
    assert found
    return found[3], {found[1]: found[2]}, found[4]


def test_where_places_have_no_numbers_one_more_is_taken_by_a_button(app: Flask) -> None:
    show, ravi = cast.screening(where=cast.theatre(plan=shipped("open-air-150"))), Browser(app)
    ravi.post(*take(ravi, show))
    url, form, said = more(page(ravi, show))
    assert said == "One more"
    assert [ravi.post(url, form).status_code for _ in range(2)] == [303, 303]
    assert len(held_by_all(show)) == 3
    url, form, said = more(page(ravi, show, "?party=7"))
    assert said == "4 more"
    ravi.post(url, form)
    assert len(held_by_all(show)) == 7
    ravi.post(holds_url(show), {"quantity": "3"})
    assert 'id="more"' not in page(ravi, show)


def test_a_numbered_hall_is_chosen_seat_by_seat(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), Browser(app)
    ravi.post(*take(ravi, show))
    assert 'id="more"' not in page(ravi, show)

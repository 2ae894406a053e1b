"""Giving back on the page: what comes back is shown first, one press does it, and twice is once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from instashow.booking import paying
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from tests import cast
from tests.booking.mine import booked, fresh, moved
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import hall

PART = {"HX-Request": "true", "HX-Current-URL": "http://localhost/", "HX-Target": "cancellation"}


def states(booking: Booking) -> list[str]:
    return [one.state for one in fresh(booking.id).tickets]


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page.text)
    assert found, name
    return found[1]


@both_databases
def test_what_comes_back_is_shown_before_anything_is_changed(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    moved(booking.screening_id, timedelta(hours=20))
    browser, first = Browser(app).sign_in(meena), booking.tickets[0].place_id
    url = f"/bookings/{booking.reference}/cancellation"
    page = browser.get(url)
    assert "₹375 comes back, 75 % of the price." in page.text
    assert page.text.count(" checked") == 2
    one = browser.get(f"{url}?seat={first}")
    assert "₹187.50 comes back, 75 % of the price." in one.text
    assert one.text.count(" checked") == 1
    none = browser.get(f"{url}?chosen=1")
    assert "Choose a seat, and what comes back stands here." in none.text
    assert states(booking) == ["live", "live"]
    part = browser.get(f"{url}?chosen=1&seat={first}", **PART)
    assert ("<html" in part.text, "₹187.50" in part.text) == (False, True)


@both_databases
def test_a_seat_is_given_back_and_then_the_rest(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, first = Browser(app).sign_in(meena), booking.tickets[0]
    url = f"/bookings/{booking.reference}/cancellation"
    answer = browser.post(url, {"seat": first.place_id})
    assert (answer.status_code, answer.location) == (303, f"/bookings/{booking.reference}")
    assert f"Given back: {first.row}{first.number}." in browser.get(answer.location).text
    assert states(booking) == ["cancelled", "live"]
    assert set(taken(booking.screening_id, now())) == {booking.tickets[1].place_id}
    assert browser.post(url).status_code == 303
    assert states(booking) == ["cancelled", "cancelled"]
    assert paying.balance(booking.id).refunded == 50000


FIRST = "Given back: {}. ₹250 comes back, 100 % of the price. The counter of {of} gives it back to your card."


def seat_of(booking: Booking) -> str:
    return f"{booking.tickets[0].row}{booking.tickets[0].number}"


def toasts(browser: Browser, booking: Booking) -> list[str]:
    page = browser.get(f"/bookings/{booking.reference}").text
    return re.findall(r'data-toast="go">\s*<p>(.*?)</p>', page)


def test_the_second_tap_says_what_the_first_did(app: Flask) -> None:
    """The browser drops the first answer, and may have kept its cookie or not."""
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    page = browser.get(f"{url}?seat={booking.tickets[0].place_id}")
    form = {name: hidden(page, name) for name in ("key", "seen", "seat")}
    told = [FIRST.format(seat_of(booking), of=booking.screening.theatre.name)]
    for _tap in range(3):
        assert browser.post(url, form).status_code == 303
        assert toasts(browser, booking) == told
    moved(booking.screening_id, timedelta(hours=20))
    browser.post(url, {"key": "the rest"})
    once_more = browser.post(url, {"key": "the rest"})
    assert (once_more.status_code, states(booking)) == (303, ["cancelled", "cancelled"])
    assert toasts(browser, booking)[0].startswith("Given back: D5. ₹187.50 comes back, 75 % of the price.")


def test_a_due_seat_given_back_twice_says_what_is_left_to_pay(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    form = {"key": "due", "seat": booking.tickets[0].place_id}
    for _tap in range(2):
        assert browser.post(url, form).status_code == 303
        (told,) = toasts(browser, booking)
        assert told.endswith("Nothing was paid, so nothing comes back; ₹250 is to pay.")


@both_databases
def test_the_same_press_twice_is_once(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    page = browser.get(f"{url}?seat={booking.tickets[0].place_id}")
    form = {name: hidden(page, name) for name in ("key", "seen", "seat")}
    answers = [browser.post(url, form) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, f"/bookings/{booking.reference}")] * 2
    assert paying.balance(booking.id).refunded == 25000
    assert toasts(browser, booking) == [FIRST.format(seat_of(booking), of=booking.screening.theatre.name)]
    again = browser.post(url, {"seat": form["seat"]})
    assert (again.status_code, "was given back before." in again.text) == (409, True)
    other = browser.post(url, {**form, "seat": booking.tickets[1].place_id})
    assert (other.status_code, states(booking)) == (409, ["cancelled", "live"])


def test_a_tab_left_open_says_what_is_left_and_gives_that_back(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    old, (first, second) = browser.get(url), booking.tickets
    browser.post(url, {"seat": first.place_id})
    both = {"seat": [first.place_id, second.place_id], "key": hidden(old, "key"), "seen": hidden(old, "seen")}
    answer = browser.post(url, both)
    assert answer.status_code == 409
    assert f"{first.row}{first.number} was given back before. Nothing more was changed" in answer.text
    assert "Nothing can be given back this way." not in answer.text
    assert hidden(answer, "seat") == str(second.place_id)
    assert "₹250 comes back" in answer.text
    left = {name: hidden(answer, name) for name in ("key", "seen", "seat")}
    assert browser.post(url, left).status_code == 303
    assert states(booking) == ["cancelled", "cancelled"]
    again = browser.post(url, {"seat": first.place_id})
    assert (again.status_code, "That was given back before." in again.text) == (409, True)


def test_a_due_booking_is_told_what_is_off(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    page = browser.get(f"{url}?seat={booking.tickets[0].place_id}").text
    assert "Nothing was paid, so nothing comes back. ₹250 is off what is due: ₹250 is to pay." in page
    assert "Nothing is to pay any more." in browser.get(url).text
    browser.post(url, {"seat": booking.tickets[0].place_id})
    assert paying.balance(booking.id).due == 25000
    browser.post(url)
    assert paying.balance(booking.id).due == 0


def test_less_than_what_was_shown_never_comes_back_unsaid(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    seen = hidden(browser.get(url), "seen")
    moved(booking.screening_id, timedelta(hours=20))
    answer = browser.post(url, {"seen": seen})
    assert (answer.status_code, "₹375 comes back by now. Nothing was changed yet." in answer.text) == (409, True)
    assert states(booking) == ["live", "live"]
    assert browser.post(url, {"seen": hidden(answer, "seen")}).status_code == 303


def test_half_a_love_seat_is_not_given_back(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card", plan=hall("LRLR"))
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    half = booking.tickets[0].place_id
    for answer, status in ((browser.get(f"{url}?seat={half}"), 200), (browser.post(url, {"seat": half}), 409)):
        assert (answer.status_code, "A love seat is given back as a pair" in answer.text) == (status, True)
    assert states(booking) == ["live", "live"]
    assert browser.post(url).status_code == 303


def test_a_used_ticket_is_never_given_back(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    with transaction():
        booking.tickets[0].used_at = now()
        db.session.add(booking)
        db.session.flush()
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    answer = browser.post(url)
    assert (answer.status_code, "was shown at the door" in answer.text) == (409, True)
    assert states(booking) == ["live", "live"]
    assert browser.post(url, {"seat": booking.tickets[1].place_id}).status_code == 303


def test_after_the_sale_has_closed_it_is_too_late(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    moved(booking.screening_id, timedelta(hours=30, minutes=9))
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    assert "No money comes back." in browser.get(url).text
    moved(booking.screening_id, timedelta(minutes=2))
    for answer, status in ((browser.get(url), 200), (browser.post(url), 409)):
        assert (answer.status_code, "The sale has closed" in answer.text) == (status, True)
    assert states(booking) == ["live", "live"]


@pytest.mark.parametrize("seat", ["0", "-1", "x", "1.5", str(2**63), "९", "999999", "1' OR 1=1"])
def test_a_seat_that_is_not_on_the_booking_is_refused(app: Flask, seat: str) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser, url = Browser(app).sign_in(meena), f"/bookings/{booking.reference}/cancellation"
    for answer in (
        browser.get(url + "?seat=" + seat),
        browser.post(url, {"seat": [booking.tickets[0].place_id, seat]}),
    ):
        assert (answer.status_code, "This seat is not on your booking." in answer.text) == (422, True)
    assert states(booking) == ["live", "live"]
    assert browser.post(url, {"seat": "1\0"}).status_code == 422


def test_nobody_gives_back_what_is_anothers_or_without_a_token(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    url = f"/bookings/{booking.reference}/cancellation"
    ravi = Browser(app).sign_in(cast.customer("ravi@example.com"))
    assert ravi.post(url).status_code == 404
    assert Browser(app).sign_in(meena).post(url, {"csrf_token": "wrong"}).status_code == 400
    assert Browser(app).post(url).status_code == 303
    assert states(booking) == ["live", "live"]
    assert db.session.get_one(Screening, booking.screening_id).state == "on_sale"

"""My bookings on the page: the roll of coming, past and cancelled ones, and one booking with all it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from instashow.booking import cancelling, mine, paying
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from instashow.theatres.models import Theatre
from tests import cast
from tests.booking.mine import booked, past
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


def cancel(meena: Person, booking: Booking, *places: int) -> None:
    ids = [one.id for one in booking.tickets if one.place_id in places] or None
    with transaction():
        cancelling.cancel(meena.id, booking.reference, ticket_ids=ids, now=now())


def test_whoever_has_booked_nothing_is_shown_the_way_to_tonight(app: Flask) -> None:
    page = Browser(app).sign_in(cast.customer()).get("/bookings")
    assert (page.status_code, "No tickets yet." in page.text) == (200, True)


def test_bookings_are_for_who_is_signed_in(app: Flask) -> None:
    answer = Browser(app).get("/bookings")
    assert (answer.status_code, answer.location) == (303, "/login?next=/bookings")


@both_databases
def test_the_roll_has_coming_past_and_cancelled_nights(app: Flask) -> None:
    meena = cast.customer()
    coming, torn, gone = booked(meena, "Kadal"), past(meena, "Raazi"), booked(meena, "Petta", paid="cash")
    cancel(meena, gone)
    rolls = {part: mine.roll(meena.id, part, now()).nights for part in ("coming", "past", "cancelled")}  # type: ignore[arg-type]
    assert {part: [one.reference for one in nights] for part, nights in rolls.items()} == {
        "coming": [coming.reference],
        "past": [torn.reference],
        "cancelled": [gone.reference],
    }
    page = Browser(app).sign_in(meena).get("/bookings").text
    assert (
        page.index("Kadal") < page.index("Torn") < page.index("Raazi") < page.index("Given back") < page.index("Petta")
    )
    assert "₹500 to pay at the counter." in page
    assert "Given back, refund ₹500." in page
    assert f'action="/shows/{torn.screening.show_id}/rating"' in page


@both_databases
def test_a_long_past_is_shown_page_by_page(app: Flask) -> None:
    meena = cast.customer()
    refs = [past(meena, f"Film {n}", days=n + 1).reference for n in range(5)]
    first = mine.roll(meena.id, "past", now(), at_most=2)
    second = mine.roll(meena.id, "past", now(), before=first.next, at_most=2)
    third = mine.roll(meena.id, "past", now(), before=second.next, at_most=2)
    assert [one.reference for part in (first, second, third) for one in part.nights] == refs
    assert third.next is None
    page = Browser(app).sign_in(meena).get(f"/bookings?list=past&before={second.next}")
    assert (page.status_code, refs[4] in page.text, refs[0] in page.text) == (200, True, False)


@pytest.mark.parametrize("cursor", ["", "x", "1-", "-1", "9" * 15 + "-1", "१-२", "1-1-1", "9" * 40 + "-1"])
def test_a_cursor_of_somebody_elses_making_is_no_cursor(app: Flask, cursor: str) -> None:
    meena = cast.customer()
    past(meena, "Raazi")
    page = Browser(app).sign_in(meena).get(f"/bookings?list=past&before={cursor}")
    assert (page.status_code, "Raazi" in page.text) == (200, True)


def test_what_is_due_is_said_with_every_line_of_its_price_and_its_tax(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    for words in (
        "₹500 to pay at the counter.",
        "List, standard",
        "250.00",
        "GST 18 %",
        "Before you go",
        booking.reference,
    ):
        assert words in page
    assert "Nothing was paid, so nothing comes back" in page
    assert "What is due, as PDF" in page


def test_what_was_paid_has_its_receipt_and_says_what_comes_back(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    assert f"R{now().year}-000001" in page
    assert "Given back now, ₹500 comes back." in page
    assert "to pay at the counter" not in page


def test_a_seat_that_was_given_back_stays_readable(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    cancel(meena, booking, booking.tickets[0].place_id)
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    assert "was given back. ₹250 comes back to you. The counter of " in page
    assert "Credit note" in page
    cancel(meena, booking)
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    assert "Nothing is left of this booking." in page
    assert "/cancellation" not in page


def test_a_past_booking_asks_how_it_was_and_gives_nothing_back(app: Flask) -> None:
    meena = cast.customer()
    booking = past(meena, "Raazi")
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    assert "How was it?" in page
    assert 'name="other_stars"' in page
    assert "/cancellation" not in page


@both_databases
def test_a_removed_show_and_theatre_stay_in_their_buyers_bookings(app: Flask) -> None:
    meena = cast.customer()
    booking = past(meena, "Raazi")
    with transaction():
        db.session.get_one(Show, booking.screening.show_id).removed_at = now()
        db.session.get_one(Theatre, booking.screening.theatre_id).removed_at = now()
        db.session.flush()
    browser = Browser(app).sign_in(meena)
    assert "Raazi" in browser.get("/bookings").text
    page = browser.get(f"/bookings/{booking.reference}")
    assert (page.status_code, "How was it?" in page.text) == (200, False)


def test_an_unpaid_booking_says_until_when_it_waits(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    with transaction():
        db.session.get_one(Theatre, booking.screening.theatre_id).unpaid_lapse_minutes = 30
        db.session.flush()
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text
    assert "what is not paid by then goes back on sale" in page


def test_a_called_off_screening_is_said(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    with transaction():
        db.session.get_one(Screening, booking.screening_id).state = "cancelled"
        db.session.flush()
    browser = Browser(app).sign_in(meena)
    assert "The theatre called this screening off." in browser.get(f"/bookings/{booking.reference}").text
    assert "Called off by the theatre." in browser.get(f"/bookings/{booking.reference}/ticket").text


@pytest.mark.parametrize("door", ["", "/ticket", "/ticket.pdf", "/ticket.ics", "/receipt.pdf", "/cancellation"])
def test_anothers_booking_is_not_there(app: Flask, door: str) -> None:
    booking = booked(cast.customer(), "Kadal")
    ravi = Browser(app).sign_in(cast.customer("ravi@example.com"))
    assert ravi.get(f"/bookings/{booking.reference}{door}").status_code == 404
    assert ravi.get(f"/bookings/AAAAAAAA{door}").status_code == 404
    assert ravi.get(f"/bookings/nonsense%00{door}").status_code == 404
    assert Browser(app).get(f"/bookings/{booking.reference}{door}").status_code == 303


@pytest.mark.parametrize("door", ["", "/ticket", "/ticket.ics", "/cancellation?seat=1"])
def test_a_reference_may_be_typed_in_any_way(app: Flask, door: str) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    ref = booking.reference
    answer = Browser(app).sign_in(meena).get(f"/bookings/{ref[:4].lower()}-{ref[4:].lower()}{door}")
    assert (answer.status_code, answer.location) == (302, f"/bookings/{ref}{door}")


def test_the_pages_ask_the_database_little_whatever_their_length(app: Flask) -> None:
    meena = cast.customer()
    kadal = booked(meena, "Kadal", paid="card")
    for n in range(4):
        past(meena, f"Film {n}", days=n + 1)
        booked(meena, f"Show {n}", paid="cash")
    torn = past(meena, "Raazi")
    browser = Browser(app).sign_in(meena)
    doors: list[Any] = ["", *(f"/{ref}{door}" for ref in (kadal.reference, torn.reference) for door in ("", "/ticket"))]
    for door in (*doors, f"/{kadal.reference}/cancellation"):
        browser.get(f"/bookings{door}")
        with counted() as statements:
            assert browser.get(f"/bookings{door}").status_code == 200
        assert len(statements) <= 10, (door, statements)


def test_a_booking_paid_later_is_due_no_more(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    browser = Browser(app).sign_in(meena)
    with transaction():
        paying.pay(booking.id, method="cash", taken_by=None, now=now() + timedelta(seconds=1))
    assert "Paid." in browser.get(f"/bookings/{booking.reference}").text


def test_the_roll_of_all_three_parts_asks_little_of_the_database(app: Flask, queries: list[str]) -> None:
    meena = cast.customer()
    browser = Browser(app).sign_in(meena)
    booked(meena, "Coming")
    past(meena, "Past")
    cancel(meena, booked(meena, "Given back"))
    held = cast.screening(where=cast.theatre("Where seats are held"))
    assert browser.post(f"/screenings/{held.id}/holds", {"quantity": "2"}).status_code == 303
    queries.clear()
    page = browser.get("/bookings").text
    assert all(word in page for word in ("Coming", "Past", "Given back", "under-way"))
    assert len(queries) <= 10, queries

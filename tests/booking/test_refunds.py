"""Money that comes back: with the method it was paid by, and told as it is, wherever it is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

import jobs
from instashow.booking import paper_money, paying
from instashow.booking.models import Booking, Payment
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from tests import cast
from tests.booking.mine import booked, fresh, moved
from tests.booking.test_cancelling import cancel
from tests.booking.test_papers_letters import empty_shelf as empty_shelf
from tests.booking.test_papers_letters import said, sent
from tests.browsers import Browser
from tests.conftest import both_databases

WAYS = {
    "cash": "Fetch it in cash at the counter of {theatre}, with booking {reference}.",
    "card": "The counter of {theatre} gives it back to your card.",
    "other": "The counter of {theatre} gives it back the way it was paid.",
}


def way(booking: Booking, method: str) -> str:
    return WAYS[method].format(theatre=booking.screening.theatre.name, reference=booking.reference)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@both_databases
@pytest.mark.parametrize("method", WAYS)
def test_a_refund_keeps_the_method_of_the_payment(app: Flask, method: str) -> None:
    booking = booked(cast.customer(), "Kadal", paid=method)
    first, second = booking.tickets
    for one in (first, second):
        cancel(fresh(booking.id), f"{one.row}{one.number}")
    rows = db.session.execute(select(Payment.state, Payment.method, Payment.amount).order_by(Payment.id)).all()
    assert rows == [("paid", method, 50000), ("refunded", method, 25000), ("refunded", method, 25000)]


def test_what_was_never_paid_has_no_refund_and_no_method(app: Flask) -> None:
    booking = booked(cast.customer(), "Kadal")
    cancel(booking)
    assert db.session.execute(select(Payment.state, Payment.method)).all() == [("void", None)]


@pytest.mark.parametrize("method", WAYS)
def test_page_toast_letters_and_credit_note_say_how_one_gets_it(app: Flask, method: str) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid=method)
    browser, told = Browser(app).sign_in(meena), way(booking, method)
    url, first = f"/bookings/{booking.reference}", booking.tickets[0].place_id
    assert told in plain(browser.get(f"{url}/cancellation?seat={first}").text)
    browser.post(f"{url}/cancellation", {"seat": first})
    page = plain(browser.get(url).text)
    assert f"₹250 comes back, 100 % of the price. {told}" in page
    assert f"was given back. ₹250 comes back to you. {told}" in page
    assert "came back" not in page.lower()
    with force_locale("en"):
        assert paper_money.papers_of(fresh(booking.id))[-1].sentence == told
    jobs.run_due(app)
    assert f"₹250 comes back to you. {told}" in plain(said(sent(app, "cancelled")))
    letter = said(sent(app, "refunded"))
    assert f"{told} The credit note is attached." in letter
    assert "on its way" not in letter


@pytest.mark.parametrize(("language", "fetched"), [("hi", "काउंटर"), ("ta", "கவுன்டரில்")])
def test_the_counter_is_named_in_the_buyers_language(app: Flask, language: str, fetched: str) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="cash")
    with transaction():
        db.session.get_one(Person, meena.id).language = language
    cancel(booking)
    jobs.run_due(app)
    letter = said(sent(app, "refunded"))
    assert (fetched in letter, booking.screening.theatre.name in letter, "Fetch" in letter) == (True, True, False)


def test_money_that_staff_handed_out_waits_nowhere(app: Flask) -> None:
    booking, till = booked(cast.customer(), "Kadal", paid="cash"), cast.customer("till@example.com")
    with transaction():
        paying.refund(booking.id, [(booking.tickets[0], 25000)], method="cash", taken_by=till.id, now=now())
    with force_locale("en"):
        assert paper_money.papers_of(fresh(booking.id))[-1].sentence == "Given back in cash."


@both_databases
def test_after_a_part_refund_all_papers_agree_on_what_is_kept(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="cash")
    moved(booking.screening_id, timedelta(hours=20))
    first = booking.tickets[0]
    cancel(booking, seat := f"{first.row}{first.number}")
    page = plain(Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text)
    for words in ("Paid ₹500", "Refund ₹187.50", f"₹62.50 of it for {seat}.", "₹312.50"):
        assert words in page
    assert "GST 18 %, contained in ₹312.50: ₹47.68." in page  # 76.28 on the receipt less 28.60 on the credit note
    assert "Paid ₹250" not in page
    jobs.run_due(app)
    letter = said(sent(app, "cancelled"))
    for line in ("Paid: ₹500", "Refund: ₹187.50", "Kept by the theatre: ₹312.50"):
        assert line in letter
    assert "GST 18 %, contained in ₹312.50: ₹47.68" in letter
    assert "Kept by the theatre" in said(sent(app, "cancelled"), "html")


def test_a_seat_without_a_refund_was_paid_all_the_same(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    moved(booking.screening_id, timedelta(hours=29, minutes=50))
    first = booking.tickets[0]
    cancel(booking, f"{first.row}{first.number}")
    page = plain(Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}").text)
    assert ("Paid ₹500" in page, "Refund" in page, "₹250 of it for" in page) == (True, False, True)


def test_what_is_whole_or_due_has_the_total_it_had(app: Flask) -> None:
    meena = cast.customer()
    whole, due = booked(meena, "Kadal", paid="card"), booked(meena, "Petta")
    first = due.tickets[0]
    cancel(due, f"{first.row}{first.number}")
    browser = Browser(app).sign_in(meena)
    pages = [plain(browser.get(f"/bookings/{one.reference}").text) for one in (whole, due)]
    assert ["Kept by" in page for page in pages] == [False, False]
    assert "Paid No fee. GST 18 %, contained in ₹500: ₹76.28. ₹500" in pages[0]
    assert "To pay No fee. GST 18 %, contained in ₹250: ₹38.14. ₹250" in pages[1]

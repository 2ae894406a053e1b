"""The tickets' page with its codes, and what is made of a booking: PDF, calendar entry, receipt."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

import jobs
from instashow import files, work
from instashow.booking import cancelling, codes, paper_facts, papers
from instashow.booking.views import tickets
from instashow.clock import now
from instashow.config import secret_key, settings
from instashow.db import db, transaction
from instashow.work import Work
from tests import cast
from tests.booking.mine import booked, fresh, past
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.platform.running import soon


def test_every_seat_has_a_code_that_the_door_can_read(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", seats=3)
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}/ticket").text
    for ticket in booking.tickets:
        assert f'aria-label="Entry code for {ticket.row}{ticket.number}"' in page
        read = codes.read(paper_facts.code_of(ticket), secret_key(settings()).encode())
        assert read == codes.Code(ticket.id, booking.screening_id, ticket.place_id, ticket.serial)
    assert page.count('<svg role="img"') == 3
    assert "style=" not in page
    assert re.findall(r'href="#ticket-(\d)" rel="(\w+)"', page) == [
        *(("2", "next"), ("1", "prev"), ("3", "next"), ("2", "prev")),
    ]


def test_a_seat_given_back_has_no_code_any_more(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    going = booking.tickets[0]
    with transaction():
        cancelling.cancel(meena.id, booking.reference, ticket_ids=[going.id], now=now())
    page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}/ticket").text
    assert f"Entry code for {going.row}{going.number}" not in page
    assert page.count('<svg role="img"') == 1
    assert "Given back. This code is revoked." in page


def test_a_used_ticket_and_a_past_one_show_no_code(app: Flask) -> None:
    meena = cast.customer()
    booking, torn = booked(meena, "Kadal"), past(meena, "Raazi")
    with transaction():
        booking.tickets[0].used_at = now()
        db.session.add(booking)
        db.session.flush()
    browser = Browser(app).sign_in(meena)
    page = browser.get(f"/bookings/{booking.reference}/ticket").text
    assert (page.count('<svg role="img"'), "Used at " in page) == (1, True)
    assert "The show is over." in browser.get(f"/bookings/{torn.reference}/ticket").text


def test_what_is_due_stands_on_the_ticket(app: Flask) -> None:
    meena = cast.customer()
    due, paid = booked(meena, "Kadal"), booked(meena, "Raazi", paid="card")
    browser = Browser(app).sign_in(meena)
    assert '<span class="due">₹250</span>' in browser.get(f"/bookings/{due.reference}/ticket").text
    assert "To pay" not in browser.get(f"/bookings/{paid.reference}/ticket").text


def test_the_calendar_entry_is_a_file_with_a_plain_name(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    answer = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}/ticket.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{booking.reference}.ics"'
    assert f"UID:{booking.reference}@" in answer.text


@both_databases
def test_a_paper_is_wanted_by_whoever_opens_it_and_there_once_it_is_made(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal", paid="card")
    browser = Browser(app).sign_in(meena)
    path = f"/bookings/{booking.reference}/receipt.pdf"
    waiting, again = browser.get(path), browser.get(path)
    assert [(one.status_code, one.headers["Retry-After"], one.headers["Refresh"]) for one in (waiting, again)] == [
        (202, "3", "3")
    ] * 2
    assert "the code on the ticket page is valid without it" in waiting.text
    wanted = select(func.count()).where(Work.kind == "receipt")
    assert db.session.scalars(wanted).one() == 1
    jobs.run_due(app)
    made = browser.get(path)
    assert (made.status_code, made.data[:5], made.headers["Content-Type"]) == (200, b"%PDF-", "application/pdf")
    assert made.headers["Content-Disposition"] == f'attachment; filename="{booking.reference}-receipt.pdf"'
    assert made.headers["Cache-Control"] == "private, no-cache"
    assert made.headers["X-Content-Type-Options"] == "nosniff"


LONG = 60
"""Seconds: nobody waits so long who need not."""


def test_a_worker_that_was_seen_is_trusted(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    with transaction():
        work.beat("worker", now())
    patience, tickets.PATIENCE = tickets.PATIENCE, 0.0
    try:
        page = Browser(app).sign_in(meena).get(f"/bookings/{booking.reference}/ticket.pdf")
    finally:
        tickets.PATIENCE = patience
    assert (page.status_code, "looks again by itself" in page.text) == (202, True)
    assert "valid without it" not in page.text


def test_one_at_a_time_waits_for_a_paper_and_the_others_go_on(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(_wait, app, booking.reference)
        assert soon(papers.waiting.locked)
        assert papers.wait(booking.reference, seconds=LONG) is None
        assert not first.done(), "the second did not wait for its turn"
        jobs.run_due(app)
        assert first.result()
    assert not papers.waiting.locked()


def _wait(app: Flask, reference: str) -> Path | None:
    with app.app_context():
        return papers.wait(reference, seconds=LONG)


def test_a_paper_that_was_lost_is_made_again(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    browser = Browser(app).sign_in(meena)
    jobs.run_due(app)
    path = f"/bookings/{booking.reference}/ticket.pdf"
    assert browser.get(path).status_code == 200
    name = db.session.scalars(select(Work.file).where(Work.kind == "ticket")).one()
    assert name
    files.remove(name)
    assert browser.get(path).status_code == 202
    jobs.run_due(app)
    assert browser.get(path).status_code == 200


def test_nothing_is_printed_of_a_booking_of_which_nothing_is_left(app: Flask) -> None:
    meena = cast.customer()
    booking = booked(meena, "Kadal")
    with transaction():
        cancelling.cancel(meena.id, booking.reference, ticket_ids=None, now=now())
    browser = Browser(app).sign_in(meena)
    assert browser.get(f"/bookings/{booking.reference}/ticket.pdf").status_code == 404
    assert browser.get(f"/bookings/{booking.reference}/ticket").status_code == 200
    assert "STATUS:CANCELLED" in browser.get(f"/bookings/{booking.reference}/ticket.ics").text


def test_free_seating_says_so(app: Flask) -> None:
    meena = cast.customer()
    booking = fresh(booked(meena, "Kadal").id)
    with transaction():
        booking.screening.layout.unnumbered = True
        db.session.flush()
    browser = Browser(app).sign_in(meena)
    page = browser.get(f"/bookings/{booking.reference}/ticket").text
    assert "Free seating, ticket 2 of 2" in page
    assert "×2" in browser.get("/bookings").text

"""The papers of a booking: made once by the worker, found by the door, current after every change."""

from __future__ import annotations

import re
import zlib

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

import jobs
from instashow import files, work
from instashow.booking import cancelling, paper_facts, paper_money, paper_print, papers
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from instashow.work import Work
from tests.booking.booked import booked, paid
from tests.conftest import both_databases
from tests.theatres.plans import shipped


def give_back(booking: Booking, *names: str) -> None:
    ids = [one.id for one in booking.tickets if one.row + one.number in names]
    assert booking.person_id
    with transaction():
        cancelling.cancel(booking.person_id, booking.reference, ticket_ids=ids or None, now=now())
    db.session.refresh(booking)


def insides(pdf: bytes) -> bytes:
    """All compressed streams of a PDF, opened."""
    return b"".join(
        zlib.decompressobj().decompress(stream)
        for stream in re.findall(rb"stream\r?\n(x.+?)\r?\nendstream", pdf, flags=re.DOTALL)
    )


def ticket_page(booking: Booking, language: str = "en") -> str:
    fresh = paper_facts.booking_of(booking.id)
    assert fresh
    with force_locale(language):
        return paper_print.ticket_page(fresh)


@both_databases
def test_the_worker_makes_the_tickets_once_and_the_door_finds_them(app: Flask) -> None:
    booking = booked()
    assert papers.ready(booking.reference) is None
    jobs.run_due(app)
    path = papers.ready(booking.reference)
    assert path
    made = path.read_bytes()
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in insides(made)
    assert [one.tries for one in db.session.scalars(select(Work).where(Work.kind == "ticket"))] == [1]


def test_a_change_makes_new_tickets_and_the_old_ones_are_not_given(app: Flask) -> None:
    booking = booked()
    jobs.run_due(app)
    before = papers.ready(booking.reference)
    give_back(booking, "A11")
    assert papers.ready(booking.reference) is None
    jobs.run_due(app)
    after = papers.ready(booking.reference)
    assert after
    assert after != before


def test_a_lost_file_is_made_again_when_it_is_wanted(app: Flask) -> None:
    booking = booked()
    jobs.run_due(app)
    path = papers.ready(booking.reference)
    assert path
    path.unlink()
    with transaction():
        papers.want(booking, "ticket", now=now())
    assert jobs.run_due(app) == 1
    assert papers.ready(booking.reference) == path


def test_wanting_a_receipt_twice_is_one_piece_of_work(app: Flask) -> None:
    booking = paid(booked())
    with transaction():
        ids = {papers.want(booking, "receipt", now=now()) for _ in range(2)}
    assert len(ids) == 1
    jobs.run_due(app)
    assert papers.wait(booking.reference, "receipt", seconds=0)


def test_nobodys_booking_has_no_paper(app: Flask) -> None:
    assert papers.ready("NOTTHERE") is None
    with pytest.raises(LookupError):
        papers.paper("ticket", 404)


def test_a_ticket_names_its_seat_and_carries_the_code_that_the_door_reads(app: Flask) -> None:
    page = ticket_page(booked("B3", "B4"))
    assert page.count('class="tk"') == 2
    assert ">B3</p>" in page
    assert "Vikram Vedha" in page
    assert "விக்ரம் வேதா" in page
    assert page.count('class="due"') == 2
    assert "Please pay ₹600 at the counter first." in page


def test_a_paid_ticket_is_not_due(app: Flask) -> None:
    page = ticket_page(paid(booked("B3", "B4")))
    assert 'class="due"' not in page
    assert "Please pay" not in page


def test_a_hall_without_numbers_reads_free_seating_and_counts_its_tickets(app: Flask) -> None:
    page = ticket_page(booked(quantity=3, plan=shipped("open-air-150")))
    assert page.count(">Free seating</p>") == 3
    assert ">2/3</p>" in page


def test_hostile_names_stay_text(app: Flask) -> None:
    page = ticket_page(booked(title="<script>alert(1)</script>", own='"><img src=x>', theatre="A & B"))
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "A &amp; B, Gemini, Chennai" in page


def test_the_tickets_are_in_the_buyers_language(app: Flask) -> None:
    booking = booked()
    assert booking.person_id
    with transaction():
        db.session.get_one(Person, booking.person_id).language = "ta"
    jobs.run_due(app)
    assert papers.ready(booking.reference)
    assert "நவம்பர்" in ticket_page(booking, "ta")


def test_before_paying_the_receipt_is_a_statement_without_a_number(app: Flask) -> None:
    with force_locale("en"):
        (paper,) = paper_money.papers_of(booked("B3"))
    assert (paper.name, paper.number, paper.amount) == ("To pay", "", "₹300")
    assert paper.lines == (("B3, adult, premium", "₹300"),)
    assert paper.tax == (("GST 18 %, contained in ₹300", "₹45.76"),)


def test_a_receipt_and_a_credit_note_have_numbers_of_their_own(app: Flask) -> None:
    booking = paid(booked("B3", "B4"), method="cash")
    give_back(booking, "B3")
    with force_locale("en"):
        receipt, credit = paper_money.papers_of(booking)
    year = now().year
    assert (receipt.name, receipt.number, receipt.amount) == ("Receipt", f"R{year}-000001", "₹600")
    assert (credit.name, credit.number, credit.amount) == ("Credit note", f"C{year}-000001", "₹300")
    assert receipt.sentence == "Paid in cash."
    assert papers.paper("receipt", booking.id).startswith(b"%PDF-")


def test_a_paper_that_cannot_be_made_is_given_up_and_wanted_again(app: Flask) -> None:
    with transaction():
        work_id = work.want("ticket", "0-1", facts={"booking": 0}, now=now())
        for _ in range(work.TRIES):
            db.session.get_one(Work, work_id).due_at = now()
            db.session.flush()
            claim = work.claim(work_id, now())
            assert claim
            state = work.fail(claim, error="no such booking", now=now())
    assert state == "failed"
    assert work.due(now()) == []
    with transaction():
        work.again(work_id, now())
    assert work.due(now()) == [work_id]


@pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "tickets/../../x", "", ".hidden", "a//b", "a/\0"])
def test_a_file_stays_in_its_folder(app: Flask, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        files.keep(name, b"")


def test_a_file_is_kept_found_and_removed(app: Flask) -> None:
    assert files.kept("tickets/one.pdf") is None
    files.keep("tickets/one.pdf", b"first")
    files.keep("tickets/one.pdf", b"second")
    path = files.kept("tickets/one.pdf")
    assert path
    assert path.read_bytes() == b"second"
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []
    files.remove("tickets/one.pdf")
    files.remove("tickets/one.pdf")
    assert files.kept("tickets/one.pdf") is None

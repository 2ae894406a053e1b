"""The letters about a booking: with its tickets and calendar, in the buyer's language, never about what is gone."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

import jobs
from instashow import outbox, work
from instashow.alerts import papers as letters
from instashow.booking import paper_letters
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Delivery, Message
from instashow.people.models import Person
from instashow.work import Work
from jobs import alerts
from tests.booking.booked import booked, paid
from tests.booking.test_papers import give_back
from tests.conftest import both_databases
from tests.theatres.plans import shipped


@pytest.fixture(autouse=True)
def empty_shelf(app: Flask) -> None:
    for one in (app.extensions["instashow"].home / "outbox").glob("*"):
        one.unlink()


def sent(app: Flask, kind: str) -> EmailMessage:
    """The only letter of its kind."""
    key = db.session.scalars(select(Message.message_key).where(Message.kind == kind)).one()
    path = app.extensions["instashow"].home / "outbox" / f"{key}.eml"
    return message_from_bytes(path.read_bytes(), policy=default)


def names(mail: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in mail.iter_attachments()]


def said(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body
    return str(body.get_content())


def speak(booking: Booking, language: str) -> None:
    with transaction():
        db.session.get_one(Person, booking.person_id).language = language


@both_databases
def test_the_confirmation_waits_for_its_tickets_and_carries_them(app: Flask) -> None:
    booking = booked()
    jobs.run_due(app)
    mail = sent(app, "booked")
    assert mail["Subject"] == "Booked: A11 and A12, Vikram Vedha, Saturday 7:15 pm"
    assert names(mail) == [f"{booking.reference}.pdf", f"{booking.reference}.ics"]
    assert "To pay at the counter: ₹500" in said(mail)
    html = said(mail, "html")
    pictures = [part["Content-ID"] for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 2
    assert all(f"cid:{one.strip('<>')}" in html for one in pictures)
    assert f"http://localhost/bookings/{booking.reference}/cancellation" in html


def test_the_confirmation_does_not_go_before_its_tickets_are_made(app: Flask) -> None:
    booking = booked()
    with transaction():
        paper = db.session.scalars(select(Work)).one()
        claim = work.claim(paper.id, now())
    jobs.run_due(app)
    delivery = db.session.scalars(select(Delivery)).one()
    assert (delivery.state, delivery.tries) == ("waiting", 0)
    assert delivery.due_at > now()
    with transaction():
        assert claim
        work.finish(claim, file=None, now=now())
    alerts.wake(paper.id)
    jobs.run_due(app)
    assert names(sent(app, "booked")) == [f"{booking.reference}.pdf", f"{booking.reference}.ics"]


def test_the_confirmation_goes_without_tickets_that_cannot_be_made(app: Flask) -> None:
    booking = booked()
    with transaction():
        paper = db.session.scalars(select(Work)).one()
        paper.state = "failed"
    alerts.wake(paper.id)
    jobs.run_due(app)
    mail = sent(app, "booked")
    assert names(mail) == [f"{booking.reference}.ics"]
    assert "The codes above are your tickets" in said(mail, "html")


def test_a_letter_speaks_the_buyers_language(app: Flask) -> None:
    booking = booked(title="पठान", own="")
    speak(booking, "hi")
    jobs.run_due(app)
    assert "पठान" in sent(app, "booked")["Subject"]
    assert "नवंबर" in said(sent(app, "booked"))


def test_what_was_given_back_before_the_letter_was_written_is_not_confirmed(app: Flask) -> None:
    booking = booked()
    give_back(booking)
    jobs.run_due(app)
    states = dict(
        db.session.execute(select(Message.kind, Delivery.state).join(Message, Message.id == Delivery.message_id)).all()
    )
    assert states == {"booked": "skipped", "cancelled": "sent"}
    assert names(sent(app, "cancelled")) == [f"{booking.reference}.ics"]


def test_giving_back_a_paid_seat_says_what_comes_back_and_encloses_the_credit_note(app: Flask) -> None:
    booking = paid(booked("B3", "B4"))
    give_back(booking, "B3")
    jobs.run_due(app)
    mail = sent(app, "cancelled")
    assert mail["Subject"] == "Cancelled: B3, Vikram Vedha"
    assert "₹300 comes back to you." in said(mail)
    assert names(mail) == [f"{booking.reference}.pdf", f"{booking.reference}.ics"]
    refund = sent(app, "refunded")
    assert refund["Subject"] == "₹300 comes back: B3, Vikram Vedha"
    assert names(refund) == [f"{booking.reference}-receipt.pdf"]


def test_a_change_is_told_with_the_new_tickets(app: Flask) -> None:
    booking = booked()
    with transaction():
        outbox.tell(cast(int, booking.person_id), "changed", booking=booking.id)
    jobs.run_due(app)
    assert names(sent(app, "changed")) == [f"{booking.reference}.pdf", f"{booking.reference}.ics"]


def test_free_seating_is_counted_in_words(app: Flask) -> None:
    booked(quantity=3, plan=shipped("open-air-150"))
    jobs.run_due(app)
    mail = sent(app, "booked")
    assert mail["Subject"].startswith("Booked: 3 places, ")
    assert "Ticket 2 of 3." in said(mail, "html")


def test_a_title_with_a_line_break_cannot_add_a_header(app: Flask) -> None:
    booked(title="Kadal\r\nBcc: everybody@example.org")
    jobs.run_due(app)
    mail = sent(app, "booked")
    assert mail["Bcc"] is None
    assert "Kadal Bcc: everybody@example.org" in mail["Subject"]


def test_messages_of_one_booking_name_their_seats(app: Flask) -> None:
    booking = paid(booked("B3", "B4"))
    for seat in ("B3", "B4"):
        give_back(booking, seat)
    told = list(db.session.scalars(select(Message).where(Message.kind != "booked").order_by(Message.id)))
    with app.test_request_context():
        lines = letters.noted(told)
    assert [lines[one.id].title for one in told] == [
        "B3, Vikram Vedha: given back",
        "₹300 comes back for B3, Vikram Vedha",
        "B4, Vikram Vedha: given back",
        "₹300 comes back for B4, Vikram Vedha",
    ]
    before = Message(id=1, kind="refunded", facts={"booking": booking.id, "amount": 30000})
    with app.test_request_context():
        assert letters.noted([before])[1].title == "₹300 comes back for Vikram Vedha"


def test_inbox_lines_of_many_bookings_take_one_statement(app: Flask) -> None:
    bookings = [booked(theatre=f"House {n}") for n in range(3)]
    messages = list(db.session.scalars(select(Message)))
    assert paper_letters.noted is letters._joined("notes")["booked"]
    with app.test_request_context():
        lines = letters.noted(messages)
    assert len(lines) == 3
    first = lines[messages[0].id]
    assert first.title == "Vikram Vedha is booked"
    assert first.url == f"/bookings/{bookings[0].reference}"

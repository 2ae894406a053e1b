"""Unpaid seats lapse before the start where a theatre says so; paid ones and late ones stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.alerts.letters import Addressee
from instashow.booking import buying, paper_letters, paying, unpaid
from instashow.booking.buying import Seen
from instashow.booking.models import Booking, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from instashow.theatres.models import Theatre
from jobs import lapses
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases
from tests.races import race


def at_a_theatre_that_waits_until(minutes: int | None, *, hours: float = 30) -> Screening:
    show = hall_of_rows("ssssss", hours=hours)
    with transaction():
        db.session.get_one(Theatre, show.theatre_id).unpaid_lapse_minutes = minutes
        db.session.flush()
    return show


def booked(show: Screening, *names: str, paid: bool = False) -> Booking:
    visitor = a_visitor(person=True)
    hold(visitor, show, *names)
    with transaction():
        booking_id = buying.book(person_of(visitor), show.id, key="k", seen=Seen(), now=now()).id
        if paid:
            paying.pay(booking_id, method="cash", taken_by=None, now=now())
    return db.session.get_one(Booking, booking_id)


def lapse(at: datetime) -> list[int]:
    with transaction():
        return unpaid.lapse(at)


@both_databases
def test_unpaid_seats_go_back_on_sale_at_the_theatres_minute(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(30)
    late, paid = booked(show, "A1", "A2"), booked(show, "A3", "A4", paid=True)
    assert lapse(show.starts_at - timedelta(minutes=30, seconds=1)) == []
    assert lapse(show.starts_at - timedelta(minutes=30)) == [late.id]
    assert set(taken(show.id, now())) == set(seats(show, "A3", "A4"))
    assert paying.balance(late.id) == paying.Balance(due=0, paid=0, refunded=0)
    assert db.session.get_one(Booking, late.id, populate_existing=True).state == "cancelled"
    assert db.session.get_one(Booking, paid.id, populate_existing=True).state == "live"
    told = db.session.scalars(select(Message).where(Message.kind == "cancelled")).one()
    assert told.facts == {"booking": late.id, "seats": [["A", "1"], ["A", "2"]], "back": 0, "why": "unpaid"}
    letter = paper_letters.cancelled(Addressee(None, "a@example.com", "", "en"), told.facts)
    assert letter is not None
    assert "Not paid in time: A1 and A2 went back on sale." in letter.text
    serials = db.session.scalars(select(Ticket.serial).where(Ticket.booking_id == late.id))
    assert set(serials) == {2}
    assert lapse(show.starts_at - timedelta(minutes=29)) == []


def test_a_theatre_that_says_nothing_waits_for_ever(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(None)
    booked(show, "A1", "A2")
    assert lapse(show.starts_at - timedelta(minutes=1)) == []


def test_who_books_after_that_minute_pays_on_the_way_in(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(120, hours=1)
    booked(show, "A1", "A2")
    assert lapse(now()) == []


def test_a_party_that_is_inside_keeps_its_seats(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(30)
    made = booked(show, "A1", "A2")
    with transaction():
        db.session.get_one(Ticket, made.tickets[0].id).used_at = now()
        db.session.flush()
    assert lapse(show.starts_at - timedelta(minutes=20)) == []


@pytest.mark.parametrize(
    ("booked_before", "minutes", "lapses_before"), [(60, 30, 30), (31, 30, 30), (30, 30, None), (60, None, None)]
)
def test_when_a_booking_lapses(booked_before: int, minutes: int | None, lapses_before: int | None) -> None:
    start = datetime(2030, 11, 23, 13, 45, tzinfo=UTC)
    at = unpaid.lapses_at(start - timedelta(minutes=booked_before), start, minutes)
    assert at == (None if lapses_before is None else start - timedelta(minutes=lapses_before))


def test_the_job_settles_all_that_is_overdue(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(30)
    for name in ("A1", "A2", "A3", "A4", "A5", "A6"):
        booked(show, name)
    with transaction():
        row = db.session.get_one(Screening, show.id)
        row.starts_at = now() + timedelta(minutes=20)
        for one in db.session.scalars(select(Booking)):
            one.booked_at = now() - timedelta(hours=3)
        db.session.flush()
    assert (lapses.unpaid_seats(), lapses.unpaid_seats()) == (6, 0)


def pay_or_lapse(booking: int, pays: bool, at: str) -> str:
    """One at the counter, one by the clock."""
    with transaction():
        if not pays:
            return "lapsed" if unpaid.lapse(datetime.fromisoformat(at)) else "nothing"
        try:
            paying.pay(booking, method="cash", taken_by=None, now=now())
        except paying.NothingDue:
            return "too late"
        return "paid"


@both_databases
@pytest.mark.races
def test_a_booking_is_paid_or_lapses_never_both(app: Flask) -> None:
    show = at_a_theatre_that_waits_until(30)
    at = (show.starts_at - timedelta(minutes=10)).isoformat()
    made = booked(show, "A1", "A2")
    runners = [{"booking": made.id, "pays": n % 2 == 0, "at": at} for n in range(4)]
    outcomes = race(app, "tests.booking.test_unpaid:pay_or_lapse", runners)
    assert outcomes.count("paid") + outcomes.count("lapsed") == 1
    row = db.session.get_one(Booking, made.id, populate_existing=True)
    balance = paying.balance(made.id)
    assert (row.state, balance.paid, balance.due) == (("live", 50000, 0) if "paid" in outcomes else ("cancelled", 0, 0))

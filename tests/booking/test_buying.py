"""Booking: what is sold is what the buyer saw, or nothing; paying; the same key once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow import once
from instashow.booking import buying, holds, paying, refusals
from instashow.booking.buying import Seen
from instashow.booking.models import Booking, Hold, Payment, Receipt, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.screenings.claims import sold, taken
from instashow.screenings.models import Claim, Screening
from instashow.work import Work
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats, type_id
from tests.conftest import both_databases


def book(visitor: int, show: Screening, *, key: str = "first", seen: Seen = Seen()) -> Booking:
    with transaction():
        booking_id = buying.book(person_of(visitor), show.id, key=key, seen=seen, now=now()).id
    return db.session.get_one(Booking, booking_id)


@both_databases
def test_held_seats_are_sold_at_the_prices_seen(app: Flask) -> None:
    show = hall_of_rows("ssss", "pprr")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    child = type_id("child")
    wanted = dict.fromkeys(seats(show, "A1", "A2"), type_id("adult"))
    wanted[seats(show, "A2")[0]] = child
    made = book(meena, show, seen=Seen(types=wanted, total=37500))
    assert (made.total, made.state, len(made.reference)) == (37500, "live", 8)
    assert [(one.row + one.number, one.type_code, one.price) for one in made.tickets] == [
        ("A1", "adult", 25000),
        ("A2", "child", 12500),
    ]
    assert made.tickets[1].trace == [["list", [25000]], ["type", [-12500]]]
    assert made.tax == [{"name": "GST", "rate": 1800, "gross": 37500, "amount": 3814 + 1907}]
    assert {one.visitor_id for one in taken(show.id, now()).values() if one.sold} == {meena}
    assert sold(show.id) == 2
    assert [(one.state, one.amount) for one in made.payments] == [("due", 37500)]
    assert db.session.scalars(select(Hold)).all() == []
    assert [one.kind for one in db.session.scalars(select(Message))] == ["booked"]
    assert [one.kind for one in db.session.scalars(select(Work))] == ["ticket"]


@both_databases
def test_the_same_key_books_once(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    first = book(meena, show, key="twice")
    assert book(meena, show, key="twice").id == first.id
    assert db.session.scalars(select(func.count(Booking.id))).one() == 1
    with pytest.raises(once.KeyReused):
        book(meena, show, key="twice", seen=Seen(total=1))


@pytest.mark.parametrize("seen", [Seen(total=1), Seen(types={}, total=50000), Seen(types={1: None, 2: None, 3: None})])
def test_nothing_is_sold_that_was_not_seen(app: Flask, seen: Seen) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    with pytest.raises(refusals.HoldLapsed):
        book(meena, show, seen=seen)
    assert db.session.scalars(select(Booking)).all() == []
    assert len(taken(show.id, now())) == 2
    book(meena, show, seen=Seen(types=dict.fromkeys(seats(show, "A1", "A2")), total=50000))


@both_databases
def test_a_lapsed_hold_sells_nothing(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    lapses = hold(meena, show, "A1", "A2")
    with pytest.raises(refusals.HoldLapsed), transaction():
        buying.book(person_of(meena), show.id, key="late", seen=Seen(), now=lapses)
    assert db.session.scalars(select(Booking)).all() == []
    assert db.session.scalars(select(once.OnceKey)).all() == []


def test_somebody_elses_hold_is_not_for_sale(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    hold(a_visitor(), show, "A1", "A2")
    meena = a_visitor(person=True)
    with pytest.raises(refusals.HoldLapsed):
        book(meena, show)
    assert sold(show.id) == 0


def test_a_running_hold_may_finish_when_sales_stop_but_not_when_it_is_cancelled(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    meena, ravi = a_visitor(person=True), a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    hold(ravi, show, "A5", "A6")
    with transaction():
        db.session.get_one(Screening, show.id).stopped_at = now()
    assert book(meena, show).state == "live"
    with transaction():
        db.session.get_one(Screening, show.id).state = "cancelled"
    with pytest.raises(refusals.ScreeningCancelled):
        book(ravi, show)


def test_the_price_rises_with_what_is_sold_and_says_why(app: Flask) -> None:
    show = hall_of_rows("ssssssssss")
    meena, ravi = a_visitor(person=True), a_visitor(person=True)
    hold(meena, show, *[f"A{n}" for n in range(1, 9)])
    held = hold_and_read(ravi, show, "A9", "A10")
    assert held.prices["asked"] == 25000, "holds do not count"
    with transaction():
        holds.release(ravi, show.id, seat_ids=None, now=now())
    book(meena, show)
    held = hold_and_read(ravi, show, "A9", "A10")
    assert held.prices["asked"] == 30000
    assert held.prices["types"][str(type_id("adult"))]["trace"] == [["list", [25000]], ["sold", [8000, 2000]]]


def hold_and_read(visitor: int, show: Screening, *names: str) -> Claim:
    hold(visitor, show, *names)
    held = holds.held(visitor, show.id, now())
    assert held is not None
    return held.claims[0]


def test_a_person_buys_ten_seats_of_a_screening_at_most(app: Flask) -> None:
    show = hall_of_rows("ssssssssssssss")
    meena = a_visitor(person=True)
    hold(meena, show, *[f"A{n}" for n in range(1, 9)])
    book(meena, show)
    with pytest.raises(refusals.TooManySeats):
        hold(meena, show, "A9", "A10", "A11")
    hold(meena, show, "A9", "A10")


@both_databases
def test_paying_issues_receipts_numbered_without_a_gap(app: Flask) -> None:
    show = hall_of_rows("ssssssssss")
    made = []
    for names in (("A1", "A2"), ("A3", "A4"), ("A5", "A6")):
        visitor = a_visitor(person=True)
        hold(visitor, show, *names)
        made.append(book(visitor, show))
    for one in made:
        with transaction():
            paying.pay(one.id, method="cash", taken_by=None, now=now())
    assert db.session.scalars(select(Receipt.number).order_by(Receipt.id)).all() == [1, 2, 3]
    assert paying.balance(made[0].id) == paying.Balance(due=0, paid=50000, refunded=0)
    with pytest.raises(paying.NothingDue), transaction():
        paying.pay(made[0].id, method="cash", taken_by=None, now=now())
    with transaction():
        tickets = db.session.scalars(select(Ticket).where(Ticket.booking_id == made[0].id)).all()
        paying.refund(made[0].id, [(tickets[0], 18750)], method="cash", taken_by=None, now=now())
    note = db.session.scalars(select(Receipt).where(Receipt.series.startswith("C"))).one()
    assert (note.number, note.facts["total"]) == (1, 18750)
    assert paying.balance(made[0].id).kept == 31250


def test_a_free_seat_is_paid_at_once(app: Flask) -> None:
    show = hall_of_rows("ssss", list_price=0)
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    made = book(meena, show, seen=Seen(total=0))
    assert [(one.state, one.amount) for one in made.payments] == [("paid", 0)]


def test_a_lapse_just_before_the_end_still_books(app: Flask) -> None:
    show = hall_of_rows("ssss")
    meena = a_visitor(person=True)
    lapses = hold(meena, show, "A1", "A2")
    with transaction():
        assert buying.book(person_of(meena), show.id, key="k", seen=Seen(), now=lapses - timedelta(seconds=1))
    assert db.session.scalars(select(func.count(Payment.id))).one() == 1

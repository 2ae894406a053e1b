"""Cancelling by the policy of the purchase: what comes back, what is free again, what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking import buying, cancelling, paying, refusals
from instashow.booking.buying import Seen
from instashow.booking.models import Booking, Payment, Receipt, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.outbox import Message
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases


def booked(show: Screening, *names: str, paid: bool) -> Booking:
    visitor = a_visitor(person=True)
    hold(visitor, show, *names)
    with transaction():
        booking_id = buying.book(person_of(visitor), show.id, key="k", seen=Seen(), now=now()).id
        if paid:
            paying.pay(booking_id, method="cash", taken_by=None, now=now())
    return db.session.get_one(Booking, booking_id)


def cancel(made: Booking, *names: str, at: datetime | None = None) -> cancelling.Returning:
    ids = [one.id for one in made.tickets if f"{one.row}{one.number}" in names] or None
    with transaction():
        assert made.person_id is not None
        return cancelling.cancel(made.person_id, made.reference, ticket_ids=ids, now=at or now())


@both_databases
@pytest.mark.parametrize(
    ("minutes", "back"), [(1440, 25000), (1439, 18750), (120, 18750), (119, 12500), (20, 12500), (19, 0), (-9, 0)]
)
def test_what_comes_back_follows_the_policy(app: Flask, minutes: int, back: int) -> None:
    show = hall_of_rows("ssssss", hours=30)
    made = booked(show, "A1", "A2", paid=True)
    at = show.starts_at - timedelta(minutes=minutes)
    assert cancelling.what_comes_back(made, [made.tickets[0].id], now=at).total == back
    assert cancel(made, "A1", at=at).total == back
    assert set(taken(show.id, now())) == set(seats(show, "A2"))
    assert paying.balance(made.id).refunded == back
    notes = db.session.scalars(select(Receipt.number).where(Receipt.series.startswith("C"))).all()
    assert notes == ([1] if back else [])
    kinds = db.session.scalars(select(Message.kind).order_by(Message.id)).all()
    assert kinds == ["booked", "cancelled"] + (["refunded"] if back else [])


@both_databases
def test_a_due_booking_owes_less_and_then_nothing(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    made = booked(show, "A1", "A2", paid=False)
    assert cancel(made, "A1").off_due == 25000
    assert paying.balance(made.id).due == 25000
    assert db.session.get_one(Booking, made.id).state == "live"
    cancel(made)
    assert db.session.get_one(Booking, made.id).state == "cancelled"
    assert [(one.state, one.amount) for one in db.session.scalars(select(Payment))] == [("void", 25000)]
    assert taken(show.id, now()) == {}


def test_a_credit_note_carries_the_rate_of_the_price_paid(app: Flask) -> None:
    show = hall_of_rows("ssssss", list_price=15000)
    made = booked(show, "A1", "A2", paid=True)
    cancel(made, "A1", at=show.starts_at - timedelta(minutes=60))
    note = db.session.scalars(select(Receipt).where(Receipt.series.startswith("C"))).one()
    assert note.facts["tax"] == [{"name": "GST", "rate": 1800, "gross": 7500, "amount": 1144}]


def test_a_cancelled_seat_is_sold_again_with_another_ticket(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    made = booked(show, "A1", "A2", paid=True)
    serial = made.tickets[0].serial
    cancel(made, "A1")
    assert db.session.get_one(Ticket, made.tickets[0].id, populate_existing=True).serial == serial + 1
    assert booked(show, "A1", paid=False).tickets[0].id != made.tickets[0].id


def test_cancelling_twice_is_refused_and_changes_nothing(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    made = booked(show, "A1", "A2", paid=True)
    cancel(made, "A1")
    with pytest.raises(refusals.AlreadyCancelled):
        cancel(made, "A1")
    cancel(made)
    with pytest.raises(refusals.AlreadyCancelled):
        cancel(made)
    assert paying.balance(made.id).kept == 0


def test_a_used_ticket_is_never_cancelled(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    made = booked(show, "A1", "A2", paid=True)
    with transaction():
        made.tickets[0].used_at = now()
    with pytest.raises(refusals.TicketUsed):
        cancel(made)
    assert cancel(made, "A2").total == 25000


def test_after_the_sale_closed_it_is_too_late(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    made = booked(show, "A1", "A2", paid=True)
    with pytest.raises(refusals.TooLate):
        cancel(made, at=show.sale_closes_at)
    cancel(made, at=show.sale_closes_at - timedelta(seconds=1))


def test_half_a_love_seat_is_not_cancelled(app: Flask) -> None:
    show = hall_of_rows("LRLRss")
    made = booked(show, "A1", "A2", paid=True)
    with pytest.raises(refusals.PairRequired):
        cancel(made, "A1")
    cancel(made, "A1", "A2")


def test_anothers_booking_is_not_there(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    made, other = booked(show, "A1", "A2", paid=True), booked(show, "A5", "A6", paid=True)
    stranger = db.session.get_one(Booking, other.id).person_id
    assert stranger is not None
    with pytest.raises(LookupError), transaction():
        cancelling.cancel(stranger, made.reference, ticket_ids=None, now=now())
    with pytest.raises(LookupError), transaction():
        cancelling.cancel(stranger, other.reference, ticket_ids=[made.tickets[0].id], now=now())
    assert len(taken(show.id, now())) == 4

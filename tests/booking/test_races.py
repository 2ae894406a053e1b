"""Many processes want the same seats: each seat is sold once, and every loser is told which."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from instashow.booking import buying, cancelling, holds, paying, refusals
from instashow.booking.buying import Seen
from instashow.booking.models import Booking, Receipt, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Visitor
from instashow.screenings.models import Claim
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases
from tests.meeting import Meet, meeting
from tests.races import race

pytestmark = pytest.mark.races


def hold_and_book(visitor: int, screening: int, seat_ids: list[int]) -> dict[str, Any]:
    """What one buyer does; a loser tells which seats were gone."""
    try:
        with transaction():
            holds.hold(visitor, screening, seat_ids=seat_ids, now=now())
        with transaction():
            person = db.session.scalars(select(Visitor.person_id).where(Visitor.id == visitor)).one()
            booking = buying.book(person or 0, screening, key="race", seen=Seen(), now=now()).id
    except refusals.Refusal as refusal:
        return {"won": None, "why": refusal.code, "seats": refusal.seats}
    return {"won": booking, "why": None, "seats": seat_ids}


@both_databases
def test_a_contended_seat_is_sold_once(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 4)
    pairs = [seats(show, f"{row}{n}", f"{row}{n + 1}") for row in "ABCD" for n in (1, 3, 5, 7)]
    runners = [
        {"visitor": a_visitor(person=True), "screening": show.id, "seat_ids": list(pair)}
        for pair in pairs
        for _ in range(4)
    ]
    told = race(app, "tests.booking.test_races:hold_and_book", runners)
    winners = [one for one in told if one["won"]]
    assert len(winners) == len(pairs) == 16
    assert Counter(seat for one in winners for seat in one["seats"]).most_common(1)[0][1] == 1
    assert {one["why"] for one in told if not one["won"]} <= {"seats_taken", "houseful"}
    assert all(one["seats"] for one in told)
    sold = db.session.execute(
        select(Ticket.place_id, func.count()).where(Ticket.state == "live").group_by(Ticket.place_id)
    ).all()
    assert [count for _, count in sold] == [1] * 32
    assert db.session.scalars(select(func.count()).where(Claim.ticket_id.is_not(None))).one() == 32


def take_without_a_lock(meet: Meet, seats: list[int]) -> int:
    """The negative control: look first, write afterwards, nothing unique; gives how many seats it believes to have."""
    taken = set(db.session.execute(text("SELECT seat FROM unlocked")).scalars())
    db.session.commit()
    meet()  # all have looked
    free = [seat for seat in seats if seat not in taken]
    for seat in free:
        with transaction():
            db.session.execute(text("INSERT INTO unlocked VALUES (:seat)"), {"seat": seat})
    return len(free)


@both_databases
def test_the_race_shows_where_nothing_locks(app: Flask) -> None:
    with transaction():
        db.session.execute(text("CREATE TABLE IF NOT EXISTS unlocked (seat INTEGER)"))
    try:
        act = ("tests.booking.test_races:take_without_a_lock", {"seats": list(range(40))})
        assert sum(meeting(app, act, act, act, act, locked=False)) == 160
    finally:
        with transaction():
            db.session.execute(text("DROP TABLE unlocked"))


def book_once(person: int, screening: int) -> int:
    """The same confirm button, pressed again."""
    with transaction():
        return buying.book(person, screening, key="double", seen=Seen(), now=now()).id


@both_databases
def test_a_double_submit_from_many_processes_is_one_booking(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    runner = {"person": person_of(meena), "screening": show.id}
    told = race(app, "tests.booking.test_races:book_once", [runner] * 8)
    assert len(set(told)) == 1
    assert db.session.scalars(select(func.count(Booking.id))).one() == 1


def cancel_once(person: int, reference: str) -> str:
    """The same cancel button, pressed again."""
    try:
        with transaction():
            return str(cancelling.cancel(person, reference, ticket_ids=None, now=now()).total)
    except refusals.AlreadyCancelled:
        return "already"


@both_databases
def test_cancelling_from_many_processes_pays_back_once(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    with transaction():
        booking = buying.book(person_of(meena), show.id, key="k", seen=Seen(), now=now()).id
        paying.pay(booking, method="cash", taken_by=None, now=now())
    reference = db.session.get_one(Booking, booking).reference
    told = race(app, "tests.booking.test_races:cancel_once", [{"person": person_of(meena), "reference": reference}] * 8)
    assert Counter(told) == {"50000": 1, "already": 7}
    assert paying.balance(booking).kept == 0


def hold_too_many(visitor: int, screening: int, seat_ids: list[int]) -> str:
    """One person holds from several tabs at once."""
    try:
        with transaction():
            holds.hold(visitor, screening, seat_ids=seat_ids, now=now())
    except refusals.TooManySeats:
        return "too_many"
    return "held"


@both_databases
def test_ten_seats_are_the_limit_from_many_tabs_at_once(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 3)
    meena = a_visitor(person=True)
    pairs = [seats(show, f"{row}{n}", f"{row}{n + 1}") for row in "ABC" for n in (1, 3, 5, 7)]
    runners = [{"visitor": meena, "screening": show.id, "seat_ids": list(pair)} for pair in pairs]
    told = race(app, "tests.booking.test_races:hold_too_many", runners)
    assert Counter(told) == {"held": 5, "too_many": 7}


def pay_one(booking: int) -> str:
    """A cashier takes the money."""
    try:
        with transaction():
            paying.pay(booking, method="cash", taken_by=None, now=now())
    except paying.NothingDue:
        return "nothing"
    return "paid"


@both_databases
def test_receipts_of_many_cashiers_have_no_gap(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 4)
    bookings = []
    for row in "ABCD":
        for n in (1, 3, 5, 7):
            visitor = a_visitor(person=True)
            hold(visitor, show, f"{row}{n}", f"{row}{n + 1}")
            with transaction():
                bookings.append(buying.book(person_of(visitor), show.id, key="k", seen=Seen(), now=now()).id)
    told = race(app, "tests.booking.test_races:pay_one", [{"booking": one} for one in bookings * 2])
    assert Counter(told) == {"paid": 16, "nothing": 16}
    assert db.session.scalars(select(Receipt.number).order_by(Receipt.number)).all() == list(range(1, 17))

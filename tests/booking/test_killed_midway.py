"""A process that is killed at any step of a sale leaves it undone or done, never half; pressing again ends it once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.booking import buying, cancelling, holds, paying
from instashow.booking.buying import Seen
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.models import Claim, Screening
from tests.booking import agreement
from tests.booking.midway import killed_midway
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases

pytestmark = pytest.mark.races
HERE = "tests.booking.test_killed_midway"


def hold_seats(visitor: int, screening: int, places: list[int]) -> None:
    with transaction():
        holds.hold(visitor, screening, seat_ids=places, now=now())


def book(visitor: int, screening: int, **_: object) -> None:
    person = person_of(visitor)
    with transaction():
        buying.book(person, screening, key="midway", seen=Seen(), now=now())


def pay(**_: object) -> None:
    booking = db.session.scalars(select(Booking)).one()
    if paying.balance(booking.id).due:
        with transaction():
            paying.pay(booking.id, method="cash", taken_by=None, now=now())


def give_back(places: list[int], **_: object) -> None:
    booking = db.session.scalars(select(Booking)).one()
    ticket = next(one for one in booking.tickets if one.place_id == places[0])
    if ticket.state == "live":
        with transaction():
            cancelling.cancel(booking.person_id or 0, booking.reference, ticket_ids=[ticket.id], now=now())


@both_databases
def test_holding_booking_paying_and_giving_back_survive_death_at_every_step(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    words = {"visitor": meena, "screening": show.id, "places": list(seats(show, "A1", "A2"))}
    acts = [f"{HERE}:{name}" for name in ("hold_seats", "book", "pay", "give_back")]
    deaths = killed_midway(app, *acts, **words)
    assert len(deaths) > 40
    assert [words for words in deaths if words] == []
    assert agreement.halves() == {}
    assert sold(show) == 1
    booking = db.session.scalars(select(Booking)).one()
    assert paying.balance(booking.id) == paying.Balance(due=0, paid=50000, refunded=25000)


def test_without_a_transaction_the_halves_are_seen(app: Flask) -> None:
    show = hall_of_rows("ssssss")
    meena = a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    deaths = killed_midway(app, f"{HERE}:book", carefully=False, visitor=meena, screening=show.id)
    seen = {word for words in deaths for word in words}
    assert seen >= {"a key has no result", "a live ticket has no seat", "what is due is not what the seats cost"}


def sold(show: Screening) -> int:
    return db.session.scalars(
        select(func.count()).where(Claim.screening_id == show.id, Claim.ticket_id.is_not(None))
    ).one()

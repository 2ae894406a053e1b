"""The books' checker sees each kind of half-done booking; each is planted here on purpose."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

import jobs
from instashow.booking import buying, cancelling, paying
from instashow.booking.buying import Seen
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from tests.booking import agreement
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of
from tests.conftest import both_databases


def an_evening() -> None:
    """Booking 1: two seats paid, one of them given back. Booking 2: one seat, due. One more seat is held."""
    show = hall_of_rows("ssssss", "ssssss")
    for names, paid in (("A1", "A2"), True), (("B1",), False):
        visitor = a_visitor(person=True)
        hold(visitor, show, *names)
        with transaction():
            booking = buying.book(person_of(visitor), show.id, key="evening", seen=Seen(), now=now()).id
            if paid:
                paying.pay(booking, method="cash", taken_by=None, now=now())
    give_back_one()
    hold(a_visitor(), show, "B5", "B6")


def give_back_one() -> None:
    booking = db.session.get_one(Booking, 1)
    with transaction():
        first = [booking.tickets[0].id]
        cancelling.cancel(booking.person_id or 0, booking.reference, ticket_ids=first, now=now())


@both_databases
def test_an_evening_of_sales_agrees_with_itself(app: Flask) -> None:
    an_evening()
    assert agreement.halves() == {}
    jobs.run_due(app)
    assert agreement.loose_ends() == {}
    assert len(agreement.sent_keys()) == 4


LEFT, GIVEN = "(SELECT id FROM tickets WHERE booking_id = 1 AND state = 'live')", "(SELECT min(id) FROM tickets)"
HELD = "(SELECT min(place_id) FROM claims WHERE ticket_id IS NULL)"
PLANTED = {
    "a live ticket has no seat": [f"DELETE FROM claims WHERE ticket_id = {LEFT}"],
    "a sold seat has no live ticket": [f"UPDATE claims SET ticket_id = {GIVEN} WHERE place_id = {HELD}"],
    "one ticket has two seats": [f"UPDATE claims SET ticket_id = {LEFT} WHERE place_id = {HELD}"],
    "a held seat has no clock": ["DELETE FROM holds"],
    "a booking and its tickets are of another state": ["UPDATE bookings SET state = 'cancelled' WHERE id = 2"],
    "a total is not the sum of its seats": ["UPDATE bookings SET total = total + 1 WHERE id = 1"],
    "what is due is not what the seats cost": ["DELETE FROM payments WHERE booking_id = 2"],
    "what came back is not what the tickets say": [f"UPDATE tickets SET refunded = 1 WHERE id = {GIVEN}"],
    "money was settled without its paper": ["DELETE FROM receipts"],
    "a live booking's ticket is not wanted": ["DELETE FROM works WHERE key = '2-1'"],
    "a buyer was not told once of a booking": [
        "DELETE FROM deliveries WHERE message_id = 1",
        "DELETE FROM messages WHERE id = 1",
    ],
    "a buyer was not told of seats given back": ["UPDATE messages SET kind = 'changed' WHERE kind = 'cancelled'"],
    "a message has no delivery": ["DELETE FROM deliveries WHERE message_id = 1"],
    "a key has no result": ["UPDATE once_keys SET result = NULL"],
    "a seat is sold twice": [
        f"UPDATE tickets SET place_id = (SELECT place_id FROM tickets WHERE id = {LEFT}) WHERE booking_id = 2"
    ],
    "a booking has no ticket": [
        "DELETE FROM claims WHERE ticket_id IN (SELECT id FROM tickets WHERE booking_id = 2)",
        "DELETE FROM tickets WHERE booking_id = 2",
    ],
}
"""What the checker says, and what was done to the books by hand."""


@both_databases
@pytest.mark.parametrize("words", [*PLANTED])
def test_a_half_done_booking_is_found(app: Flask, words: str) -> None:
    an_evening()
    with transaction():
        for statement in PLANTED[words]:
            db.session.execute(text(statement))
    assert words in agreement.halves()


def test_every_question_has_its_control() -> None:
    assert {*agreement.QUESTIONS, "a buyer was not told of seats given back"} == set(PLANTED)


LOST = {
    "a letter is not sent": "UPDATE deliveries SET state = 'waiting' WHERE message_id = 1",
    "a letter was left out though the booking stands": "UPDATE deliveries SET state = 'skipped' WHERE message_id = 1",
    "a paper is not made": "UPDATE works SET file = 'tickets/no/such.pdf'",
    "a list does not know what is free": "UPDATE figures SET free = free + 1",
}


@pytest.mark.parametrize("words", [*LOST])
def test_what_was_lost_is_found(app: Flask, words: str) -> None:
    an_evening()
    jobs.run_due(app)
    with transaction():
        db.session.execute(text(LOST[words]))
    assert set(agreement.loose_ends()) == {words}

"""Seats that nobody paid for go back on sale so many minutes before the start, where a theatre says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, update

from instashow import outbox
from instashow.booking import claiming, paying
from instashow.booking.models import Booking, Payment, Ticket
from instashow.db import db, on_sqlite
from instashow.screenings.models import Screening
from instashow.theatres.models import Theatre

A_BATCH = 20


def lapses_at(booked_at: datetime, starts_at: datetime, minutes: int | None) -> datetime | None:
    """When an unpaid booking gives its seats back; None: never. Who books later than that comes to pay at once."""
    if minutes is None:
        return None
    at = starts_at - timedelta(minutes=minutes)
    return at if booked_at < at else None


def lapse(now: datetime, *, at_most: int = A_BATCH) -> list[int]:
    """Give back one batch of bookings whose time to pay is over; the ids of those that lapsed.

    A booking that is paid at this moment stays: its row is locked, then looked at again.
    """
    return [booking_id for booking_id in _overdue(now, at_most) if _lapse(booking_id, now)]


def _overdue(now: datetime, at_most: int) -> list[int]:
    """Live bookings with something due, nothing paid and nobody in, past their theatre's minute."""
    longest = db.session.scalars(select(func.max(Theatre.unpaid_lapse_minutes))).one()
    if longest is None:
        return []
    due = exists().where(Payment.booking_id == Booking.id, Payment.state == "due")
    paid = exists().where(Payment.booking_id == Booking.id, Payment.state == "paid")
    inside = exists().where(Ticket.booking_id == Booking.id, Ticket.used_at.is_not(None))
    rows = (
        select(Booking.id, Booking.booked_at, Screening.starts_at, Theatre.unpaid_lapse_minutes)
        .join(Screening, Screening.id == Booking.screening_id)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .where(Theatre.unpaid_lapse_minutes.is_not(None), Screening.starts_at > now, due, ~paid, ~inside)
        .where(Booking.state == "live", Screening.starts_at <= now + timedelta(minutes=longest))
        .order_by(Booking.id)
    )
    found = []
    for booking_id, booked_at, starts_at, minutes in db.session.execute(rows):
        at = lapses_at(booked_at, starts_at, minutes)
        if at is not None and at <= now:
            found.append(booking_id)
    return found[:at_most]


def _lapse(booking_id: int, now: datetime) -> bool:
    booking = _locked(booking_id)
    balance = paying.balance(booking_id)
    tickets = _live(booking_id)
    if booking.state != "live" or not balance.due or balance.paid or any(one.used_at for one in tickets):
        return False
    claiming.free_tickets(one.id for one in tickets)
    ids = [one.id for one in tickets]
    gone = {"state": "cancelled", "cancelled_at": now}
    db.session.execute(update(Ticket).where(Ticket.id.in_(ids)).values(serial=Ticket.serial + 1, **gone))
    db.session.execute(update(Booking).where(Booking.id == booking_id).values(version=Booking.version + 1, **gone))
    paying.take_off_due(booking_id, balance.due)
    if booking.person_id is not None:
        seats = [[one.row, one.number] for one in tickets]
        outbox.tell(booking.person_id, "cancelled", booking=booking_id, seats=seats, back=0, why="unpaid")
    return True


def _locked(booking_id: int) -> Booking:
    row = select(Booking).where(Booking.id == booking_id).execution_options(populate_existing=True)
    return db.session.scalars(row if on_sqlite() else row.with_for_update()).one()


def _live(booking_id: int) -> list[Ticket]:
    live = select(Ticket).where(Ticket.booking_id == booking_id, Ticket.state == "live").order_by(Ticket.id)
    return list(db.session.scalars(live.execution_options(populate_existing=True)))

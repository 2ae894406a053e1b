"""A customer's own bookings: coming ones, and nights that are over."""

from __future__ import annotations

import uuid
from datetime import timedelta

from instashow.booking import buying, holds, paying
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import visitors
from instashow.people.models import Person
from instashow.pricing import usual
from instashow.screenings.models import Screening
from instashow.theatres.plan import Plan
from tests import cast


def booked(
    who: Person, title: str, *, seats: int = 2, paid: str | None = None, plan: Plan | None = None, hours: float = 30
) -> Booking:
    """The person's booking of so many seats, at a theatre of its own, 250.00 each; `paid` by cash or card."""
    with transaction():
        usual.lay_down(now())
    house = cast.theatre(f"Theatre {uuid.uuid4().hex[:6]}", plan=plan, place="Mylapore", address="7 North Mada Street")
    show = cast.screening(cast.show(title), house, hours=hours)
    with transaction():
        holds.hold_best(visitors.of_person(who.id, now()), show.id, quantity=seats, accessible=0, now=now())
        made = buying.book(who.id, show.id, key=uuid.uuid4().hex, seen=buying.Seen(), now=now()).id
        if paid:
            paying.pay(made, method=paid, taken_by=None, now=now())
    return fresh(made)


def past(who: Person, title: str, *, days: float = 1, paid: str | None = "card") -> Booking:
    """The same for a night that is over."""
    made = booked(who, title, paid=paid)
    moved(made.screening_id, timedelta(days=days, hours=30))
    return fresh(made.id)


def moved(screening_id: int, back: timedelta) -> None:
    """Move a screening so far into the past."""
    with transaction():
        row = db.session.get_one(Screening, screening_id)
        for name in ("starts_at", "ends_at", "occupied_from", "occupied_until", "sale_closes_at"):
            setattr(row, name, getattr(row, name) - back)
        row.day -= timedelta(days=back.days)
        db.session.flush()


def fresh(booking_id: int) -> Booking:
    """The booking as it stands now."""
    db.session.expire_all()
    return db.session.get_one(Booking, booking_id, populate_existing=True)

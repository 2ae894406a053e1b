"""Bookings with their papers: a film, a theatre, seats, and what was paid."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from instashow.booking import buying, holds, paying
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from instashow.theatres.plan import Plan
from tests import cast
from tests.booking.sales import a_visitor, hold, person_of
from tests.theatres.plans import hall

SATURDAY = datetime(2030, 11, 23, 13, 45, tzinfo=UTC)
"""A quarter past seven in the evening in Chennai."""


def booked(
    *names: str,
    title: str = "Vikram Vedha",
    own: str = "விக்ரம் வேதா",
    language: str = "ta",
    plan: Plan | None = None,
    starts_at: datetime = SATURDAY,
    theatre: str = "Sapphire",
    quantity: int = 0,
    **where: Any,
) -> Booking:
    """A booking of these seats (A11 and A12), or of the best `quantity`, in a hall of three rows of twelve."""
    with transaction():
        usual.lay_down(now())
    place = {"place": "Gemini", "address": "201 Mount Road", **where}
    house = cast.theatre(name=theatre, plan=plan or hall("ssssssssssss", "pppppppppppp", "ssssssssssss"), **place)
    film = cast.show(title=title, original_title=own, languages=[language])
    show = cast.screening(film, house, starts_at=starts_at)
    meena = a_visitor(person=True)
    if quantity:
        with transaction():
            holds.hold_best(meena, show.id, quantity=quantity, accessible=0, now=now())
    else:
        hold(meena, show, *(names or ("A11", "A12")))
    with transaction():
        made = buying.book(person_of(meena), show.id, key="papers", seen=buying.Seen(), now=now()).id
    return db.session.get_one(Booking, made)


def paid(booking: Booking, method: str = "card") -> Booking:
    """The same booking, paid at the counter."""
    with transaction():
        paying.pay(booking.id, method=method, taken_by=None, now=now())
    db.session.refresh(booking)
    return booking

"""People who went: a booking whose screening is over."""

from __future__ import annotations

from datetime import timedelta

from instashow.booking import buying, holds
from instashow.booking.models import Booking
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import visitors
from instashow.people.models import Person
from instashow.pricing import usual
from instashow.screenings.models import Screening
from tests import cast


def laid_down() -> None:
    """Ticket types and usual prices stand."""
    with transaction():
        usual.lay_down(now())


def tonight() -> Screening:
    """A screening of Kadal at Meenakshi Talkies, an hour from now, in a hall for a hundred."""
    laid_down()
    return cast.screening(where=cast.theatre(capacity=100), hours=1)


def goes(person: Person, show: Screening, seats: int = 1) -> Booking:
    """The person books so many seats of a coming screening."""
    with transaction():
        visitor = visitors.of_person(person.id, now())
        holds.hold_best(visitor, show.id, quantity=seats, accessible=0, now=now())
        made = buying.book(person.id, show.id, key=f"goes-{show.id}", seen=buying.Seen(), now=now()).id
    return db.session.get_one(Booking, made)


def over(show: Screening) -> None:
    """Move a screening into the past: it ended an hour ago."""
    long = show.ends_at - show.starts_at
    with transaction():
        row = db.session.get_one(Screening, show.id)
        row.ends_at = now() - timedelta(hours=1)
        row.starts_at = row.ends_at - long
        row.occupied_from, row.occupied_until = row.starts_at, row.ends_at + timedelta(minutes=15)
        row.sale_closes_at = row.starts_at + timedelta(minutes=10)
        db.session.flush()

"""What we know of a person: downloaded by them, or erased with their account."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from instashow.booking import holds
from instashow.booking.models import Booking, Payment, Ticket
from instashow.db import db
from instashow.outbox import Message
from instashow.people import roles
from instashow.people.models import Duty, FavouriteTag, Person, Role, Session, Token, Visit, Visitor
from instashow.ratings import reviews
from instashow.ratings.models import Rating
from instashow.screenings.models import Screening
from instashow.shows.models import Show, Tag, Wish
from instashow.theatres.models import City, Theatre

KEPT = (
    "email",
    "username",
    "name",
    "created_at",
    "confirmed_at",
    "language",
    "zone",
    "theme",
    "review_format",
    "evening_reminder",
)


def download(person_id: int, *, now: datetime) -> dict[str, Any]:
    """All that is kept about a person, times in UTC as RFC 3339, money in minor units."""
    person = db.session.get_one(Person, person_id)
    city = db.session.get(City, person.city_id) if person.city_id else None
    return {
        "made_at": _plain(now),
        "account": {name: _plain(getattr(person, name)) for name in KEPT} | {"city": city.name if city else None},
        "bookings": _bookings(person_id),
        **{name: _rows(asked) for name, asked in _lists(person_id).items()},
    }


def erase(person_id: int, *, now: datetime) -> None:
    """Close the account: the person is forgotten, bookings and stars stay without a name. Raises roles.LastAdmin."""
    roles.keep_an_admin(without=person_id)
    reviews.signed_otherwise(person_id)
    for visitor in db.session.scalars(select(Visitor.id).where(Visitor.person_id == person_id)).all():
        holds.give_up(visitor)
    for table in (Session, Token, Visit, FavouriteTag, Wish, Duty, Message):
        db.session.execute(delete(table).where(table.person_id == person_id))
    address = select(func.lower(Person.email)).where(Person.id == person_id).scalar_subquery()
    db.session.execute(delete(Message).where(func.lower(Message.address) == address))
    db.session.execute(update(Booking).where(Booking.person_id == person_id).values(person_id=None))
    db.session.execute(update(Rating).where(Rating.person_id == person_id).values(person_id=None, review=""))
    db.session.execute(update(Person).where(Person.id == person_id).values(**_nobody(person_id), erased_at=now))


def _nobody(person_id: int) -> dict[str, Any]:
    """The row stays, so that what others did about it keeps its sense; nothing in it tells who it was."""
    return {
        "email": f"erased-{person_id}@erased.invalid",
        "username": None,
        "username_key": None,
        "name": "",
        "password": None,
        "active": False,
        "fs_uniquifier": secrets.token_hex(16),
        "confirmed_at": None,
        "language": None,
        "city_id": None,
        "zone": None,
        "evening_reminder": False,
    }


def _lists(person_id: int) -> dict[str, Select[*tuple[Any, ...]]]:
    """What hangs on a person, a question each."""
    return {
        "roles": select(Role.name.label("role"), Theatre.name.label("theatre"))
        .select_from(Duty)
        .join(Role, Role.id == Duty.role_id)
        .outerjoin(Theatre, Theatre.id == Duty.theatre_id)
        .where(Duty.person_id == person_id),
        "favourite_tags": select(Tag.name).join(FavouriteTag).where(FavouriteTag.person_id == person_id),
        "sessions": select(Session.browser, Session.started_at, Session.seen_at).where(Session.person_id == person_id),
        "tokens": select(Token.name, Token.scopes, Token.created_at, Token.expires_at).where(
            Token.person_id == person_id
        ),
        "visits": select(Visit.day).where(Visit.person_id == person_id),
        "wishes": select(Show.title, Wish.wished_at)
        .join(Show, Show.id == Wish.show_id)
        .where(Wish.person_id == person_id),
        "ratings": select(Show.title.label("show"), Theatre.name.label("theatre"))
        .add_columns(Rating.stars, Rating.review, Rating.rated_at)
        .select_from(Rating)
        .outerjoin(Show, Show.id == Rating.show_id)
        .outerjoin(Theatre, Theatre.id == Rating.theatre_id)
        .where(Rating.person_id == person_id),
        "messages": select(Message.kind, Message.told_at, Message.read_at, Message.facts).where(
            Message.person_id == person_id
        ),
    }


def _bookings(person_id: int) -> list[dict[str, Any]]:
    mine = (
        select(Booking.id, Booking.reference, Booking.booked_at, Booking.state, Booking.total, Screening.starts_at)
        .add_columns(Show.title.label("show"), Theatre.name.label("theatre"))
        .join(Screening, Screening.id == Booking.screening_id)
        .join(Show, Show.id == Screening.show_id)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .where(Booking.person_id == person_id)
    )
    found = _rows(mine.order_by(Booking.booked_at))
    seats = select(Ticket.booking_id, Ticket.row, Ticket.number, Ticket.type_code, Ticket.price, Ticket.state)
    paid = select(Payment.booking_id, Payment.amount, Payment.state, Payment.settled_at)
    tickets = _by_booking(seats.join(Booking).where(Booking.person_id == person_id))
    payments = _by_booking(paid.join(Booking).where(Booking.person_id == person_id))
    for one in found:
        key = one.pop("id")
        one |= {"tickets": tickets.get(key, []), "payments": payments.get(key, [])}
    return found


def _by_booking(asked: Select[*tuple[Any, ...]]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(asked):
        grouped.setdefault(row.pop("booking_id"), []).append(row)
    return grouped


def _rows(asked: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    rows: Sequence[Row[Any]] = db.session.execute(asked).all()
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value

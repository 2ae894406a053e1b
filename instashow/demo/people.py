"""The demo's people: customers by city, one customer who comes often, and the staff of one theatre."""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from instashow.db import db
from instashow.demo import facts, rows
from instashow.demo.venues import Venue
from instashow.people import accounts, roles
from instashow.people.models import Person
from instashow.theatres.models import Theatre

STAFF = {
    "manager": ("manager@example.com", "Meera Raghavan"),
    "box-office": ("box-office@example.com", "Joseph Kurian"),
    "door": ("door@example.com", "Salma Sheikh"),
}
REGULAR = ("customer@example.com", "Nila Chandrasekar")
LEAST = 12
"""Customers of the smallest city."""
DAY = 1440
SINCE, BEFORE = 700, 40
"""Days in which they signed up; where more past is asked for, some days before it."""


@dataclass(frozen=True)
class Circle:
    """The customers of a city in the order in which they joined: ids, and the moments."""

    ids: Sequence[int]
    joined: Sequence[datetime]

    def one(self, at: datetime, rng: Random) -> int:
        """Somebody who was there at a moment; some come often: those who came first more than the newest."""
        known = bisect_right(self.joined, at) or 1
        return self.ids[int(known * rng.random() ** 1.7)]


def customers(venues: Sequence[Venue], count: int, *, history: int, now: datetime, rng: Random) -> dict[str, Circle]:
    """Customers without a password, shared among the cities by their screens; `history`: days of past bookings."""
    screens = Counter[str]()
    for venue in venues:
        screens[venue.facts.city] += len(venue.stages)
    shares = {city: max(LEAST, count * some // screens.total()) for city, some in screens.items()}
    cities = {venue.facts.city: venue.theatre_id for venue in venues}
    places = {row.id: row.city_id for row in db.session.execute(select(Theatre.id, Theatre.city_id))}
    names = _names(sum(shares.values()))
    found = dict[str, Circle]()
    for city, share in shares.items():
        zone = next(venue.zone for venue in venues if venue.facts.city == city)
        joined = _joined(share, max(SINCE, history + BEFORE), now, rng)
        made = [_customer(*next(names), places[cities[city]], zone, at, rng) for at in joined]
        found[city] = Circle(rows.put(Person, made), joined)
    return found


def make(venue: Venue, *, now: datetime) -> int:
    """The staff of a theatre and the customer who comes often, none with a password yet; the customer's id."""
    for role, (email, name) in STAFF.items():
        person_id = _account(email, name, now)
        roles.give(person_id, role, venue.theatre_id, by=None, now=now)
    person_id = _account(*REGULAR, now)
    city_id = select(Theatre.city_id).where(Theatre.id == venue.theatre_id).scalar_subquery()
    joined = now - timedelta(days=80)
    db.session.execute(
        update(Person).where(Person.id == person_id).values(city_id=city_id, zone=venue.zone, created_at=joined)
    )
    return person_id


def passwords() -> list[tuple[str, str, str]]:
    """Role, e-mail and a new password of each of them, to be shown once; to be hashed, then given."""
    addresses = {role: email for role, (email, _) in STAFF.items()} | {"customer": REGULAR[0]}
    return [(role, email, secrets.token_urlsafe(9)) for role, email in addresses.items()]


def give(hashes: Mapping[str, str]) -> None:
    """Write their hashed passwords, by e-mail."""
    for email, hashed in hashes.items():
        db.session.execute(update(Person).where(Person.email == email).values(password=hashed))


def _account(email: str, name: str, now: datetime) -> int:
    person_id = accounts.create(email, None, name=name, now=now)
    accounts.confirm(person_id, email, now=now)
    return person_id


def _names(count: int) -> Iterator[tuple[str, str]]:
    """Name and mailbox; when the list is through, the mailboxes begin again with a number."""
    known = facts.names()
    for place in range(count):
        turn, person = place // len(known), known[place % len(known)]
        yield person.name, f"{person.mailbox}{turn + 1 if turn else ''}@example.com"


def _joined(count: int, days: int, now: datetime, rng: Random) -> list[datetime]:
    """When so many signed up, the first before all bookings."""
    ago = [days * DAY, *(rng.randrange(2 * DAY, days * DAY) for _ in range(count - 1))]
    return [now - timedelta(minutes=minutes) for minutes in sorted(ago, reverse=True)]


def _customer(name: str, email: str, city_id: int, zone: str, joined: datetime, rng: Random) -> dict[str, Any]:
    return {
        "name": name,
        "email": email,
        "password": None,
        "active": True,
        "fs_uniquifier": f"{rng.getrandbits(128):032x}",
        "confirmed_at": joined.replace(tzinfo=None),
        "created_at": joined,
        "city_id": city_id,
        "zone": zone,
        "theme": "auto",
        "review_format": "html",
        "evening_reminder": False,
    }

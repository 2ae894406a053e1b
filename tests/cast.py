"""The standing cast: people, theatres and shows that every story uses.

Builders write rows through the rooms' own rules where there are some; each gives the row it made.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import accounts, roles, security
from instashow.people.models import Person
from instashow.screenings import figures, stages
from instashow.screenings.models import Screening
from instashow.shows import shows
from instashow.shows.models import Show
from instashow.theatres import cities, screens, theatres
from instashow.theatres.models import City, Screen, Theatre
from instashow.theatres.plan import Plan

# People. Their password is PASSWORD.

PASSWORD = "a line from a song"


def customer(email: str = "meena@example.com", *, name: str = "Meena", **words: Any) -> Person:
    """A customer with a confirmed address."""
    with transaction():
        person_id = accounts.create(email, security.hashed(PASSWORD), name=name, now=now(), **words)
        accounts.confirm(person_id, email, now=now())
    return db.session.get_one(Person, person_id)


def admin(email: str = "admin@example.com") -> Person:
    """An admin."""
    return _with_role(email, "admin", None)


def manager(of: Theatre, email: str = "manager@example.com") -> Person:
    """A manager of one theatre."""
    return _with_role(email, "manager", of.id)


def box_office(of: Theatre, email: str = "box@example.com") -> Person:
    """Somebody at a theatre's box office."""
    return _with_role(email, "box-office", of.id)


def door(of: Theatre, email: str = "door@example.com") -> Person:
    """Somebody at a theatre's door."""
    return _with_role(email, "door", of.id)


def _with_role(email: str, role: str, theatre_id: int | None) -> Person:
    person = customer(email, name=role.capitalize())
    with transaction():
        roles.give(person.id, role, theatre_id, by=None, now=now())
    return person


# Theatres, shows and screenings. Call them outside transaction(): each opens its own.


def city(name: str = "Chennai", **where: Any) -> City:
    """A city, written at its first use."""
    with transaction():
        return cities.city_of(name, cities.Where(**where))


def theatre(
    name: str = "Meenakshi Talkies",
    *,
    capacity: int = 40,
    plan: Plan | None = None,
    town: str = "Chennai",
    **beside: Any,
) -> Theatre:
    """A theatre in Chennai with one screen: a grid for the capacity, or the plan given.

    A small hall of 40 has no aisle traps: use `plan=hall("ssss", …)` of tests/theatres/plans.py for chosen seats.
    """
    where = city(town)
    with transaction():
        if plan is None:
            return theatres.add(name=name, city=where, capacity=capacity, now=now(), **beside)
        made = theatres.add_bare(name=name, city=where, now=now(), **beside)
        screens.add(made.id, "1", plan, now=now())
        return made


def screen(of: Theatre, name: str = "2", *, plan: Plan, **beside: Any) -> Screen:
    """Another screen of a theatre."""
    with transaction():
        return screens.add(of.id, name, plan, now=now(), **beside)


def show(title: str = "Kadal", **beside: Any) -> Show:
    """A film of two hours at 250.00, unless `runtime`, `base_price`, `languages`, `tags` … say otherwise."""
    with transaction():
        return shows.add(title=title, now=now(), **beside)


def screening(
    what: Show | None = None,
    where: Theatre | None = None,
    *,
    hours: float = 30,
    starts_at: datetime | None = None,
    **beside: Any,
) -> Screening:
    """A screening on the theatre's first screen, so many hours from now (negative: in the past), at 250.00.

    The layout's whole capacity is on sale at once, until ten minutes after the start.
    """
    what, where = what or show(), where or theatre()
    with transaction():
        row = _screening(what, where, starts_at or now() + timedelta(hours=hours), beside)
        db.session.add(row)
        db.session.flush()
        figures.remake([row.id], now())
        return row


def _screening(what: Show, where: Theatre, starts_at: datetime, beside: dict[str, Any]) -> Screening:
    on: Screen = beside.pop("screen", None) or where.screens[0]
    stage = stages.stage_of([on.id])[on.id]
    values = stages.values(stage, what.id, starts_at, stage.needs(beside.get("runtime") or what.runtime), now())
    return Screening(**{**values, "list_price": 25000, **beside})

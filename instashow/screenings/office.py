"""What the office opens with: the theatres somebody works at, and today's screenings there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from instashow.db import db
from instashow.screenings.claims import sold_of
from instashow.screenings.models import Screening
from instashow.screenings.wall_time import cinema_day, to_wall
from instashow.shows.models import Show
from instashow.theatres.models import City, Screen, Theatre

AT_MOST = 300
"""Screenings shown at once; an admin of many theatres chooses one."""


@dataclass(frozen=True)
class Workplace:
    """A theatre, and how many screenings its cinema day has."""

    id: int
    name: str
    city: str
    zone: str
    today: int


@dataclass(frozen=True)
class Today:
    """One screening of today: when it starts and ends, and both on the theatre's clock; places sold and on sale."""

    id: int
    theatre: str
    screen: str
    title: str
    starts_at: datetime
    wall: datetime
    ends_wall: datetime
    begun: bool
    over: bool
    sold: int
    capacity: int
    state: str

    @property
    def share(self) -> int:
        """Per cent sold."""
        return self.sold * 100 // self.capacity if self.capacity else 0

    @property
    def on(self) -> bool:
        """Whether it takes place."""
        return self.state != "cancelled"


@dataclass(frozen=True)
class Shift:
    """A day's screenings as they concern whoever works: what is to come, what runs, what is over; each by start."""

    coming: Sequence[Today]
    running: Sequence[Today]
    over: Sequence[Today]

    @property
    def next(self) -> Today | None:
        """What starts next."""
        return next((one for one in self.coming if one.on), None)

    @property
    def sold(self) -> int:
        """Seats sold for the whole day."""
        return sum(one.sold for one in self._on())

    @property
    def places(self) -> int:
        """Places of the whole day."""
        return sum(one.capacity for one in self._on())

    @property
    def number(self) -> int:
        """Screenings that take place today."""
        return len(self._on())

    def _on(self) -> list[Today]:
        return [one for one in (*self.coming, *self.running, *self.over) if one.on]


def workplaces(theatre_ids: Collection[int] | None, now: datetime) -> Sequence[Workplace]:
    """These theatres (None: all), by city and name, each with the number of its screenings on its cinema day."""
    days = _days(now)
    number = (
        select(func.count(Screening.id))
        .where(Screening.theatre_id == Theatre.id, Screening.state != "draft")
        .where(or_(*(((City.zone == zone) & (Screening.day == day)) for zone, day in days.items())))
        .scalar_subquery()
    )
    asked = select(Theatre.id, Theatre.name, City.name, City.zone, number).join(City)
    asked = asked.where(Theatre.removed_at.is_(None))
    if theatre_ids is not None:
        asked = asked.where(Theatre.id.in_(theatre_ids))
    rows = db.session.execute(asked.order_by(City.name, Theatre.name)).all()
    return [Workplace(*row) for row in rows]


def shift(theatre_ids: Collection[int], now: datetime) -> Shift:
    """The cinema day of these theatres, as it stands."""
    every = today(theatre_ids, now)
    return Shift(
        coming=[one for one in every if not one.begun],
        running=[one for one in every if one.begun and not one.over],
        over=[one for one in every if one.over],
    )


def today(theatre_ids: Collection[int], now: datetime) -> list[Today]:
    """The screenings of the cinema day at these theatres, by start."""
    near = Screening.starts_at.between(now - timedelta(days=1), now + timedelta(days=1))
    asked = _screenings(theatre_ids).where(near, Screening.state != "draft")
    rows = [row for row in db.session.execute(asked).all() if row[0].day == cinema_day(now, row[4])]
    return _told(rows[:AT_MOST], now)


def next_day(theatre_ids: Collection[int], now: datetime) -> Today | None:
    """What starts first at these theatres on a later cinema day than today."""
    asked = _screenings(theatre_ids).where(Screening.starts_at > now, Screening.state == "on_sale")
    rows = db.session.execute(asked.limit(AT_MOST)).all()
    later = [row for row in rows if row[0].day > cinema_day(now, row[4])]
    return next(iter(_told(later[:1], now)), None)


def _screenings(theatre_ids: Collection[int]) -> Any:
    """Screenings at these theatres with their names and zone, by start."""
    return (
        select(Screening, Theatre.name, Screen.name, Show.title, City.zone)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(City, City.id == Screening.city_id)
        .join(Screen, Screen.id == Screening.screen_id)
        .join(Show, Show.id == Screening.show_id)
        .where(Screening.theatre_id.in_(theatre_ids))
        .order_by(Screening.starts_at, Theatre.name, Screen.name)
    )


def _told(rows: Sequence[Any], now: datetime) -> list[Today]:
    sold = sold_of([one.id for one, *_ in rows])
    return [
        Today(
            id=one.id,
            theatre=theatre,
            screen=screen,
            title=title,
            starts_at=one.starts_at,
            wall=to_wall(one.starts_at, zone),
            ends_wall=to_wall(one.ends_at, zone),
            begun=one.starts_at <= now,
            over=one.ends_at <= now,
            sold=sold.get(one.id, 0),
            capacity=one.capacity,
            state=one.state,
        )
        for one, theatre, screen, title, zone in rows
    ]


def _days(now: datetime) -> dict[str, object]:
    zones = db.session.scalars(select(City.zone).distinct()).all()
    return {zone: cinema_day(now, zone) for zone in zones} or {"UTC": now.date()}

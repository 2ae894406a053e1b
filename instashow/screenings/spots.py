"""Theatres as lists print them: where they are, what they offer, how many shows each has to come today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import ColumnElement, case, func, null, select

from instashow.db import db
from instashow.screenings.models import Screening
from instashow.screenings.wall_time import cinema_day
from instashow.theatres.cities import key
from instashow.theatres.models import City, Experience, Theatre

EARTH = 6371.0
"""Kilometres; the mean radius."""
BETWEEN = "\x1f"
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class Spot:
    """A theatre in one line. Stars as sum and count, shows to come today, the cinema day of what comes next."""

    id: int
    name: str
    caption: str
    place: str
    city_id: int
    city: str
    latitude: float | None
    longitude: float | None
    stars_sum: int
    stars_count: int
    experiences: tuple[str, ...]
    shows: int
    next_day: date | None

    def distance(self, point: Point) -> float | None:
        """Kilometres as the crow flies (haversine); None where nobody knows where it stands."""
        if self.latitude is None or self.longitude is None:
            return None
        here, there = (radians(point[0]), radians(point[1])), (radians(self.latitude), radians(self.longitude))
        half = sin((there[0] - here[0]) / 2) ** 2 + cos(here[0]) * cos(there[0]) * sin((there[1] - here[1]) / 2) ** 2
        return 2 * EARTH * asin(sqrt(half))


def spots(*where: ColumnElement[bool], zones: Collection[str], now: datetime) -> dict[int, Spot]:
    """Standing theatres of cities in these zones by id, in the order of their names; one statement."""
    today = case({zone: cinema_day(now, zone) for zone in zones}, value=City.zone) if zones else null()
    to_come = (
        select(Screening)
        .where(Screening.theatre_id == Theatre.id, Screening.starts_at > now)
        .where(Screening.state == "on_sale", Screening.stopped_at.is_(None))
    )
    shows = to_come.with_only_columns(func.count(Screening.show_id.distinct())).where(Screening.day == today)
    next_day = to_come.with_only_columns(Screening.day).order_by(Screening.starts_at).limit(1)
    offers = (
        select(func.aggregate_strings(Experience.name, BETWEEN))
        .where(Experience.theatre_id == Theatre.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Theatre.id,
            Theatre.name,
            Theatre.caption,
            Theatre.place,
            Theatre.city_id,
            City.name,
            Theatre.latitude,
            Theatre.longitude,
            Theatre.stars_sum,
            Theatre.stars_count,
            offers,
            shows.scalar_subquery(),
            next_day.scalar_subquery(),
        )
        .join(City, City.id == Theatre.city_id)
        .where(Theatre.removed_at.is_(None), *where)
        .order_by(Theatre.name, Theatre.id)
    )
    return {
        row[0]: Spot(*row[:10], tuple(sorted((row[10] or "").split(BETWEEN))) if row[10] else (), row[11], row[12])
        for row in rows
    }


def those(ids: Collection[int], *, zones: Collection[str], now: datetime) -> dict[int, Spot]:
    """These theatres."""
    return spots(Theatre.id.in_(sorted(ids)), zones=zones, now=now) if ids else {}


def narrowed(
    every: Iterable[Spot],
    *,
    place: str = "",
    experiences: Sequence[str] = (),
    min_rating: int | None = None,
    rated: Callable[[Spot], int | None],
) -> list[Spot]:
    """Those at a place (any part of its name), with all of these experiences and at least so many hundredths."""
    wanted, offers = key(place), {key(one) for one in experiences}
    return [
        spot
        for spot in every
        if (not wanted or wanted in key(spot.place) or wanted in key(spot.city))
        and offers <= {key(one) for one in spot.experiences}
        and (min_rating is None or (rated(spot) or 0) >= min_rating)
    ]


def nearest(found: Iterable[Spot], point: Point) -> list[Spot]:
    """By distance; where nobody knows it, last."""
    return sorted(found, key=lambda spot: (spot.distance(point) is None, spot.distance(point) or 0, spot.name))

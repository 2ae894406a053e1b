"""A theatre is in another city than was thought, or moves there: its screenings follow, their days by its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from instashow.cache import changed
from instashow.db import db
from instashow.screenings.models import Screening
from instashow.screenings.wall_time import cinema_day, minute_of_day
from instashow.sheet import Outcome
from instashow.theatres import importing, theatres
from instashow.theatres.models import City, Screen, Theatre

AT_ONCE = 5000


def move(theatre: Theatre, city: City) -> int:
    """Give the theatre another city; how many screenings followed. Their moments stay: what was sold is shown then."""
    theatre.city = city
    theatres.change(theatre)
    return follow([theatre.id])


def bring(data: bytes, *, now: datetime) -> Outcome:
    """Theatres from a CSV, as theatres.importing.bring(); the screenings of those that moved follow."""
    outcome = importing.bring(data, now=now)
    if outcome.changed:
        _lock(list(db.session.scalars(select(Theatre.id))))  # before looking, or a timetable not yet written is missed
        follow(_left_behind())
    return outcome


def follow(theatre_ids: Iterable[int]) -> int:
    """Bring these theatres' screenings to their city and its clocks; how many were elsewhere."""
    ids = sorted(theatre_ids)
    _lock(ids)
    rows = db.session.execute(_elsewhere(Screening.id, Screening.starts_at, City.id, City.zone, ids=ids)).all()
    for some in (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)):
        db.session.execute(update(Screening), [_values(*row) for row in some])
    if rows:
        changed("programme")
        db.session.expire_all()
    return len(rows)


def _left_behind() -> list[int]:
    """Theatres with a screening in another city."""
    return list(db.session.scalars(_elsewhere(Screening.theatre_id).distinct()))


def _elsewhere(*columns: Any, ids: list[int] | None = None) -> Any:
    found = select(*columns).join(Theatre, Theatre.id == Screening.theatre_id).join(City, City.id == Theatre.city_id)
    found = found.where(Screening.city_id != Theatre.city_id)
    return found if ids is None else found.where(Theatre.id.in_(ids)).order_by(Screening.id)


def _lock(theatre_ids: list[int]) -> None:
    """Who adds to their timetables waits at the screen, and then sees the new city."""
    rows = select(Screen.id).where(Screen.theatre_id.in_(theatre_ids)).order_by(Screen.id)
    db.session.execute(rows.with_for_update(key_share=True))


def _values(screening_id: int, starts_at: datetime, city_id: int, zone: str) -> dict[str, Any]:
    day, minute = cinema_day(starts_at, zone), minute_of_day(starts_at, zone)
    return {"id": screening_id, "city_id": city_id, "day": day, "minute": minute}

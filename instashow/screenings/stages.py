"""Screens as the timetable sees them, and what follows for a screening from its screen and start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow.db import db
from instashow.screenings import availability, hours
from instashow.screenings.hours import Needs
from instashow.screenings.wall_time import cinema_day, minute_of_day
from instashow.theatres.models import City, Layout, Screen, Theatre


@dataclass(frozen=True)
class Stage:
    """A screen as the timetable sees it, with what its theatre decides. Minutes; the factor per ten thousand."""

    screen_id: int
    theatre_id: int
    city_id: int
    zone: str
    layout_id: int
    places: int
    format: str
    setup: int
    preshow: int
    cleaning: int
    factor: int
    opens_before: int | None
    closes_after: int

    def needs(self, runtime: int) -> Needs:
        """What a show of so many minutes takes on this screen."""
        return Needs(runtime, self.preshow, self.setup, self.cleaning)


STAGE = (
    Screen.id,
    Screen.theatre_id,
    Theatre.city_id,
    City.zone,
    Screen.layout_id,
    Layout.capacity,
    Screen.format,
    Screen.setup_minutes,
    Screen.preshow_minutes,
    Screen.cleaning_minutes,
    Theatre.price_factor,
    Theatre.sale_opens_minutes,
    Theatre.sale_closes_minutes,
)


def stage_of(screen_ids: Sequence[int] | None = None) -> dict[int, Stage]:
    """Screens that were not removed, in theatres that were not, by id; None: all."""
    rows = select(*STAGE).join(Theatre, Theatre.id == Screen.theatre_id).join(City, City.id == Theatre.city_id)
    rows = rows.join(Layout, Layout.id == Screen.layout_id)
    rows = rows.where(Screen.removed_at.is_(None), Theatre.removed_at.is_(None))
    if screen_ids is not None:
        rows = rows.where(Screen.id.in_(screen_ids))
    found = (Stage(*tuple[Any, ...](row)) for row in db.session.execute(rows))
    return {stage.screen_id: stage for stage in found}


def values(stage: Stage, show_id: int, starts_at: datetime, needs: Needs, now: datetime) -> dict[str, Any]:
    """The columns of a screening that follow from screen, show and start; all but its list price."""
    taken = hours.occupied(starts_at, needs)
    opens, closes = availability.sale_window(
        starts_at, opens_before=stage.opens_before, closes_after=stage.closes_after
    )
    return {
        "show_id": show_id,
        "screen_id": stage.screen_id,
        "theatre_id": stage.theatre_id,
        "city_id": stage.city_id,
        "layout_id": stage.layout_id,
        "starts_at": starts_at,
        "ends_at": hours.ends(starts_at, needs),
        "occupied_from": taken.begins,
        "occupied_until": taken.ends,
        "sale_opens_at": opens,
        "sale_closes_at": closes,
        "day": cinema_day(starts_at, stage.zone),
        "minute": minute_of_day(starts_at, stage.zone),
        "format": stage.format,
        "capacity": stage.places,
        "added_at": now,
    }

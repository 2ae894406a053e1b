"""Visits: one row per signed-in person and local day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from instashow.config import settings
from instashow.db import db, insert
from instashow.people.models import Visit


def local_day(zone: str | None, now: datetime) -> date:
    """The day it is where the person lives; the installation's zone where they chose no city."""
    return now.astimezone(ZoneInfo(zone) if zone else settings().zone).date()


def visit(person_id: int, day: date) -> None:
    """The person was here on that local day; the second time changes nothing."""
    db.session.execute(insert(Visit).values(person_id=person_id, day=day).on_conflict_do_nothing())

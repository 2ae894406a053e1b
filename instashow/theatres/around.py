"""A theatre among its neighbours: the whole row and where the city's other theatres stand, in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased, joinedload

from instashow.db import db
from instashow.theatres.models import Theatre

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def among(theatre_id: int) -> tuple[Theatre, list[Point]] | None:
    """The standing theatre with its city, screens and experiences, and the points of the others that have one."""
    whole = (joinedload(Theatre.city), joinedload(Theatre.screens), joinedload(Theatre.experiences))
    asked = select(Theatre, _others()).where(Theatre.id == theatre_id, Theatre.removed_at.is_(None)).options(*whole)
    found = db.session.execute(asked, execution_options={"populate_existing": True}).unique().first()
    return (found[0], [_point(one) for one in (found[1] or "").split(";") if one]) if found else None


def _others() -> Any:
    other = aliased(Theatre)
    point = cast(other.latitude, String) + " " + cast(other.longitude, String)
    known = (other.removed_at.is_(None), other.latitude.is_not(None), other.longitude.is_not(None))
    beside = select(func.aggregate_strings(point, ";")).where(other.city_id == Theatre.city_id, *known)
    return beside.where(other.id != Theatre.id).correlate(Theatre).scalar_subquery()


def _point(text: str) -> Point:
    latitude, longitude = map(float, text.split())
    return latitude, longitude

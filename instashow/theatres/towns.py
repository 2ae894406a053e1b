"""Cities that have a theatre, and which of them is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from instashow.called import spellings
from instashow.db import db
from instashow.theatres.cities import key
from instashow.theatres.models import City, Theatre


@dataclass(frozen=True)
class Town:
    """A city with at least one theatre."""

    id: int
    name: str
    native_name: str
    slug: str
    zone: str
    latitude: float | None
    longitude: float | None
    theatres: int


def towns() -> list[Town]:
    """Cities with a standing theatre, by name."""
    rows = db.session.execute(
        select(
            City.id,
            City.name,
            City.native_name,
            City.slug,
            City.zone,
            City.latitude,
            City.longitude,
            func.count(Theatre.id),
        )
        .join(Theatre, Theatre.city_id == City.id)
        .where(Theatre.removed_at.is_(None), City.removed_at.is_(None))
        .group_by(City.id)
        .order_by(City.name, City.id)
    )
    return [Town(*row) for row in rows]


def named(every: Sequence[Town], text: str) -> Town | None:
    """The town of this id, slug or name, in any spelling."""
    if text.isascii() and text.isdigit():
        return next((town for town in every if str(town.id) == text.lstrip("0")), None)
    wanted = key(text)
    return next((town for town in every if town.slug == text.casefold() or wanted in _names(town)), None)


def chosen(every: Sequence[Town], own: int | None, picked: str = "") -> Town | None:
    """The person's own town, else the one picked before (its slug), else the one with most theatres, else none."""
    mine = next((town for town in every if town.id == own), None)
    mine = mine or next((town for town in every if town.slug == picked), None)
    return mine or max(every, key=lambda town: (town.theatres, -town.id), default=None)


def _names(town: Town) -> set[str]:
    return {key(name) for name in (town.name, town.native_name, *spellings("city", town.name)) if name}

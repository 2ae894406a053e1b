"""Cities that have a theatre: those a person may choose as theirs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from instashow.db import db
from instashow.theatres.models import City, Theatre


def cities() -> Sequence[City]:
    """Cities with at least one theatre, by name."""
    theirs = select(Theatre.city_id).where(Theatre.removed_at.is_(None))
    return db.session.scalars(
        select(City).where(City.id.in_(theirs), City.removed_at.is_(None)).order_by(City.name)
    ).all()


def city(city_id: int) -> City | None:
    """One of them."""
    found = db.session.get(City, city_id)
    return found if found and found.removed_at is None else None

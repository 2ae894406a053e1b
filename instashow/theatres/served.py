"""Cities that have a theatre: those a person may choose as theirs. A theatre by what an operator calls it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

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


def named(said: str) -> Sequence[Theatre]:
    """The theatre of this number, else all of this name, however its letters are cased."""
    standing = select(Theatre).where(Theatre.removed_at.is_(None)).options(joinedload(Theatre.city))
    if said.isascii() and said.isdigit() and len(said) < 16:
        return db.session.scalars(standing.where(Theatre.id == int(said))).all()
    wanted = said.strip().casefold()
    ids = [id for id, name in db.session.execute(select(Theatre.id, Theatre.name)) if name.casefold() == wanted]
    return db.session.scalars(standing.where(Theatre.id.in_(ids)).order_by(Theatre.id)).all()

"""Theatres: added in one go, changed, removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from instashow.cache import changed
from instashow.db import db
from instashow.theatres import listing, screens
from instashow.theatres.grids import grid_for
from instashow.theatres.models import City, Experience, Theatre

LONGEST = {"name": 120, "caption": 160, "place": 120, "address": 300}
"""Letters at most."""


class Named(NamedTuple):
    """A theatre by name, with where it is."""

    id: int
    name: str
    place: str
    city: str


class BadTheatre(ValueError):
    """What was typed cannot be a theatre; `errors` by field, as codes: missing, too_long."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field} {code}" for field, code in errors.items()))
        self.errors = dict(errors)


def add(*, name: str, city: City, capacity: int, now: datetime, place: str = "", **beside: Any) -> Theatre:
    """A theatre with one screen, whose numbered grid is drawn and published; to be refined later.

    `beside`: caption, address, latitude, longitude, added_by, experiences and what else a theatre decides.
    Raises BadTheatre, LayoutError.
    """
    plan = grid_for(capacity)
    theatre = add_bare(name=name, city=city, now=now, place=place, **beside)
    screens.add(theatre.id, "1", plan, now=now)
    return theatre


def add_bare(*, name: str, city: City, now: datetime, experiences: Iterable[str] = (), **beside: Any) -> Theatre:
    """A theatre without a screen yet. Raises BadTheatre."""
    values = checked({"name": name, **beside})
    theatre = Theatre(city_id=city.id, added_at=now, **values)
    theatre.experiences = [Experience(name=word) for word in _words(experiences)]
    db.session.add(theatre)
    db.session.flush()
    listing.enter([theatre.id])
    tell_caches(theatre.id)
    return theatre


def change(theatre: Theatre, **values: Any) -> Theatre:
    """Write other values, `experiences` among them; another city is screenings.moving.move(). Raises BadTheatre."""
    if (experiences := values.pop("experiences", None)) is not None:
        _change_experiences(theatre, _words(experiences))
    for field, value in checked(values).items():
        setattr(theatre, field, value)
    db.session.flush()
    listing.enter([theatre.id])
    tell_caches(theatre.id)
    return theatre


def remove(theatre: Theatre, *, now: datetime) -> None:
    """Take the theatre out of every list; its history stays. What hangs on it is settled before, in booking/."""
    theatre.removed_at = now
    db.session.flush()
    listing.enter([theatre.id])
    tell_caches(theatre.id)


def find(theatre_id: int) -> Theatre | None:
    """A theatre that was not removed."""
    return db.session.scalars(select(Theatre).where(Theatre.id == theatre_id, Theatre.removed_at.is_(None))).first()


def named(theatre_ids: Collection[int]) -> dict[int, Named]:
    """These theatres by id, without those that were removed; one statement."""
    asked = select(Theatre.id, Theatre.name, Theatre.place, City.name).join(City, City.id == Theatre.city_id)
    asked = asked.where(Theatre.id.in_(sorted(theatre_ids)), Theatre.removed_at.is_(None))
    return {row[0]: Named(*row) for row in db.session.execute(asked)} if theatre_ids else {}


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with their texts trimmed. Raises BadTheatre."""
    trimmed = {field: " ".join(v.split()) if field in LONGEST else v for field, v in values.items()}
    errors = {field: "too_long" for field, most in LONGEST.items() if len(trimmed.get(field, "")) > most}
    if "name" in trimmed and not trimmed["name"]:
        errors["name"] = "missing"
    if errors:
        raise BadTheatre(errors)
    return trimmed


def tell_caches(theatre_id: int) -> None:
    """What is cached of every programme and of the theatre is no longer true."""
    changed("programme")
    changed("theatre", str(theatre_id))


def _words(experiences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in (" ".join(text.split()) for text in experiences) if word))


def _change_experiences(theatre: Theatre, words: list[str]) -> None:
    have = {one.name: one for one in theatre.experiences}
    theatre.experiences = [have.get(word) or Experience(name=word) for word in words]

"""What a theatre is found by: its name, place, city in every spelling, address and experience tags."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from instashow import wordbook
from instashow.db import db
from instashow.theatres.models import City, Theatre

KIND = "theatre"


def enter(theatre_ids: Iterable[int] | None = None) -> None:
    """Bring the word book up to date for these theatres, or for all; one that was removed is found no more."""
    asked = select(Theatre, City).join(City, City.id == Theatre.city_id).options(selectinload(Theatre.experiences))
    if theatre_ids is not None:
        wanted = list(theatre_ids)
        wordbook.forget(KIND, wanted)
        asked = asked.where(Theatre.id.in_(wanted))
    rows = db.session.execute(asked.where(Theatre.removed_at.is_(None))).all()
    wordbook.enter(KIND, {theatre.id: _texts(theatre, city) for theatre, city in rows})


def enter_city(city_id: int) -> None:
    """The city is called otherwise now: so are its theatres found."""
    enter(db.session.scalars(select(Theatre.id).where(Theatre.city_id == city_id)).all())


def _texts(theatre: Theatre, city: City) -> dict[str, list[str]]:
    return {
        "title": [theatre.name],
        "place": [theatre.place, theatre.address],
        "city": [city.name, city.native_name],
        "tag": [one.name for one in theatre.experiences],
    }

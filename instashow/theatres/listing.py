"""What theatres are found by: name, place, address, experience tags, the city in every spelling; cities."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from instashow import wordbook
from instashow.called import spellings
from instashow.db import db
from instashow.theatres.models import City, Theatre

KIND, CITY = "theatre", "city"


def enter(theatre_ids: Iterable[int] | None = None) -> None:
    """Bring the word book up to date for these theatres, or for all; one that was removed is found no more."""
    asked = select(Theatre, City).join(City, City.id == Theatre.city_id).options(selectinload(Theatre.experiences))
    if theatre_ids is not None:
        wanted = list(theatre_ids)
        wordbook.forget(KIND, wanted)
        asked = asked.where(Theatre.id.in_(wanted))
    rows = db.session.execute(asked.where(Theatre.removed_at.is_(None))).all()
    wordbook.enter(KIND, {theatre.id: _texts(theatre, city) for theatre, city in rows})
    wordbook.enter(CITY, {city.id: {"title": [city.name], "own": _other_names(city)} for _, city in rows})


def _texts(theatre: Theatre, city: City) -> dict[str, list[str]]:
    return {
        "title": [theatre.name],
        "place": [theatre.place, theatre.address],
        "city": [city.name, *_other_names(city)],
        "tag": [name for one in theatre.experiences for name in (one.name, *spellings("experience", one.name))],
    }


def _other_names(city: City) -> list[str]:
    """In its own script, in every language of the pages, and of old."""
    return list(dict.fromkeys(name for name in (city.native_name, *spellings("city", city.name)) if name))

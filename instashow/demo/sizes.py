"""How large a demo is: which cinemas, shows and bookings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from instashow.demo import facts
from instashow.demo.shapes import CinemaFacts, ScreenFacts, ShowFacts
from instashow.theatres.cities import known_cities

DAYS = 14
"""A fortnight, today included."""


@dataclass(frozen=True)
class Size:
    """`mains`: cinemas that have most of the past; `past_a_day`: bookings of one past day; `screenings`: at most."""

    cinemas: tuple[CinemaFacts, ...]
    films: int
    mains: int
    past_a_day: float
    coming: float
    """Of what coming screenings would have sold by now, the share that is sold."""
    customers: int
    screenings: int | None = None


def size_of(name: str) -> Size:
    """small, city or chain."""
    if name == "small":
        return Size(_one(), films=18, mains=1, past_a_day=20, coming=0.5, customers=120)
    if name == "city":
        return Size(facts.cinemas(), films=60, mains=8, past_a_day=667, coming=0.07, customers=8000)
    chain = tuple(_chain(1000))
    return Size(chain, films=60, mains=40, past_a_day=2750, coming=0.05, customers=40_000, screenings=100_000)


def films(count: int) -> list[ShowFacts]:
    """So many films: what is coming soon, a film in each language, then in turn through the languages."""
    coming = [film for film in facts.films() if film.coming_in_days is not None]
    coming = coming[: max(2, min(len(coming), count // 7))]
    playing = [film for film in facts.films() if film.coming_in_days is None]
    return [*_in_turn(playing)[: count - len(coming)], *coming]


def _in_turn(films: list[ShowFacts]) -> list[ShowFacts]:
    """One of each language after the other, so that even a few films speak all of them."""
    by_language: dict[str, list[ShowFacts]] = {}
    for film in films:
        by_language.setdefault(film.languages[0], []).append(film)
    turns = range(max(map(len, by_language.values()), default=0))
    return [group[turn] for turn in turns for group in by_language.values() if turn < len(group)]


def _one() -> tuple[CinemaFacts, ...]:
    """Three screens in Chennai: a house with love seats, a lounge, an open air without numbers."""
    first = facts.cinemas()[0]
    halls = (("Screen 1", "plex-146"), ("Gold", "lounge-28"), ("Open air", "open-air-150"))
    return (replace(first, screens=tuple(ScreenFacts(name=name, layout=layout) for name, layout in halls)),)


def _chain(count: int) -> Iterator[CinemaFacts]:
    """The cinemas of the list, then their likes in the other cities of the country, with fewer screens."""
    listed = facts.cinemas()
    yield from listed
    towns = [city for city in known_cities() if city.country == "IN"]
    for number in range(count - len(listed)):
        model, town = listed[number % len(listed)], towns[number % len(towns)]
        yield replace(
            model,
            id=f"CH{number:04}",
            city=town.name,
            state=town.region,
            lat=town.latitude,
            lon=town.longitude,
            screens=model.screens[: 1 + number % 7 // 5],
        )

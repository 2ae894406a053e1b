"""The demo's theatres and titles without a database, for the timetable's tests."""

from __future__ import annotations

from functools import cache
from itertools import count
from random import Random

from instashow.demo import bill, facts, sizes, venues
from instashow.demo.bill import Title
from instashow.demo.programme import Programme, Slot
from instashow.demo.shapes import CinemaFacts
from instashow.demo.venues import Venue
from instashow.screenings.stages import Stage

DAYS = range(sizes.DAYS)


@cache
def all_venues(size: str = "city") -> tuple[Venue, ...]:
    asked = sizes.size_of(size)
    mains, ids = venues.mains_of(asked), count(1)
    return tuple(_venue(cinema, number, cinema.id in mains, ids) for number, cinema in enumerate(asked.cinemas, 1))


@cache
def titles() -> tuple[Title, ...]:
    rng = Random("titles")
    films = [film for film in facts.films() if film.coming_in_days is None]
    opened = bill._openings(len(films), rng)
    playing = [Title(id, film, days, 1.0) for id, (film, days) in enumerate(zip(films, opened, strict=True), 1)]
    return (*playing, *(Title(100 + id, event, 10, 1.0) for id, event in enumerate(facts.events())))


def programme(today: int, *, seed: int = 1) -> Programme:
    return Programme(titles(), seed=seed, today=today)


def fortnight(today: int, *, seed: int = 1, size: str = "city") -> list[Slot]:
    drawn = programme(today, seed=seed)
    return [
        slot
        for venue in all_venues(size)
        for place in range(len(venue.stages))
        for day in DAYS
        for slot in drawn.day(venue, place, day)
    ]


def _venue(cinema: CinemaFacts, theatre_id: int, main: bool, ids: count[int]) -> Venue:
    zone = "Asia/Kolkata"
    stages = tuple(
        Stage(
            screen_id=next(ids),
            theatre_id=theatre_id,
            city_id=1,
            zone=zone,
            layout_id=1,
            places=facts.layouts()[hall.layout]["totals"]["sellable"],
            format=hall.format,
            setup=0,
            preshow=10,
            cleaning=15,
            factor=10_000,
            opens_before=None,
            closes_after=10,
        )
        for hall in cinema.screens
    )
    return Venue(theatre_id, cinema, zone, stages, main)

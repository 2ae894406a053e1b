"""The demo's theatres with their halls, written as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import insert as plain_insert

from instashow import money
from instashow.db import db
from instashow.demo import facts
from instashow.demo.shapes import CinemaFacts
from instashow.demo.sizes import Size
from instashow.pricing import usual
from instashow.pricing.models import PriceCard, TicketType
from instashow.screenings import stages
from instashow.screenings.stages import Stage
from instashow.theatres import cities, layout_json, layouts, listing
from instashow.theatres.cities import Where
from instashow.theatres.models import Experience, Screen, Theatre

USUAL, LATE = ["08:30", "02:30"], ["08:30", "04:00"]
OPENING = {day: LATE if day in ("fri", "sat") else USUAL for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
FORMATS = {"IMAX": 16_000, "4DX": 18_000, "Dolby Atmos": 12_000}
"""What a seat in a hall of this format costs, per ten thousand of the usual price."""
FEWER = {"single-1028": 640}
"""Of the largest halls only so many places, the best, are on sale in the mornings."""


@dataclass(frozen=True)
class Venue:
    """A theatre as the demo's programme sees it, with its stages in the order of its screens."""

    theatre_id: int
    facts: CinemaFacts
    zone: str
    stages: tuple[Stage, ...]
    main: bool

    def layout(self, place: int) -> str:
        """The id of the layout of the screen at a place in the list."""
        return self.facts.screens[place].layout


def write(size: Size, *, now: datetime, rng: Random) -> list[Venue]:
    """Theatres, screens, layouts and what some theatres price themselves."""
    layout_ids = _publish(size, now)
    mains = mains_of(size)
    rows = [_theatre(cinema, now, rng) for cinema in size.cinemas]
    db.session.add_all(rows)
    db.session.flush()
    screens = [
        Screen(theatre_id=row.id, name=hall.name, format=hall.format, layout_id=layout_ids[hall.layout])
        for row, cinema in zip(rows, size.cinemas, strict=True)
        for hall in cinema.screens
    ]
    db.session.add_all(screens)
    db.session.flush()
    listing.enter([row.id for row in rows])
    _price([row.id for row, cinema in zip(rows, size.cinemas, strict=True) if cinema.id in mains], now)
    return _venues(rows, size.cinemas, mains, screens)


def mains_of(size: Size) -> set[str]:
    """The cinemas that have most of the past: one a city first, those with the most kinds of halls."""
    best: dict[str, list[CinemaFacts]] = {}
    for cinema in size.cinemas:
        best.setdefault(cinema.city, []).append(cinema)
    for found in best.values():
        found.sort(key=lambda one: (-len({hall.layout for hall in one.screens}), one.id))
    turns = range(max(map(len, best.values())))
    in_turn = [found[turn] for turn in turns for found in best.values() if turn < len(found)]
    return {one.id for one in in_turn[: size.mains]}


def _publish(size: Size, now: datetime) -> dict[str, int]:
    used = {hall.layout for cinema in size.cinemas for hall in cinema.screens}
    plans = facts.layouts()
    return {name: layouts.publish(layout_json.read(plans[name]), now=now) for name in plans if name in used}


def _theatre(cinema: CinemaFacts, now: datetime, rng: Random) -> Theatre:
    city = cities.city_of(cinema.city, Where(region=cinema.state, country="IN"))
    return Theatre(
        external_id=cinema.id,
        city_id=city.id,
        name=cinema.name,
        caption=cinema.caption,
        place=cinema.locality,
        address=f"{cinema.locality}, {cinema.city}",
        latitude=cinema.lat,
        longitude=cinema.lon,
        opening_hours=OPENING,
        price_factor=cinema.price_factor * 100,
        lone_seats=rng.choices(("aisle", "off", "strict"), (8, 1, 1))[0],
        sale_opens_minutes=rng.choices((None, 7 * 1440), (19, 1))[0],
        experiences=[Experience(name=name) for name in cinema.experiences],
        added_at=now,
    )


def _price(main_ids: Sequence[int], now: datetime) -> None:
    """The main theatres have every ticket type, and cards for their special halls and for weekday mornings."""
    rows = [row for theatre_id in main_ids for row in usual.types(theatre_id, all_active=True)]
    if rows:
        db.session.execute(plain_insert(TicketType), rows)
        db.session.execute(plain_insert(PriceCard), [card for id in main_ids for card in _cards(id, now)])


def _cards(theatre_id: int, now: datetime) -> Iterable[dict[str, Any]]:
    base = usual.base_price()
    empty = {"weekday": None, "from_minute": None, "to_minute": None, "format": None}
    card = {"theatre_id": theatre_id, "created_at": now, **empty}
    for name, factor in FORMATS.items():
        yield {**card, "name": name, "format": name, "amount": money.share(base, factor)}
    morning = {"from_minute": 540, "to_minute": 660, "name": "Morning show", "amount": money.share(base, 6000)}
    yield from ({**card, **morning, "weekday": weekday} for weekday in range(4))


def _venues(
    rows: Sequence[Theatre], cinemas: Sequence[CinemaFacts], mains: set[str], screens: Sequence[Screen]
) -> list[Venue]:
    known, of_theatre = stages.stage_of(), dict[int, list[Stage]]()
    for screen in screens:
        of_theatre.setdefault(screen.theatre_id, []).append(known[screen.id])
    return [
        Venue(row.id, cinema, found[0].zone, tuple(found), cinema.id in mains)
        for row, cinema in zip(rows, cinemas, strict=True)
        for found in (of_theatre[row.id],)
    ]

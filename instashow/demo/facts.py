"""The demo's facts, read from the files beside this one: films, events, cinemas, layouts, voices, names, habits."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from instashow.demo.shapes import (
    Behaviour,
    CinemaFacts,
    OutsideRating,
    PersonFacts,
    ReviewFacts,
    ScreenFacts,
    ShowFacts,
)

CREDITS = (
    "Cities: GeoNames, CC BY 4.0",
    "Certificates: CBFC Watch / Diagram Chasing, ODbL 1.0; runtimes: omdb.org contributors",
    "Film data: omdb.org contributors, CC BY 2.0 DE, changed",
    "Aggregates from PopcornData",
    "Source: Korean Film Council, KOBIS",
)
"""The source lines that the shipped facts ask for; titles, cinemas and layouts ask for none."""


@cache
def tags() -> tuple[str, ...]:
    """Every tag that a show of the demo may carry: sixteen genres, then moods and manners."""
    return tuple(_json("films")["tags"])


@cache
def films() -> tuple[ShowFacts, ...]:
    """77 Indian films of 2016 to 2024."""
    return tuple(_show(row) for row in _json("films")["films"])


@cache
def events() -> tuple[ShowFacts, ...]:
    """Six evenings that are not films, all invented."""
    return tuple(_show(row) for row in _json("events")["events"])


@cache
def cinemas() -> tuple[CinemaFacts, ...]:
    """85 cinemas of eight Indian cities."""
    return tuple(_cinema(row) for row in csv.DictReader(_text("cinemas.csv").splitlines()))


@cache
def layouts() -> dict[str, dict[str, Any]]:
    """Ten seat layouts by id, each in the file's own shape."""
    return {layout["id"]: layout for layout in _json("seat_layouts")["layouts"]}


@cache
def reviews() -> tuple[ReviewFacts, ...]:
    """Short sentences in English, Hindi and Tamil, by what they are about and how many stars."""
    return tuple(ReviewFacts(**row) for row in _json("reviews")["reviews"])


@cache
def names() -> tuple[PersonFacts, ...]:
    """About a thousand customers, each mailbox once; neighbours in the list come from different communities."""
    people = _json("people")
    circles = [[PersonFacts(**one) for one in people["single"]], *(_family(family) for family in people["families"])]
    return tuple(person for turn in zip_longest(*circles) for person in turn if person)


@cache
def behaviour() -> Behaviour:
    """The distributions that the demo's past is drawn from."""
    found = _json("behaviour")
    occupancy, rows = found["occupancy"], found["rows"]
    return Behaviour(
        party_size=_shares(found["party_size"]["share"]),
        occupancy_mean=occupancy["mean"],
        occupancy_deciles=tuple(occupancy["deciles"]),
        occupancy={day: _by_hour(hours) for day, hours in occupancy["by_day_and_hour"].items()},
        rows_from_back=tuple(rows["sold_by_fifth_from_back"]),
        first_rows_from_back=tuple(rows["first_sales_by_fifth_from_back"]),
        stars=_shares(found["stars"]["films"]),
        film_averages={Decimal(step): share for step, share in _portions(found["film_averages"]["films"]).items()},
        weekly_hold=found["weekly_hold"]["per_cent"],
        lead_hours=_shares(found["lead_time"]["share_by_hours"]),
        languages=found["languages"]["by_city"],
    )


def _show(row: dict[str, Any]) -> ShowFacts:
    row = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    if released := row.get("release_date"):
        row["release_date"] = date.fromisoformat(released)
    if rating := row.get("outside_rating"):
        row["outside_rating"] = OutsideRating(**rating | {"average_of_10": Decimal(rating["average_of_10"])})
    return ShowFacts(**row)


def _cinema(row: dict[str, str]) -> CinemaFacts:
    chosen = row["layouts"].split(";")
    return CinemaFacts(
        **{name: row[name] for name in ("id", "name", "locality", "city", "state", "caption")},
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        counted=row["screens_from"] == "list",
        price_factor=int(row["price_factor"]),
        experiences=tuple(row["experiences"].split(";")) if row["experiences"] else (),
        screens=tuple(_screen(number, entry) for number, entry in enumerate(chosen, 1)),
    )


def _screen(number: int, entry: str) -> ScreenFacts:
    """An entry is a layout's id and, after a space, a format other than 2D."""
    layout, _, projection = entry.partition(" ")
    own_names = {"drivein-60": "Drive-in", "open-air-150": "Open air"}
    return ScreenFacts(name=own_names.get(layout, f"Screen {number}"), layout=layout, format=projection or "2D")


def _family(family: dict[str, list[str]]) -> list[PersonFacts]:
    """Every first name with every last one; taking turns, so that neighbours share neither."""
    first, last = family["first"], family["last"]
    pairs = [(name, last[(place + turn) % len(last)]) for turn in range(len(last)) for place, name in enumerate(first)]
    return [PersonFacts(name=f"{one} {two}", mailbox=f"{one}.{two}".lower().replace("'", "")) for one, two in pairs]


def _shares(counts: dict[str, float]) -> dict[int, float]:
    return {int(name): share for name, share in _portions(counts).items()}


def _portions(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


def _by_hour(hours: dict[str, float]) -> dict[int, float]:
    return {int(hour): share for hour, share in hours.items()}


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text(f"{name}.json"))
    return found


def _text(name: str) -> str:
    return (files("instashow.demo") / name).read_text(encoding="utf-8")

"""What the pages of the programme share: where and when is meant, links that keep the rest, words for what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from sqlalchemy import select

from instashow import web, wording
from instashow.clock import now
from instashow.config import settings
from instashow.db import db
from instashow.ratings.average import average
from instashow.screenings import filters
from instashow.screenings.filters import Wanted
from instashow.screenings.wall_time import cinema_day, day_bounds, to_wall
from instashow.shows.cards import Card
from instashow.shows.models import Tag
from instashow.theatres import picked, towns
from instashow.theatres.theatres import find as find_theatre
from instashow.theatres.towns import Town

PARAMETERS = (
    "q", "city", "day", "from", "to", "tag", "min_rating", "language", "format", "theatre", "max_price", "accessible",
    "sort", "page",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A request for the programme: what is wanted, where, when, and what of it could not be understood."""

    wanted: Wanted
    errors: dict[str, str]
    towns: Sequence[Town]
    town: Town | None
    now: datetime

    @property
    def zone(self) -> str:
        return self.town.zone if self.town else settings().timezone

    @property
    def today(self) -> date:
        """The cinema day it is there."""
        return cinema_day(self.now, self.zone)

    @property
    def local(self) -> datetime:
        """What the clocks show there, naive."""
        return to_wall(self.now, self.zone)

    @property
    def tomorrow(self) -> datetime:
        """When the cinema day ends there."""
        return day_bounds(self.today, self.zone)[1]


def asked() -> Asked:
    """What this request asks, checked against what there is."""
    wanted, errors = filters.read(request.args, settings().currency)
    every = picked.standing()
    town = towns.named(every, wanted.city) if wanted.city else None
    if wanted.city and town is None:
        errors["city"] = "unknown"
    if town is None:
        town = picked.usual()
    town, unknown = wording.in_words(town) if town else None, _unknown(wanted)
    for name in unknown:
        wanted = wanted.without({"tag": "tags"}.get(name, name))
    return Asked(wanted, errors | unknown, wording.cities(every), town, now())


def _unknown(wanted: Wanted) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if wanted.tags:
        known = set(db.session.scalars(select(Tag.key).where(Tag.key.in_(wanted.tags))))
        wrong |= {} if known >= set(wanted.tags) else {"tag": "unknown"}
    if wanted.theatre is not None and find_theatre(wanted.theatre) is None:
        wrong["theatre"] = "unknown"
    return wrong


def here(**changes: Any) -> str:
    """This page's address with other parameters; None leaves one out, the rest stands."""
    values: dict[str, Any] = {
        name: request.args.getlist(name) for name in PARAMETERS if name != "page" and name in request.args
    }
    values |= {name.rstrip("_"): value for name, value in changes.items()}
    kept: dict[str, Any] = {name: value for name, value in values.items() if value not in (None, "", [], [""])}
    return url_for("shows.home", **kept)


def part() -> int:
    """Which part of a long list is asked for."""
    return web.whole(request.args.get("page"), 1, 1000) or 1


def show_url(card: Card, **more: Any) -> str:
    """The page of a show, with its title in the address."""
    return url_for("shows.show", id=wording.slugged(card.id, card.title), **more)


def rated(card: Card) -> int | None:
    """A show's average in hundredths of a star."""
    return average(card.stars_sum, card.stars_count, outside_stars=card.outside_stars, outside_votes=card.outside_votes)

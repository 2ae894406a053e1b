"""The list of theatres: by words, city, place, experience, rating, and by distance after a tap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from instashow import web, wording
from instashow.batches import cut
from instashow.clock import now
from instashow.config import settings
from instashow.misread import sentences
from instashow.pages import Made
from instashow.ratings.average import average
from instashow.screenings import filters
from instashow.screenings import spots as listing
from instashow.screenings.filters import Wanted
from instashow.screenings.spots import Point, Spot
from instashow.shows import search
from instashow.theatres import picked, towns
from instashow.theatres.cities import key
from instashow.theatres.models import Theatre
from instashow.theatres.towns import Town

AT_ONCE, MOST = 60, 1000
"""Theatres in one part of the list; those that words may find."""
LONGEST = 100
STARS = ("3", "3.5", "4", "4.5")


@dataclass(frozen=True)
class Asked:
    """What the address asks; `every` only where no city is meant."""

    wanted: Wanted
    errors: dict[str, str]
    towns: Sequence[Town]
    town: Town | None
    place: str
    point: Point | None
    page: int


def page() -> Made:
    """The list, or only what was found where HTMX asks for that."""
    asked, moment = _asked(), now()
    found = search.find(asked.wanted.q, kinds=("theatre",), at_most=MOST) if asked.wanted.q else None
    where: list[ColumnElement[bool]] = [Theatre.id.in_([hit.id for hit in found.hits])] if found else []
    if asked.town:
        where.append(Theatre.city_id == asked.town.id)
    every = list(listing.spots(*where, zones={town.zone for town in asked.towns}, now=moment).values())
    if found:
        rank = {hit.id: n for n, hit in enumerate(found.hits)}
        every.sort(key=lambda spot: rank[spot.id])
    left = listing.narrowed(
        every, place=asked.place, experiences=asked.wanted.tags, min_rating=asked.wanted.min_rating, rated=_rated
    )
    if asked.point:
        left = listing.nearest(left, asked.point)
    batch = cut(left, AT_ONCE, asked.page)
    marked = {hit.id: hit.words for hit in found.hits} if found else {}
    context = {
        "here": "theatres",
        "city": asked.town,
        "q": asked.wanted.q,
        "errors": sentences(asked.errors),
        "heading": ngettext("%(num)d theatre", "%(num)d theatres", len(left)),
        "narrow": _form(asked, every, len(left)),
        "theatres": [_line(spot, asked, marked.get(spot.id, ())) for spot in batch.things],
        "batch": batch,
        "more": _here(page=batch.next),
        "first": None if web.wants_part() else _here(),
        "part": web.wants_part() and batch.number == 1,
        "near": not asked.point,
        "empty": _none(),
    }
    template = "theatres/_list.html" if web.wants_part() else "theatres/index.html"
    return Made(render_template(template, **context), 422 if asked.errors else 200, wording.next_minute(moment))


def _none() -> dict[str, Any]:
    ways = [(_("All theatres"), url_for("theatres.index", city="all"))]
    return {"figure": "0", "sentence": _("No theatre fits all of that."), "ways": ways}


def _asked() -> Asked:
    wanted, errors = filters.read(request.args, settings().currency)
    errors = {name: code for name, code in errors.items() if name in ("q", "city", "tag", "min_rating")}
    every = picked.standing()
    typed = wanted.city
    town = towns.named(every, typed) if typed and typed != "all" else None
    if typed and typed != "all" and town is None:
        errors["city"] = "unknown"
    if not typed and not wanted.q and not request.args.get("near"):
        town = picked.usual()
    place = request.args.get("place", "").strip()
    if len(place) > LONGEST:
        errors["place"], place = "too_long", ""
    point = _point(request.args.get("near", ""), errors)
    number = web.whole(request.args.get("page"), 1, 1000) or 1
    town = wording.in_words(town) if town else None
    return Asked(wanted, errors, wording.cities(every), town, place, point, number)


def _point(text: str, errors: dict[str, str]) -> Point | None:
    """ "13.08,80.27"; a point outside the globe is none."""
    if not text.strip():
        return None
    if not re.fullmatch(r"\s*-?\d{1,3}(\.\d{1,12})?\s*,\s*-?\d{1,3}(\.\d{1,12})?\s*", text, re.ASCII):
        errors["near"] = "not_a_point"
        return None
    latitude, longitude = (float(one) for one in text.split(","))
    if abs(latitude) > 90 or abs(longitude) > 180:
        errors["near"] = "not_a_point"
        return None
    return latitude, longitude


def _line(spot: Spot, asked: Asked, found: Sequence[str]) -> dict[str, Any]:
    stars, away = _rated(spot), spot.distance(asked.point) if asked.point else None
    where = ", ".join(dict.fromkeys(one for one in (spot.place, wording.city(spot.city)) if one))
    words = wording.dotted(
        where,
        wording.kilometres(away) if away is not None else None,
        ", ".join(map(wording.experience, spot.experiences)),
        _("%(n)s of 5", n=wording.of_five(stars)) if stars is not None else None,
        wording.to_come(spot.shows, spot.next_day),
    )
    return {
        "url": url_for("theatres.theatre", id=wording.slugged(spot.id, spot.name)),
        "figure": spot.shows,
        "name": wording.marked(spot.name, found),
        "words": wording.marked(words, found),
    }


def _form(asked: Asked, every: Sequence[Spot], left: int) -> dict[str, Any]:
    words = (asked.town.name if asked.town else "", asked.place, *map(wording.experience, asked.wanted.tags))
    near = request.args.get("near", "") if asked.point else ""
    return {
        "groups": _groups(asked, every, sentences(asked.errors)),
        "chosen": ", ".join(one for one in words if one),
        "ends": ngettext("Show %(num)d theatre", "Show %(num)d theatres", left),
        "clear": url_for("theatres.index"),
        "hidden": {"q": asked.wanted.q, "near": near},
        "open": web.wants_part() or bool(asked.errors),
    }


def _groups(asked: Asked, every: Sequence[Spot], wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    typed, chosen = request.args, {key(one) for one in asked.wanted.tags}
    offers = Counter(name for spot in every for name in spot.experiences).most_common(12)
    places = [name for name, _count in Counter(spot.place for spot in every if spot.place).most_common(40)]
    cities = [("all", _("Every city")), *((town.slug, town.name) for town in asked.towns)]
    stars = [("", _("Any"), None), *((s, _("%(n)s and up", n=s), None) for s in STARS)]
    city = asked.town.slug if asked.town else "all"
    every_group = [
        ("select", "city", _("City"), cities, city),
        ("text", "place", _("Place"), places, typed.get("place", "")),
        ("checks", "tag", _("Experience"), [(name, wording.experience(name), n) for name, n in offers], ""),
        ("radio", "min_rating", _("Rating, of 5"), stars, typed.get("min_rating", "")),
    ]
    names = ("kind", "name", "legend", "choices", "value")
    ticked = {"chosen": [name for name, _count in offers if key(name) in chosen]}
    return [dict(zip(names, one, strict=True)) | {"error": wrong.get(one[1])} | ticked for one in every_group]


def _here(**changes: Any) -> str:
    names = ("q", "city", "place", "tag", "min_rating", "near")
    values: dict[str, Any] = {name: request.args.getlist(name) for name in names if name in request.args}
    return url_for("theatres.index", **values, **changes)


def _rated(spot: Spot) -> int | None:
    return average(spot.stars_sum, spot.stars_count)

"""The page of a theatre: its façade, where it stands, a day by film, its week by screen, its halls to one scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import web, wording
from instashow.cache import cached
from instashow.clock import now
from instashow.misread import sentences
from instashow.pages import Made
from instashow.people.caller import me
from instashow.ratings import reviews
from instashow.ratings.average import average
from instashow.ratings.rating import Subject
from instashow.screenings import houses as full
from instashow.screenings import slots as reading
from instashow.screenings.models import Screening
from instashow.screenings.trend import Trend, trend
from instashow.screenings.wall_time import cinema_day, day_bounds, day_of
from instashow.theatres import around
from instashow.theatres.around import Point
from instashow.theatres.models import Screen, Theatre
from instashow.theatres.outline import Outline, outlines
from instashow.theatres.views import playing

WEEK = 7
MAP = (250, 150)
"""The little map, in its own units."""


def page(theatre_id: int) -> Made:
    """The theatre's page."""
    moment, (theatre, neighbours) = now(), web.found(around.among(theatre_id))
    today = cinema_day(moment, theatre.city.zone)
    week = [today + timedelta(days=n) for n in range(WEEK)]
    errors: dict[str, str] = {}
    where = (Screening.theatre_id == theatre_id, Screening.day.between(week[0], week[-1]))
    slots = [slot for slot in reading.slots(*where) if slot.closes_at > moment and slot.stopped_at is None]
    days = sorted({slot.day for slot in slots})
    day = _day(week, days[0] if days else today, errors)
    shown = [slot for slot in slots if slot.day == day]
    houses, turn = full.priced(slots, moment)
    link = lambda one: url_for(".theatre", id=wording.slugged(theatre.id, theatre.name), day=one.isoformat())  # noqa: E731
    context = _facts(theatre, neighbours) | {
        "errors": sentences(errors),
        "over": _over(day, week),
        **_said(theatre.id),
        "page_day": wording.stock(day),
        "day_words": wording.day_words(day) if request.args.get("day") else None,
        "days": wording.strip(days, today, day, link, count=WEEK),
        "days_on": week.index(day),
        **playing.on_day(shown, houses, day, moment),
        "empty": None if shown else playing.nothing(theatre.name, day, days, link),
        "screens": [playing.week_of(screen, _number(screen.name), slots, houses, week) for screen in _screens(theatre)],
    }
    ends = (
        day_bounds(today, theatre.city.zone)[1],
        reading.next_change(slots, moment),
        None if me() else full.next_lapse(slots, houses, moment),  # a person's own page is not kept
        turn,
    )
    status = 422 if errors else 200
    context |= _kept(theatre, moment)
    return Made(render_template("theatres/theatre.html", **context), status, min(end for end in ends if end))


def _kept(theatre: Theatre, moment: datetime) -> dict[str, Any]:
    """What changes slowly: how full it was, and its halls. Last, for what was read is forgotten by keeping it."""
    theatre_id, screens = theatre.id, [(screen.name, screen.layout_id) for screen in _screens(theatre)]
    layouts = sorted({layout for _name, layout in screens})
    key, ended_by = f"theatre {theatre_id} {layouts}", (f"theatre:{theatre_id}",)
    made: tuple[Trend, dict[int, Outline]] = cached(
        "programme", key, lambda: (trend(theatre_id, moment), outlines(layouts)), also=ended_by
    )
    how, drawn = made
    return {"trend": _trend(how), "halls": [_hall(name, drawn[layout]) for name, layout in screens]}


def _screens(theatre: Theatre) -> list[Screen]:
    return [screen for screen in theatre.screens if screen.removed_at is None]


def _day(week: Sequence[date], usual: date, errors: dict[str, str]) -> date:
    """The day asked for, if the page shows it; else the usual, the first that has something left."""
    text = request.args.get("day", "").strip()
    if not text:
        return usual
    try:
        day = day_of(text)
    except ValueError:
        errors["day"] = "not_a_day"
        return usual
    return day if day in week else usual


def _over(day: date, week: Sequence[date]) -> str | None:
    """What to say where another day was asked for than stands on the page."""
    text = request.args.get("day", "").strip()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) or text == day.isoformat():
        return None
    return str(_("That day is over.") if text < week[0].isoformat() else _("This page shows the coming week."))


def _facts(theatre: Theatre, neighbours: Sequence[Point]) -> dict[str, Any]:
    city = wording.city(theatre.city.name, theatre.city.native_name)
    point = theatre.latitude is not None and theatre.longitude is not None
    osm = f"https://www.openstreetmap.org/?mlat={theatre.latitude}&mlon={theatre.longitude}#map=17"
    where = [theatre.address] if theatre.address else [one for one in (theatre.place, city) if one]
    stars = average(theatre.stars_sum, theatre.stars_count)
    words = ngettext("of 5, from %(num)d ticket holder", "of 5, from %(num)d ticket holders", theatre.stars_count)
    return {
        "here": "theatres",
        "city": {"name": city, "slug": theatre.city.slug},
        "theatre": {
            "id": theatre.id,
            "name": theatre.name,
            "say": theatre.caption or ", ".join(where),
            "where_words": wording.dotted(
                ", ".join(where) if theatre.caption else "",
                ", ".join(wording.experience(one.name) for one in theatre.experiences),
            ),
            "image": theatre.image,
            "map": _map((theatre.latitude or 0.0, theatre.longitude or 0.0), neighbours) if point else None,
            "ways": [(_("On the map"), osm)] if point else [],
        },
        "rating": {"figure": wording.of_five(stars), "words": words} if stars is not None else None,
    }


def _trend(how: Trend) -> dict[str, Any] | None:
    if how.now is None:
        return None
    words = _("%(n)s %% of the places sold in the last 28 days.", n=how.now)
    if how.before is not None:
        words = _(
            "%(n)s %% of the places sold in the last 28 days, %(b)s %% in the 28 before.", n=how.now, b=how.before
        )
    return {"now": how.now, "before": how.before, "words": words}


def _map(own: Point, neighbours: Sequence[Point]) -> dict[str, Any]:
    """The city's theatres as dots, this one as a block of the day's colour; north is up."""
    north, east = zip(own, *neighbours, strict=True)
    span = max(max(north) - min(north), (max(east) - min(east)) * MAP[1] / MAP[0], 0.01) * 1.25
    middle = ((max(north) + min(north)) / 2, (max(east) + min(east)) / 2)

    def placed(point: Point) -> tuple[int, int]:
        x = MAP[0] / 2 + (point[1] - middle[1]) / span * MAP[1]
        return round(x), round(MAP[1] / 2 - (point[0] - middle[0]) / span * MAP[1])

    here = placed(own)
    return {"here": here, "others": sorted({placed(point) for point in neighbours}), "left": here[0] > MAP[0] * 0.6}


def _hall(name: str, outline: Outline) -> dict[str, Any]:
    seats = ngettext("%(num)d seat", "%(num)d seats", outline.capacity)
    return {
        "number": _number(name),
        "name": name,
        "outline": outline,
        "words": _("%(seats)s, free seating", seats=seats) if outline.unnumbered else seats,
    }


def _number(name: str) -> str:
    """ "Screen 4" is 4; what has no number goes by its first letters."""
    found = re.search(r"\d+$", name)
    return found[0] if found else "".join(word[0] for word in name.split())[:2].upper()


def _said(theatre_id: int) -> dict[str, Any]:
    """What ticket holders wrote, the newest."""
    written = reviews.page(Subject("theatre", theatre_id))
    return {
        "reviews": written,
        "told_in": (),
        "more": url_for("ratings.theatre_reviews", id=theatre_id, before=written.next) if written.next else None,
        "rate_url": url_for("ratings.theatre_rating", id=theatre_id),
    }

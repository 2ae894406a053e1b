"""The page of a show: its names at full measure, what it is, and a day's times by theatre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import web, wording
from instashow.cache import cached
from instashow.misread import sentences
from instashow.pages import Made
from instashow.people.caller import me
from instashow.ratings import reviews
from instashow.ratings.rating import Subject
from instashow.screenings import houses as full
from instashow.screenings import slots as reading
from instashow.screenings.slot_words import hours_across, mark
from instashow.screenings.slots import Slot
from instashow.shows import cards as printing
from instashow.shows import wishes
from instashow.shows.cards import Card
from instashow.shows.poster_widths import BESIDE, measure
from instashow.shows.views.place import Asked, rated, show_url
from instashow.shows.views.printed import plain


def page(show_id: int, asked: Asked) -> Made:
    """The show's page, or its times alone where HTMX asks for them."""
    cards = cached("programme", f"card {show_id}", lambda: printing.of([show_id]), also=(f"show:{show_id}",))
    card: Card = web.found(cards.get(show_id))
    every = _slots(card, asked)
    plays = Counter(slot.city_id for slot in every)
    asked = _where_it_plays(asked, plays)
    slots = [slot for slot in every if asked.town and slot.city_id == asked.town.id]
    offered = [slot for slot in slots if slot.closes_at > asked.now]
    days = sorted({slot.day for slot in offered})
    day = asked.wanted.day or next(iter(days), asked.today)
    shown = [slot for slot in offered if slot.day == day]
    houses, turn = full.priced(shown, asked.now)
    city = asked.town.slug if asked.town and asked.wanted.city else None  # a day alone picks no city
    link = lambda one: show_url(card, city=city, day=one.isoformat())  # noqa: E731
    heads, rows = _timetable(shown, houses, asked)
    context = _facts(card, asked) | {
        "days": wording.strip(days, asked.today, day, link),
        "page_day": wording.stock(day),
        "day_words": wording.dated(day, asked.today) if asked.wanted.day else None,
        "heading": _heading(shown, day, asked),
        "heads": heads,
        "rows": rows,
        "empty": None if rows else _nothing(card, day, days, asked, link),
        "towns": [
            (town.name, show_url(card, city=town.slug))
            for town in asked.towns
            if town != asked.town and town.id in plays
        ],
        "city": asked.town,
        "errors": sentences(asked.errors),
        **_said(card),
        "tell": _tell(card, asked, bool(days)),
    }
    template = "shows/_times.html" if web.wants_part() else "shows/show.html"
    ends = (asked.tomorrow, reading.next_change(slots, asked.now), full.next_lapse(shown, houses, asked.now), turn)
    body = render_template(template, **context)
    return Made(body, 422 if asked.errors else 200, min(end for end in ends if end))


def _where_it_plays(asked: Asked, plays: Mapping[int, int]) -> Asked:
    """Nobody chose the city: then one where the show is on, the person's own first."""
    if asked.wanted.city or not plays or (asked.town and asked.town.id in plays):
        return asked
    town = max((town for town in asked.towns if town.id in plays), key=lambda one: plays[one.id], default=asked.town)
    return replace(asked, town=town)


def _slots(card: Card, asked: Asked) -> list[Slot]:
    if asked.town is None:
        return []
    town_id, today = asked.town.id, asked.today
    kept: list[Slot] = cached(
        "programme",
        f"show {card.id} {town_id} {today}",
        lambda: reading.of_show(card.id, town_id, today, asked.now),
        also=("figures",),
    )
    return kept


def _facts(card: Card, asked: Asked) -> dict[str, Any]:
    spoken = [wording.language(code) for code in card.languages]
    stars = rated(card)
    return {
        "here": "tonight",
        "show": plain(card) | {"say": card.synopsis or card.caption, "own_width": _width(card.original_title)},
        "description": (card.synopsis or card.caption)[:300],
        "facts": wording.dotted(
            wording.together(spoken) if spoken else "",
            wording.minutes(card.runtime),
            card.certificate,
            str(card.release_date.year) if card.release_date else "",
            ", ".join(wording.tag(name) for _key, name in card.tags),
        ),
        "rating": _rating(card, stars) if stars is not None else None,
        "trailer": card.trailer_url if (card.trailer_url or "").startswith(("https://", "http://")) else None,
    }


def _width(title: str) -> float | None:
    """How wide a title in its own script is set, in em."""
    return measure(title).advances[-1 if len(measure(title).advances) == 1 else BESIDE] if title else None


def _rating(card: Card, stars: int) -> dict[str, Any]:
    own, outside = card.stars_count, card.outside_votes or 0
    if own:
        words = ngettext("of 5, from %(num)d ticket holder", "of 5, from %(num)d ticket holders", own)
    else:
        source = card.outside_source or _("elsewhere")
        words = _("of 5, from %(votes)s votes at %(source)s", votes=outside, source=source)
    return {"figure": wording.of_five(stars), "words": words, "bars": None}


def _timetable(
    shown: Sequence[Slot], houses: dict[int, full.House], asked: Asked
) -> tuple[list[str], list[dict[str, Any]]]:
    """Theatres down, hours across."""
    heads, columns = hours_across(shown)
    rows = []
    for theatre_id in dict.fromkeys(slot.theatre_id for slot in sorted(shown, key=lambda one: one.theatre.casefold())):
        theirs = [slot for slot in shown if slot.theatre_id == theatre_id]
        rows.append(
            {
                "name": theirs[0].theatre,
                "where": theirs[0].place,
                "url": url_for("theatres.theatre", id=wording.slugged(theatre_id, theirs[0].theatre)),
                "cells": [
                    [mark(slot, houses[slot.id], asked.now) for slot in theirs if slot.minute in column]
                    for column in columns
                ],
            }
        )
    return heads, rows


def _heading(shown: Sequence[Slot], day: date, asked: Asked) -> str:
    shows = ngettext("%(num)d screening", "%(num)d screenings", len(shown))
    theatres = ngettext("%(num)d theatre", "%(num)d theatres", len({slot.theatre_id for slot in shown}))
    said = _("%(day)s, %(shows)s in %(theatres)s", day=wording.day_words(day), shows=shows, theatres=theatres)
    return f"{asked.town.name}, {said}" if asked.town else str(said)


def _nothing(card: Card, day: date, days: Sequence[date], asked: Asked, link: Any) -> dict[str, Any]:
    """Where it is not on: the next day it is, or when it comes."""
    town = asked.town.name if asked.town else ""
    if not days and card.release_date and card.release_date > asked.today:
        sentence = _("It comes on %(day)s.", day=wording.day_words(card.release_date))
        return {"figure": str(card.release_date.day), "sentence": sentence, "words": None, "ways": []}
    later = next((one for one in days if one > day), None)
    ways = [(_("See %(day)s", day=wording.day_words(later)), link(later))] if later else []
    sentence = _("It is not on in %(city)s on %(day)s.", city=town, day=wording.dated(day, asked.today))
    if day < asked.today:
        sentence = _("%(day)s is over.", day=wording.dated(day, asked.today))
    elif not days:
        sentence = _("It is not on in %(city)s this fortnight.", city=town)
    return {"figure": str(day.day), "sentence": sentence, "words": None, "ways": ways}


def _tell(card: Card, asked: Asked, on_sale: bool) -> dict[str, Any] | None:
    """ "Tell me" on a coming show: a form for who is signed in, the way in for others."""
    if on_sale or not card.release_date or card.release_date <= asked.today:
        return None
    someone = me()
    if someone is None:
        return {
            "words": _("Sign in, and we tell you"),
            "url": url_for("people.login", next=request.path),
            "form": False,
        }
    told = wishes.wished(someone.id, card.id)
    return {
        "words": _("Do not tell me after all") if told else _("Tell me when the sale opens"),
        "url": url_for("shows.tell", id=card.id),
        "form": True,
        "told": told,
    }


def _said(card: Card) -> dict[str, Any]:
    """What ticket holders wrote, the newest."""
    written = reviews.page(Subject("show", card.id))
    return {
        "reviews": written,
        "told_in": card.languages,
        "more": url_for("ratings.show_reviews", id=card.id, before=written.next) if written.next else None,
        "rate_url": url_for("ratings.show_rating", id=card.id),
    }

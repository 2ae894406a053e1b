"""What plays at a theatre: a day film by film with its words and prices, and the week screen by screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import wording
from instashow.screenings.houses import House
from instashow.screenings.slot_words import hours_across, local, mark, screen, seats_url, spoken
from instashow.screenings.slots import Slot
from instashow.theatres.models import Screen

STATES = {"last": "few", "sold_out": "out", "stopped": "out", "sales_closed": "out", "not_yet": "out"}
Link = Callable[[date], str]


def on_day(shown: Sequence[Slot], houses: Mapping[int, House], day: date, now: datetime) -> dict[str, Any]:
    """Films down, the next to begin first; hours across."""
    heads, columns = hours_across(shown)
    rows = [
        {
            "name": wording.unbroken(title),
            "url": _show_url(show, title),
            "cells": [
                [_mark(slot, houses, now) for slot in shown if slot.show_id == show and slot.minute in column]
                for column in columns
            ],
        }
        for show, title in {slot.show_id: slot.title for slot in shown}.items()
    ]
    screenings = ngettext("%(num)d screening", "%(num)d screenings", len(shown))
    heading = _("%(day)s, %(screenings)s", day=wording.day_words(day), screenings=screenings)
    return {"heading": heading, "heads": heads, "rows": rows}


def nothing(name: str, day: date, days: Sequence[date], link: Link) -> dict[str, Any]:
    """Where nothing is left on a day: the next day of the week that something is."""
    later = next((one for one in days if one > day), None)
    return {
        "figure": str(day.day),
        "sentence": _("Nothing is on sale at %(theatre)s on %(day)s.", theatre=name, day=wording.day_words(day)),
        "ways": [(_("See %(day)s", day=wording.day_words(later)), link(later))] if later else [],
    }


def week_of(
    one: Screen, number: str, slots: Sequence[Slot], houses: Mapping[int, House], week: Sequence[date]
) -> dict[str, Any]:
    """A screen's row of the week."""
    theirs = [slot for slot in slots if slot.screen == one.name]
    return {
        "number": number,
        "name": one.name,
        "cells": [_cell([slot for slot in theirs if slot.day == day], houses) for day in week],
    }


def _mark(slot: Slot, houses: Mapping[int, House], now: datetime) -> dict[str, Any]:
    return mark(slot, houses[slot.id], now, of=slot.title, beside=screen(slot))


def _cell(slots: Sequence[Slot], houses: Mapping[int, House]) -> list[dict[str, Any]]:
    titles = {slot.show_id: slot.title for slot in slots}
    return [
        {
            "title": wording.unbroken(title),
            "url": _show_url(show, title),
            "times": [_time(slot, houses[slot.id]) for slot in slots if slot.show_id == show],
        }
        for show, title in titles.items()
    ]


def _time(slot: Slot, house: House) -> dict[str, Any]:
    return {
        "at": local(slot),
        "url": seats_url(slot.id),
        "state": STATES.get(house.word, "open"),
        "of": spoken(slot.title, screen(slot)),
        "words": wording.house(house.word, house.left),
    }


def _show_url(show: int, title: str) -> str:
    return url_for("shows.show", id=wording.slugged(show, title))

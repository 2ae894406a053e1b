"""Cards and slots as the kit's macros print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from instashow import wording
from instashow.screenings.houses import House
from instashow.screenings.slot_words import local, seats_url, spoken
from instashow.screenings.slots import Slot
from instashow.shows.cards import Card
from instashow.shows.views.place import show_url

TIMES = 3
"""Times of a show in a list: the next one large, two beside it."""


def where(slot: Slot) -> str:
    """ "Sapphire, Gemini"."""
    return ", ".join(dict.fromkeys(one for one in (slot.theatre, slot.place) if one))


def facts(card: Card, *more: str, shown: Iterable[Slot] = ()) -> str:
    """ "Tamil · 2 h 45 · UA"; of certain screenings the languages that these are shown in."""
    codes = dict.fromkeys(slot.language for slot in shown if slot.language) or card.languages[:1]
    spoken = [", ".join(map(wording.language, codes))]
    return wording.dotted(*spoken, wording.minutes(card.runtime), card.certificate, *more)


def first_times(slots: Iterable[Slot], at_most: int = TIMES) -> list[Slot]:
    """The next screenings, one a start."""
    chosen: dict[datetime, Slot] = {}
    for slot in slots:
        chosen.setdefault(slot.starts_at, slot)
        if len(chosen) == at_most:
            break
    return list(chosen.values())


def plain(card: Card) -> dict[str, Any]:
    """What every macro wants of a show."""
    return {
        "id": card.id,
        "url": show_url(card),
        "title": wording.unbroken(card.title),
        "own": wording.unbroken(own) if (own := card.original_title) != card.title else None,
        "lang": card.languages[0] if card.languages else None,
        "facts": facts(card),
        "poster": card.poster,
        "image": None,
        "times": [],
    }


def line(card: Card, slots: Sequence[Slot], houses: Mapping[int, House], now: datetime, **more: Any) -> dict[str, Any]:
    """A show with its next times, and where each of them is."""
    shown = first_times(slots)
    first = houses.get(shown[0].id) if shown else None
    prices = [one.price_from for slot in shown if (one := houses.get(slot.id)) and one.price_from is not None]
    said = {
        "times": [_time(slot, houses) for slot in shown],
        "where": where(shown[0]) if shown else None,
        "facts": facts(card, wording.from_price(min(prices)) if prices else "", shown=shown),
        "left": wording.house("last", first.left) if first and first.word == "last" else None,
        "more": _began(shown[0], now) if shown and shown[0].starts_at <= now else _full(first),
    }
    return plain(card) | said | more


def minutes_in(slot: Slot, now: datetime) -> str:
    """ "8 min": how long ago it began."""
    return wording.minutes(int((now - slot.starts_at).total_seconds() // 60))


def _began(slot: Slot, now: datetime) -> str:
    return str(_("Began %(minutes)s ago", minutes=minutes_in(slot, now)))


def _full(house: House | None) -> str | None:
    """Of the large time what is neither plenty nor counted: "Filling fast", "Sold out"."""
    return wording.house(house.word, house.left) if house and house.word in ("filling", "sold_out") else None


def _time(slot: Slot, houses: Mapping[int, House]) -> dict[str, Any]:
    house = houses.get(slot.id)
    return {
        "at": local(slot),
        "url": seats_url(slot.id),
        "out": house is not None and house.word == "sold_out",
        "of": spoken(slot.title, slot.theatre),
        "theatre": slot.theatre,
    }

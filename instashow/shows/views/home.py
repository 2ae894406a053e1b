"""The page of what is on: a day of a city, led by one large time, its hours, and the shelves beneath."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import web, wording
from instashow.batches import Batch, cut, cut_between
from instashow.cache import cached
from instashow.misread import sentences
from instashow.pages import Made
from instashow.screenings import houses as full
from instashow.screenings import slots as reading
from instashow.screenings import whats_on
from instashow.screenings.houses import House
from instashow.screenings.slot_words import local, screen, seats_url, spoken
from instashow.screenings.slots import Slot
from instashow.screenings.whats_on import Listing
from instashow.shows import cards as printing
from instashow.shows.cards import Card
from instashow.shows.models import Show
from instashow.shows.views import sifting
from instashow.shows.views.place import Asked, here, part, rated
from instashow.shows.views.printed import facts, first_times, line, plain, where
from instashow.shows.views.shelves import SHELF, shelves

MOST_LINES = 60
"""Shows at once."""
SOON_MINUTES = 15
"""The lead is a show that one can still reach."""


@dataclass(frozen=True)
class Day:
    """A city's day as it was read: its slots, and the cards of all shows that the page may print."""

    slots: list[Slot]
    cards: dict[int, Card]


def page(asked: Asked) -> Made:
    """The whole page, or its day alone where HTMX asks for that."""
    days = reading.open_days(asked.town.id, asked.today, asked.now) if asked.town else []
    day = asked.wanted.day or next(iter(days), asked.today)
    read = day_of(asked, day)
    offered = [slot for slot in read.slots if slot.day == day and slot.offered(asked.now)]
    listing = whats_on.narrow(offered, read.cards, asked.wanted, rated=rated)
    found = whats_on.ahead(whats_on.by_show(listing.slots), asked.now)
    batch = _batch(asked, whats_on.ordered(found, read.cards, asked.wanted.sort, rated=rated), found)
    leads = _leads(asked, found) if batch.number == 1 else []
    shown = list(dict.fromkeys([*(slot for show in batch.things for slot in first_times(found[show])), *leads]))
    houses, turn = full.priced(shown, asked.now)
    context = _frame(asked, day, listing) | {
        "days": wording.strip(days, asked.today, day, lambda one: here(day=one.isoformat())),
        **_sieve(asked, day, listing, read, offered),
        **_body(asked, batch, found, read, listing, houses, leads),
        "batch": batch,
        "more": here(page=batch.next),
        "first": None if web.wants_part() else here(),
        **shelves(asked, day, read.slots, read.cards),
    }
    status = 422 if asked.errors else 200
    template = "shows/_whats_on.html" if web.wants_part() else "shows/home.html"
    soonest = wording.next_minute(asked.now) if day == asked.today else asked.tomorrow
    ends = (soonest, reading.next_change(read.slots, asked.now), full.next_lapse(shown, houses, asked.now), turn)
    return Made(render_template(template, **context), status, min(end for end in ends if end))


def _sieve(asked: Asked, day: date, listing: Listing, read: Day, offered: Sequence[Slot]) -> dict[str, Any]:
    """Where nothing is on, there is nothing to choose from."""
    if not (offered or asked.errors or asked.wanted.narrows):
        return {}
    narrow = sifting.form(asked, listing, read.cards, day=day)
    return {"groups": sifting.quick(asked, listing, read.cards), "narrow": narrow}


def _batch(asked: Asked, order: Sequence[int], found: Mapping[int, list[Slot]]) -> Batch[int]:
    """By time whole hours, that none stands twice; in another order so many shows."""
    if asked.wanted.sort != "time":
        return cut(order, MOST_LINES, part())
    return cut_between([list(shows) for _hour, shows in _by_hour(order, found)], MOST_LINES, part())


def day_of(asked: Asked, day: date) -> Day:
    """A city's day, kept until the programme changes, or the read copy that lists filter by."""
    slots = slots_of(asked, day)
    playing = hashlib.sha256(repr(sorted({slot.show_id for slot in slots})).encode()).hexdigest()  # cards of just these
    cards: dict[int, Card] = cached("programme", f"cards {asked.today} {playing}", lambda: _cards(asked, slots))
    return Day(slots, cards)


def slots_of(asked: Asked, day: date) -> list[Slot]:
    """The slots alone."""
    if asked.town is None:
        return []
    town, now = asked.town.id, asked.now
    today = day == asked.today
    make: Callable[[], list[Slot]]
    make = (lambda: reading.today_of_city(town, day, now)) if today else (lambda: reading.day_of_city(town, day))
    if not reading.near(day, asked.today):
        return make()  # strangers may ask for any day that there is
    kept: list[Slot] = cached("programme", f"slots {town} {day} {today}", make, also=("figures",))
    return kept


def _cards(asked: Asked, slots: Iterable[Slot]) -> dict[int, Card]:
    playing = Show.id.in_(sorted({slot.show_id for slot in slots}))
    return printing.cards(where=playing | printing.latest(asked.today, SHELF) | printing.coming(asked.today, SHELF))


def _frame(asked: Asked, day: date, listing: Listing) -> dict[str, Any]:
    """The line above the day; for a part its count, which is said aloud."""
    day_words = wording.dated(day, asked.today)
    shows, theatres = len({s.show_id for s in listing.slots}), len({s.theatre_id for s in listing.slots})
    counted = _(
        "%(shows)s in %(theatres)s",
        shows=ngettext("%(num)d show", "%(num)d shows", shows),
        theatres=ngettext("%(num)d theatre", "%(num)d theatres", theatres),
    )
    title = _("%(day)s in %(city)s", day=day_words, city=asked.town.name) if asked.town else day_words
    return {
        "here": "tonight",
        "city": asked.town,
        "towns": asked.towns,
        "today": day == asked.today,
        "page_day": wording.stock(day),
        "day_words": day_words,
        "page_title": sifting.titled(asked, title),
        "counted": ngettext("%(num)d show", "%(num)d shows", shows) if web.wants_part() and part() == 1 else None,
        "now_words": wording.dotted(wording.clock(asked.local) if day == asked.today else "", counted if shows else ""),
        "errors": sentences(asked.errors),
        "q": asked.wanted.q or request.args.get("q", ""),
    }


def _body(
    asked: Asked,
    batch: Batch[int],
    found: Mapping[int, list[Slot]],
    read: Day,
    listing: Listing,
    houses: Mapping[int, House],
    leads: Sequence[Slot],
) -> dict[str, Any]:
    with_seats = [slot for slot in leads if houses[slot.id].word != "sold_out"]
    lead = with_seats[0] if with_seats else None
    rest = [show for show in batch.things if not lead or show != lead.show_id]
    lines = {show: line(read.cards[show], found[show], houses, asked.now) for show in rest}
    return {
        "lead": _led(with_seats, read.cards, houses) if lead else None,
        "hours": _hours(rest, found, lines) if asked.wanted.sort == "time" else [],
        "flat": [] if asked.wanted.sort == "time" else list(lines.values()),
        "showing": len(found) if batch.number == 1 else None,
        "empty": None if batch.things else sifting.nothing_on(asked, listing.counts),
    }


def _leads(asked: Asked, found: Mapping[int, list[Slot]]) -> list[Slot]:
    """The next times of the show that can be reached first and, by the read copy, has seats; of several the one that
    plays most."""
    reach = [
        slot
        for slots in found.values()
        for slot in slots
        if (slot.starts_at - asked.now).total_seconds() >= SOON_MINUTES * 60 and slot.free
    ]
    if not reach:
        return []
    lead = min(reach, key=lambda slot: (slot.starts_at, -len(found[slot.show_id]), slot.id))
    return first_times((slot for slot in found[lead.show_id] if slot.starts_at >= lead.starts_at), at_most=4)


def _led(leads: Sequence[Slot], cards: Mapping[int, Card], houses: Mapping[int, House]) -> dict[str, Any]:
    lead, *others = leads
    card, house = cards[lead.show_id], houses[lead.id]
    left = wording.house(house.word, house.left)
    return plain(card) | {
        "longest": max(card.title.split(), key=len, default=""),
        "at": local(lead),
        "seats_url": seats_url(lead.id),
        "of": spoken(lead.title, lead.theatre),
        "facts": facts(
            card, f"{where(lead)}, {screen(lead)}", left, wording.from_price(house.price_from), shown=[lead]
        ),
        "go": _("Choose seats for %(time)s", time=wording.clock(local(lead))),
        "also": [
            {
                "at": local(slot),
                "url": seats_url(slot.id),
                "words": f"{slot.theatre}, {wording.house(houses[slot.id].word, houses[slot.id].left).lower()}",
                "out": houses[slot.id].word == "sold_out",
            }
            for slot in others
        ],
    }


def _hours(order: Iterable[int], found: Mapping[int, list[Slot]], lines: Mapping[int, dict[str, Any]]) -> list[Any]:
    """The shows by the hour of their next start."""
    hours = [(hour, list(shows)) for hour, shows in _by_hour(order, found)]
    return [
        {
            "hour": hour % 24,
            "words": ngettext("%(num)d show", "%(num)d shows", len(shows)),
            "shows": [lines[show] for show in shows],
        }
        for hour, shows in hours
    ]


def _by_hour(order: Iterable[int], found: Mapping[int, list[Slot]]) -> Iterable[tuple[int, Iterable[int]]]:
    return groupby(order, key=lambda show: found[show][0].minute // 60)

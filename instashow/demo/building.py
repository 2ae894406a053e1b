"""Building the demo: theatres, shows, people, a coming fortnight partly sold, and a past if one is asked for.

Everything is drawn from the seed and today's date. Sales go up to the last full hour, so that the same seed gives the
same data within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from instashow.booking.history import Ledger, PastSale
from instashow.bulk import get_to_know
from instashow.cache import changed
from instashow.config import settings
from instashow.db import db
from instashow.demo import bill, demand, people, sizes, venues, wanted
from instashow.demo.opinions import Opinions
from instashow.demo.past import Past
from instashow.demo.playing import Played, Writer
from instashow.demo.programme import Programme, Slot
from instashow.demo.sales import Box
from instashow.pricing.tariffs import tariff_of
from instashow.screenings import figures
from instashow.screenings.wall_time import cinema_day
from instashow.theatres.models import Theatre

EVENING = 1000
SOON, SOON_SELL, BEGUN_SELL = timedelta(hours=30), 5, 2
"""What begins so soon has sold so much more of its seats, and what began today."""
MAINS_SELL = 4
"""How much more of its coming seats a main theatre has sold than the others."""
CHUNK = 15
"""Past days written in one step."""


class NotEmpty(Exception):
    """There are theatres already: the demo is for an empty installation."""


def build(name: str, *, history: int, seed: int, now: datetime) -> Iterator[str]:
    """Build a demo of a size, one step at a time: each step says what it wrote, and may be committed.

    Raises NotEmpty.
    """
    if db.session.scalars(select(Theatre.id).limit(1)).first():
        raise NotEmpty
    yield from _Building(name, history=history, seed=seed, now=now).steps()


class _Building:
    def __init__(self, name: str, *, history: int, seed: int, now: datetime) -> None:
        self.size, self.history, self.seed = sizes.size_of(name), history, seed
        self.now = now.replace(minute=0, second=0, microsecond=0)
        self.today: date = cinema_day(self.now, settings().timezone)
        self.rng = Random(f"{seed}/{self.today}")

    def steps(self) -> Iterator[str]:
        self.venues = venues.write(self.size, now=self.now, rng=self.rng)
        yield f"{len(self.venues)} theatres with {sum(len(venue.stages) for venue in self.venues)} screens"
        self.titles, coming = bill.write(self.size, today=self.today, now=self.now, rng=self.rng)
        yield f"{len(self.titles) + len(coming)} shows"
        self.main = next(venue for venue in self.venues if venue.main)
        self.regular = people.make(self.main, now=self.now)
        self.customers = people.customers(
            self.venues, self.size.customers, history=self.history, now=self.now, rng=self.rng
        )
        yield f"{sum(len(one.ids) for one in self.customers.values())} customers"
        self._prepare()
        yield f"{self._coming()} coming screenings"
        yield from self._past()
        yield f"{self.opinions.write()} ratings"
        get_to_know()
        for cached in ("programme", "theatre", "show"):
            changed(cached)

    def _prepare(self) -> None:
        theatre_ids = [venue.theatre_id for venue in self.venues]
        self.programme = Programme(self.titles, seed=self.seed, today=self.today.toordinal())
        self.writer = Writer(theatre_ids, today=self.today, now=self.now)
        usual = tariff_of(0)
        tariffs = {one.theatre_id: tariff_of(one.theatre_id) if one.main else usual for one in self.venues}
        self.box = Box(tariffs, self.customers, now=self.now)
        self.opinions = Opinions(now=self.now, seed=self.seed)
        self.offset = Random(f"{self.seed}/references").randrange(10**11)

    def _coming(self) -> int:
        slots = [slot for day in range(sizes.DAYS) for slot in self._day(day)]
        played = self.writer.write(slots[: self.size.screenings])
        regular = self._regulars_choice(played)
        ahead = [one for one in played if one.showing.on_sale(self.now)]
        hot = wanted.shares(
            (one for one in ahead if one.showing.screening_id not in regular), self.today, seed=self.seed
        )
        ledger = Ledger(self.offset)
        for one in played:
            rng = Random(f"{self.seed}/sold/{one.showing.screening_id}")
            for sale in self._sales(one, rng, hot.get(one.showing.screening_id), regular):
                ledger.write(sale)
                self.opinions.ask(sale, one.showing, one.slot.title.show_id, rng)
        ledger.close()
        figures.remake([one.showing.screening_id for one in played], self.now)
        return len(played)

    def _sales(self, one: Played, rng: Random, full: float | None, regular: set[int]) -> Iterator[PastSale]:
        """Of one showing of the fortnight; `full`: a share of its places that is sold for certain."""
        showing = one.showing
        if full:
            return self.box.sell(replace(showing, hot=True), round(full * showing.capacity), rng)
        scale = self.size.coming * (MAINS_SELL if one.slot.venue.main else 1)
        left = showing.starts_at - self.now
        scale *= BEGUN_SELL if left <= timedelta(0) else SOON_SELL if left < SOON else 1
        places = demand.sold(one.slot, self._weekday(one.slot), rng, scale=min(1.0, scale))
        known = self.regular if showing.screening_id in regular else None
        return self.box.sell(replace(showing, regular=known), places, rng)

    def _day(self, day: int) -> Iterator[Slot]:
        for venue in self.venues:
            for place in range(len(venue.stages)):
                yield from self.programme.day(venue, place, day)

    def _regulars_choice(self, played: Sequence[Played]) -> set[int]:
        """Two evenings ahead at the main theatre."""
        mine = [one for one in played if one.slot.venue is self.main and one.slot.minute >= EVENING]
        ahead = sorted((one for one in mine if one.slot.day in (1, 4)), key=lambda one: one.showing.starts_at)
        return {next(one.showing.screening_id for one in ahead if one.slot.day == day) for day in (1, 4)}

    def _past(self) -> Iterator[str]:
        past = Past(self.venues, self.programme, self.size, self.today)
        for first in range(-self.history, 0, CHUNK):
            days = range(first, min(0, first + CHUNK))
            slots = [slot for day in days for slot in past.day(day)]
            ledger, count = Ledger(self.offset), 0
            for one in self.writer.write(slots):
                rng = Random(f"{self.seed}/sold/{one.showing.screening_id}")
                places = demand.sold(one.slot, self._weekday(one.slot), rng, scale=past.scale(one.slot))
                known = self.regular if past.regular_comes(one.slot, self.main) else None
                for sale in self.box.sell(replace(one.showing, regular=known), places, rng):
                    ledger.write(sale)
                    count += 1
                    self.opinions.ask(sale, one.showing, one.slot.title.show_id, rng)
            ledger.close()
            yield f"{count} bookings of the days from {self.today + timedelta(days=first)}"

    def _weekday(self, slot: Slot) -> int:
        return (self.today + timedelta(days=slot.day)).weekday()

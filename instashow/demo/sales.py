"""The sales of one showing: who booked when, which seats, at which price, and whether they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from instashow.booking.history import PastSale, SoldSeat
from instashow.demo import demand
from instashow.demo.people import Circle
from instashow.demo.seating import Rows
from instashow.pricing.bounds import Band
from instashow.pricing.quote import Price, Terms, asking_price, seat_price, sold_share
from instashow.pricing.tariffs import Tariff, Type
from instashow.theatres import layouts
from instashow.theatres.layouts import HallPlace
from instashow.theatres.models import REFUNDS

Tax = tuple[str | None, int | None]
CANCELLED = 0.04
NO_SHOW = 0.05
METHODS = ("card", "card", "card", "cash", "cash", "other")
CHILDREN = {"Family": 0.3}
"""Share of the seats of parties from three on that are for children, by tag."""
OTHERWISE = 0.06
LAST_DAY = timedelta(hours=24)
"""The usual rules know no other hour."""
DUE = 0.3
"""Share of coming bookings that will be paid at the counter."""


@dataclass(frozen=True)
class Showing:
    """A screening as its sales see it."""

    screening_id: int
    theatre_id: int
    layout_id: int
    starts_at: datetime
    list_price: int
    capacity: int
    tags: tuple[str, ...]
    city: str
    zone: str
    hot: bool = False
    """Sold out, or nearly so, days before."""
    regular: int | None = None
    """A person who surely comes, with one other, and has paid."""
    opens_at: datetime | None = None
    """When its sale opens; None: when it was added."""

    def on_sale(self, now: datetime) -> bool:
        """Whether it is to come, and its seats may be bought already."""
        return self.starts_at > now and (self.opens_at is None or self.opens_at <= now)


class Box:
    """Sells showings; keeps what all showings of a hall or a theatre share."""

    def __init__(self, tariffs: dict[int, Tariff], customers: dict[str, Circle], *, now: datetime) -> None:
        self._tariffs, self._customers, self._now = tariffs, customers, now
        self._rows: dict[int, Rows] = {}
        self._quotes: dict[tuple[int, int, int, bool], Price] = {}
        self._prices: dict[tuple[int, int, str, int], tuple[Price, Tax]] = {}

    def sell(self, showing: Showing, places: int, rng: Random) -> Iterator[PastSale]:
        """What was booked for so many places until now, in the order of booking."""
        if not places and not showing.regular:
            return
        house, sold = self._house(showing.layout_id), 0
        for booked_at, size, person_id in self._bookings(showing, places, rng):
            seats = house.seat(size, rng)[: max(0, showing.capacity - sold)]
            if not seats:
                return
            sale = self._sale(showing, booked_at, seats, sold, rng, person_id)
            sold += 0 if sale.cancelled_at else len(seats)
            yield sale

    def _asked(self, showing: Showing, tariff: Tariff, booked_at: datetime, sold: int) -> Price:
        """Prices move by the hundredth and by the day: what is within one and the same is asked once."""
        share, left = sold_share(sold, showing.capacity) // 100 * 100, showing.starts_at - booked_at
        known = (id(tariff), showing.list_price, share, left < LAST_DAY)
        if known not in self._quotes:
            terms = Terms(rules=tariff.rules, band=Band(step=100))
            self._quotes[known] = asking_price(showing.list_price, sold=share, left=left, terms=terms)
        return self._quotes[known]

    def _house(self, layout_id: int) -> Any:
        if layout_id not in self._rows:
            self._rows[layout_id] = Rows(layouts.hall(layout_id))
        return self._rows[layout_id].house()

    def _bookings(self, showing: Showing, places: int, rng: Random) -> list[tuple[datetime, int, int | None]]:
        found: list[tuple[datetime, int, int | None]] = []
        if showing.regular:
            found.append((min(showing.starts_at, self._now) - timedelta(hours=40), 2, showing.regular))
        for size in demand.parties(places, rng):
            booked_at = (self._now if showing.hot else showing.starts_at) - demand.lead(rng)
            if showing.hot and showing.opens_at:
                booked_at = max(booked_at, showing.opens_at)
            if (showing.opens_at or booked_at) <= booked_at <= self._now:
                found.append((booked_at.replace(microsecond=0), size, None))
        return sorted(found, key=lambda one: one[0])

    def _sale(
        self,
        showing: Showing,
        booked_at: datetime,
        places: Sequence[HallPlace],
        sold: int,
        rng: Random,
        person_id: int | None,
    ) -> PastSale:
        tariff = self._tariffs[showing.theatre_id]
        asked = self._asked(showing, tariff, booked_at, sold)
        over = showing.starts_at <= self._now
        came = over and rng.random() >= NO_SHOW
        used_at = showing.starts_at - timedelta(minutes=rng.randrange(-4, 25)) if came else None
        due = not over and rng.random() < DUE and not person_id
        gives_up = rng.random() < CANCELLED and not showing.hot and (over or not person_id)
        cancelled_at = _cancelled(showing, booked_at, self._now) if gives_up else None
        kinds = [_type(tariff, showing, len(places), rng) for _ in places]
        return PastSale(
            person_id=person_id or self._customers[showing.city].one(booked_at, rng),
            screening_id=showing.screening_id,
            starts_at=showing.starts_at,
            booked_at=booked_at,
            settled_at=None if due else booked_at,
            method=None if due else rng.choice(METHODS),
            seats=[
                self._seat(place, kind, asked, showing, tariff, used_at)
                for place, kind in zip(places, kinds, strict=True)
            ],
            zone=showing.zone,
            refunds=REFUNDS,
            cancelled_at=cancelled_at,
            used_where="Door",
        )

    def _seat(
        self, place: HallPlace, kind: Type, asked: Price, showing: Showing, tariff: Tariff, used_at: datetime | None
    ) -> SoldSeat:
        price, tax = self._priced(place.category, kind, asked, showing.list_price, tariff)
        return SoldSeat(
            place.id,
            place.row,
            place.number,
            place.kind,
            place.category,
            kind.id,
            kind.code,
            price.amount,
            *tax,
            price.trace,
            used_at,
        )

    def _priced(self, category: str, kind: Type, asked: Price, listed: int, tariff: Tariff) -> tuple[Price, Tax]:
        """One seat's price with its tax's name and rate; what was asked is kept, so its identity tells it."""
        known = (id(asked), listed, category, kind.id)
        if known not in self._prices:
            more = tariff.categories.get(category, 0)
            price = seat_price(asked, listed, difference=more, ticket=kind.difference)
            self._prices[known] = price, tariff.tax_of(price.amount)
        return self._prices[known]


def _type(tariff: Tariff, showing: Showing, party: int, rng: Random) -> Type:
    """The first type; a child here and there, in larger parties; a senior or student where the theatre has them."""
    children = max((CHILDREN.get(tag, OTHERWISE) for tag in showing.tags), default=OTHERWISE) if party > 2 else 0
    chance = rng.random()
    if chance < children:
        return next((one for one in tariff.types if one.code == "child"), tariff.types[0])
    if len(tariff.types) > 2 and chance > 0.93:
        return rng.choice(tariff.types[2:])
    return tariff.types[0]


def _cancelled(showing: Showing, booked_at: datetime, now: datetime) -> datetime | None:
    """Between the booking and half an hour before the start, if that has come."""
    until = min(now, showing.starts_at - timedelta(minutes=30))
    return (booked_at + (until - booked_at) / 2).replace(microsecond=0) if until > booked_at else None

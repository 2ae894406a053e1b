"""What a screening asks for its places now: the quote, fed with its theatre's tariff and what is sold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from instashow.db import db, insert
from instashow.pricing.bounds import Band, GuardRails, Stored
from instashow.pricing.quote import Price, Terms, asking_price, seat_price, sold_share
from instashow.pricing.tariffs import Tariff, Type
from instashow.screenings.models import PricePoint, Screening
from instashow.theatres.layouts import hall
from instashow.theatres.models import Theatre


class Priced(Protocol):
    """A screening with what its theatre decides about prices: a row of `PRICED`, or what carries the same names."""

    @property
    def screening_id(self) -> int: ...
    @property
    def theatre_id(self) -> int: ...
    @property
    def list_price(self) -> int: ...
    @property
    def capacity(self) -> int: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def dynamic_prices(self) -> bool: ...
    @property
    def price_floor(self) -> int: ...
    @property
    def price_ceiling(self) -> int: ...
    @property
    def price_step(self) -> int: ...
    @property
    def never_falls_last_day(self) -> bool: ...
    @property
    def most_change_a_day(self) -> int | None: ...


S: Any = Screening.__table__.c
T: Any = Theatre.__table__.c
PRICED = (
    S.id.label("screening_id"),
    S.theatre_id,
    S.list_price,
    S.capacity,
    S.starts_at,
    T.dynamic_prices,
    T.price_floor,
    T.price_ceiling,
    T.price_step,
    T.never_falls_last_day,
    T.most_change_a_day,
)
"""Columns to select from screenings joined with theatres: the tables', since this stands on the sale's path."""


@dataclass(frozen=True)
class Asking:
    """What a screening asks at one moment; prices in minor units."""

    list_price: int
    asked: Price
    tariff: Tariff
    guarded: bool
    """Whether earlier prices count, so that this one is to be stored."""

    def price(self, category: str, kind: Type) -> Price:
        """The price of a place of this category for this ticket type, with its trace."""
        difference = self.tariff.categories.get(category, 0)
        return seat_price(self.asked, self.list_price, difference=difference, ticket=kind.difference)

    def first(self, category: str) -> int:
        """The price of a place of this category for the ticket type chosen unasked."""
        return self.price(category, self.tariff.types[0]).amount

    def locked(self, category: str) -> dict[str, Any]:
        """All ticket types' prices of one place, as a claim keeps them."""
        prices = {one.id: self.price(category, one) for one in self.tariff.types}
        types = {str(id): {"amount": price.amount, "trace": price.trace} for id, price in prices.items()}
        return {"list": self.list_price, "asked": self.asked.amount, "types": types}


def asking(priced: Priced, tariff: Tariff, *, sold: int, now: datetime) -> Asking:
    """What the screening asks at `now` with `sold` places sold."""
    guards = GuardRails(priced.never_falls_last_day, priced.most_change_a_day)
    guarded = guards != GuardRails()
    terms = Terms(
        rules=tariff.rules,
        band=Band(priced.price_floor, priced.price_ceiling, priced.price_step),
        guards=guards,
        dynamic=priced.dynamic_prices,
    )
    asked = asking_price(
        priced.list_price,
        sold=sold_share(sold, priced.capacity),
        left=priced.starts_at - now,
        terms=terms,
        stored=_stored(priced.screening_id, priced.starts_at) if guarded else (),
    )
    return Asking(priced.list_price, asked, tariff, guarded)


def lock(
    priced: Priced, tariff: Tariff, layout_id: int, places: Collection[int], *, sold: int, now: datetime
) -> dict[int, dict[str, Any]]:
    """The prices that holding each place locks, by place id; kept for the guard rails where there are some."""
    asks = asking(priced, tariff, sold=sold, now=now)
    if asks.guarded:
        _store(priced.screening_id, asks.asked.amount, now)
    by_id = hall(layout_id).by_id
    prices = {category: asks.locked(category) for category in {by_id[place_id].category for place_id in places}}
    return {place_id: prices[by_id[place_id].category] for place_id in places}


def _stored(screening_id: int, starts_at: datetime) -> list[Stored]:
    rows = db.session.scalars(select(PricePoint).where(PricePoint.screening_id == screening_id))
    return [Stored(starts_at - point.at, point.amount) for point in rows]


def _store(screening_id: int, amount: int, now: datetime) -> None:
    last = select(PricePoint.amount).where(PricePoint.screening_id == screening_id).order_by(PricePoint.id.desc())
    if db.session.scalars(last.limit(1)).first() != amount:
        db.session.execute(insert(PricePoint).values(screening_id=screening_id, at=now, amount=amount))

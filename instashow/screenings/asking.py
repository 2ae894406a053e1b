"""What a screening asks for its places now: the quote, fed with its theatre's tariff and what is sold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow.db import db, insert
from instashow.pricing.bounds import Band, GuardRails, Stored
from instashow.pricing.quote import Price, Terms, asking_price, seat_price, sold_share
from instashow.pricing.tariffs import Tariff, Type, tariff_of
from instashow.screenings.models import PricePoint, Screening
from instashow.theatres.layouts import hall
from instashow.theatres.models import Theatre


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


def asking(screening_id: int, *, sold: int, now: datetime) -> Asking:
    """What the screening asks at `now` with `sold` places sold."""
    row = db.session.execute(
        select(
            Screening.list_price,
            Screening.capacity,
            Screening.starts_at,
            Screening.theatre_id,
            Theatre.dynamic_prices,
            Theatre.price_floor,
            Theatre.price_ceiling,
            Theatre.price_step,
            Theatre.never_falls_last_day,
            Theatre.most_change_a_day,
        )
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .where(Screening.id == screening_id)
    ).one()
    tariff = tariff_of(row.theatre_id)
    guards = GuardRails(row.never_falls_last_day, row.most_change_a_day)
    terms = Terms(
        rules=tariff.rules,
        band=Band(row.price_floor, row.price_ceiling, row.price_step),
        guards=guards,
        dynamic=row.dynamic_prices,
    )
    guarded = guards != GuardRails()
    asked = asking_price(
        row.list_price,
        sold=sold_share(sold, row.capacity),
        left=row.starts_at - now,
        terms=terms,
        stored=_stored(screening_id, row.starts_at) if guarded else (),
    )
    return Asking(row.list_price, asked, tariff, guarded)


def lock(
    screening_id: int, layout_id: int, places: Collection[int], *, sold: int, now: datetime
) -> dict[int, dict[str, Any]]:
    """The prices that holding each place locks, by place id; kept for the guard rails where there are some."""
    asks = asking(screening_id, sold=sold, now=now)
    if asks.guarded:
        _store(screening_id, asks.asked.amount, now)
    by_id = hall(layout_id).by_id
    by_category = {by_id[place_id].category for place_id in places}
    prices = {category: asks.locked(category) for category in by_category}
    return {place_id: prices[by_id[place_id].category] for place_id in places}


def _stored(screening_id: int, starts_at: datetime) -> list[Stored]:
    rows = db.session.scalars(select(PricePoint).where(PricePoint.screening_id == screening_id))
    return [Stored(starts_at - point.at, point.amount) for point in rows]


def _store(screening_id: int, amount: int, now: datetime) -> None:
    last = select(PricePoint.amount).where(PricePoint.screening_id == screening_id).order_by(PricePoint.id.desc())
    if db.session.scalars(last.limit(1)).first() != amount:
        db.session.execute(insert(PricePoint).values(screening_id=screening_id, at=now, amount=amount))

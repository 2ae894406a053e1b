"""Tables: price cards, dynamic rules, category differences, ticket types, tax bands.

A row without a theatre is the installation's; a theatre's own rows replace it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Model, Moment


class PriceCard(Model):
    """A named list price for a format, weekday and time band; the most specific, then the newest, wins."""

    __tablename__ = "price_cards"
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    format: Mapped[str | None]
    weekday: Mapped[int | None]
    """Monday is 0."""
    from_minute: Mapped[int | None]
    to_minute: Mapped[int | None]
    """Minutes after midnight, local; half-open."""
    amount: Mapped[int] = mapped_column(CheckConstraint("amount >= 0", name="amount"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class PriceRule(Model):
    """A dynamic rule: by share of places sold, or by time left, in per ten thousand of the list price."""

    __tablename__ = "price_rules"
    __table_args__ = (CheckConstraint("kind IN ('sold', 'time')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    sold_at_least: Mapped[int | None]
    sold_under: Mapped[int | None]
    """Shares of places sold, per ten thousand."""
    hours_left_under: Mapped[int | None]
    change: Mapped[int]
    """Per ten thousand of the list price: 2000 is +20 %."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class CategoryPrice(Model):
    """What a seat category adds to the price, a fixed amount in minor units."""

    __tablename__ = "category_prices"
    __table_args__ = (Index("uq_category_prices_theatre", "theatre_id", "category", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"))
    category: Mapped[str]
    difference: Mapped[int]


class TicketType(Model):
    """Adult, child, senior, student: a fixed difference, or a share of the list price."""

    __tablename__ = "ticket_types"
    __table_args__ = (CheckConstraint("mode IN ('fixed', 'share')", name="mode"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    code: Mapped[str]
    """adult, child, senior, student: words are made at the edge."""
    name: Mapped[str | None]
    """What a theatre calls it, where it is none of the known codes."""
    mode: Mapped[str]
    value: Mapped[int]
    """Minor units to add, or per ten thousand of the list price to pay."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class TaxBand(Model):
    """The tax contained in prices up to an amount, per ten thousand; the band without an end is last."""

    __tablename__ = "tax_bands"
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    up_to: Mapped[int | None]
    rate: Mapped[int]

"""Tables: screenings, the seats' claims, the read copy that lists filter by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from instashow.db import Facts, Model, Moment
from instashow.shows.models import Show
from instashow.theatres.models import Layout, Screen, Theatre


class Screening(Model):
    """A show on a screen at a time, pinned to one seat layout."""

    __tablename__ = "screenings"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'on_sale', 'cancelled')", name="state"),
        CheckConstraint("occupied_until > occupied_from", name="occupied"),
        CheckConstraint("list_price >= 0", name="list_price"),
        Index("ix_screenings_screen", "screen_id", "occupied_from"),
        Index("ix_screenings_show", "show_id", "starts_at"),
        Index("ix_screenings_theatre", "theatre_id", "starts_at"),
        Index("ix_screenings_city", "city_id", "day", "starts_at"),
        Index("ix_screenings_starts", "starts_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"))
    screen_id: Mapped[int] = mapped_column(ForeignKey("screens.id"))
    theatre_id: Mapped[int] = mapped_column(ForeignKey("theatres.id"))
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    layout_id: Mapped[int] = mapped_column(ForeignKey("layouts.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    """Start, pre-show and running time."""
    occupied_from: Mapped[datetime] = mapped_column(Moment)
    occupied_until: Mapped[datetime] = mapped_column(Moment)
    """Half-open, with setting up and cleaning."""
    sale_opens_at: Mapped[datetime | None] = mapped_column(Moment)
    sale_closes_at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date]
    """The cinema day, 06:00 to 05:59 local."""
    minute: Mapped[int]
    """Minutes after local midnight of the cinema day: 01:30 is 1530."""
    runtime: Mapped[int | None]
    format: Mapped[str] = mapped_column(default="2D")
    language: Mapped[str] = mapped_column(default="")
    subtitles: Mapped[str] = mapped_column(default="")
    list_price: Mapped[int]
    capacity: Mapped[int]
    """Places on sale: the layout's, or fewer."""
    state: Mapped[str] = mapped_column(default="on_sale")
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    stopped_why: Mapped[str | None]
    added_at: Mapped[datetime] = mapped_column(Moment)
    show: Mapped[Show] = relationship()
    screen: Mapped[Screen] = relationship()
    theatre: Mapped[Theatre] = relationship()
    layout: Mapped[Layout] = relationship()


class Claim(Model):
    """The state of one seat at one screening; no row, or a lapsed hold: free.

    The primary key forbids a double sale. Held while it has no ticket and `held_until` is ahead; sold with a ticket.
    """

    __tablename__ = "claims"
    __table_args__ = (Index("ix_claims_visitor", "visitor_id", "screening_id"),)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True, autoincrement=False)
    visitor_id: Mapped[int | None] = mapped_column(ForeignKey("visitors.id"))
    held_at: Mapped[datetime | None] = mapped_column(Moment)
    held_until: Mapped[datetime | None] = mapped_column(Moment)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_types.id"))
    """The ticket type chosen so far."""
    prices: Mapped[dict[str, Any]] = mapped_column(Facts)
    """Locked when held: {"list", "asked", "category", "types": {type id: price}, "trace": […]} in minor units."""


class Figures(Model):
    """The read copy that lists filter, sort and count by; pages never show it, sales never read it."""

    __tablename__ = "figures"
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id", ondelete="CASCADE"), primary_key=True)
    price_from: Mapped[int] = mapped_column(index=True)
    free: Mapped[int]
    accessible_free: Mapped[int]
    sold: Mapped[int]
    remade_at: Mapped[datetime] = mapped_column(Moment)


class PricePoint(Model):
    """A price that a screening asked, kept where a theatre's guard rails want to know the earlier ones."""

    __tablename__ = "price_points"
    id: Mapped[int] = mapped_column(primary_key=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    amount: Mapped[int]

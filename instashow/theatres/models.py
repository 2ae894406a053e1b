"""Tables: cities, theatres, their experience tags, screens, seat layouts and their places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from instashow.db import Facts, Model, Moment

REFUNDS = [[1440, 10000], [120, 7500], [20, 5000]]
"""Minutes before the start at least, and the share that comes back, per ten thousand; after the last, nothing."""


class City(Model):
    """A city with its IANA time zone."""

    __tablename__ = "cities"
    __table_args__ = (UniqueConstraint("name", "region", "country"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    native_name: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    """ISO 3166 alpha-2."""
    zone: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class Theatre(Model):
    """A cinema, with what it decides for itself."""

    __tablename__ = "theatres"
    __table_args__ = (CheckConstraint("hold_minutes BETWEEN 1 AND 120", name="hold_minutes"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"), index=True)
    name: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    image: Mapped[str | None]
    opening_hours: Mapped[dict[str, Any] | None] = mapped_column(Facts)
    accent: Mapped[str | None]
    price_factor: Mapped[int] = mapped_column(default=10000)
    """Per ten thousand of a show's base price."""
    price_floor: Mapped[int] = mapped_column(default=7000)
    price_ceiling: Mapped[int] = mapped_column(default=15000)
    """Per ten thousand of the list price."""
    price_step: Mapped[int] = mapped_column(default=100)
    """Minor units to which a dynamic price is rounded."""
    dynamic_prices: Mapped[bool] = mapped_column(default=True)
    never_falls_last_day: Mapped[bool] = mapped_column(default=False)
    most_change_a_day: Mapped[int | None]
    """Per ten thousand; none: no such guard rail."""
    refunds: Mapped[list[list[int]]] = mapped_column(Facts, default=lambda: [list(step) for step in REFUNDS])
    hold_minutes: Mapped[int] = mapped_column(default=8)
    most_seats: Mapped[int] = mapped_column(default=10)
    lone_seats: Mapped[str] = mapped_column(default="aisle")
    companion_minutes: Mapped[int] = mapped_column(default=60)
    sale_opens_minutes: Mapped[int | None]
    """Minutes before the start; none: at once."""
    sale_closes_minutes: Mapped[int] = mapped_column(default=10)
    """Minutes after the start."""
    unpaid_lapse_minutes: Mapped[int | None]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    stars_sum: Mapped[int] = mapped_column(default=0)
    stars_count: Mapped[int] = mapped_column(default=0)
    city: Mapped[City] = relationship()
    screens: Mapped[list[Screen]] = relationship(order_by="Screen.id", back_populates="theatre")
    experiences: Mapped[list[Experience]] = relationship(order_by="Experience.name", cascade="all, delete-orphan")


class Experience(Model):
    """An experience tag of a theatre, such as IMAX or Dolby."""

    __tablename__ = "experiences"
    theatre_id: Mapped[int] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, index=True)


class Layout(Model):
    """A published seat plan: never changed, shared by every screen that has the same one."""

    __tablename__ = "layouts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(unique=True)
    capacity: Mapped[int]
    """Places that can be sold."""
    accessible: Mapped[int] = mapped_column(default=0)
    unnumbered: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[dict[str, Any]] = mapped_column(Facts, deferred=True)
    """In the shape of the seat layouts' JSON."""
    published_at: Mapped[datetime] = mapped_column(Moment)


class Place(Model):
    """One place of a layout."""

    __tablename__ = "places"
    __table_args__ = (Index("uq_places_name", "layout_id", "row", "number", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    layout_id: Mapped[int] = mapped_column(ForeignKey("layouts.id"))
    row: Mapped[str]
    number: Mapped[str]
    x: Mapped[int]
    y: Mapped[int]
    kind: Mapped[str]
    category: Mapped[str]
    zone: Mapped[str | None]
    blocked: Mapped[bool] = mapped_column(default=False)
    restricted: Mapped[bool] = mapped_column(default=False)
    pair: Mapped[int | None]
    """The same number on both halves of a love seat."""


class Screen(Model):
    """A hall of a theatre."""

    __tablename__ = "screens"
    id: Mapped[int] = mapped_column(primary_key=True)
    theatre_id: Mapped[int] = mapped_column(ForeignKey("theatres.id"), index=True)
    external_id: Mapped[str | None]
    name: Mapped[str]
    format: Mapped[str] = mapped_column(default="2D")
    setup_minutes: Mapped[int] = mapped_column(default=0)
    preshow_minutes: Mapped[int] = mapped_column(default=10)
    cleaning_minutes: Mapped[int] = mapped_column(default=15)
    layout_id: Mapped[int] = mapped_column(ForeignKey("layouts.id"), index=True)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    theatre: Mapped[Theatre] = relationship(back_populates="screens")
    layout: Mapped[Layout] = relationship()

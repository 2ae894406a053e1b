"""Tables: shows, their languages and tags, their prices at theatres, who wants to be told."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from instashow.db import Model, Moment

KINDS = ("film", "live", "sport", "talk", "other")


class Tag(Model):
    """A tag of shows, found by its key: NFKC, case folded."""

    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)


class ShowTag(Model):
    """A show carries a tag; the first one decides its poster's form."""

    __tablename__ = "show_tags"
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class Show(Model):
    """A film or another event."""

    __tablename__ = "shows"
    __table_args__ = (CheckConstraint("kind IN ('film', 'live', 'sport', 'talk', 'other')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="film")
    title: Mapped[str]
    original_title: Mapped[str] = mapped_column(default="")
    caption: Mapped[str] = mapped_column(default="")
    synopsis: Mapped[str] = mapped_column(default="")
    image: Mapped[str | None]
    runtime: Mapped[int] = mapped_column(CheckConstraint("runtime BETWEEN 1 AND 1440", name="runtime"))
    """Minutes."""
    certificate: Mapped[str] = mapped_column(default="")
    release_date: Mapped[date | None]
    base_price: Mapped[int] = mapped_column(CheckConstraint("base_price >= 0", name="base_price"))
    """Minor units."""
    trailer_url: Mapped[str | None]
    outside_stars: Mapped[int | None]
    """Hundredths of a star of five, from elsewhere."""
    outside_votes: Mapped[int | None]
    outside_source: Mapped[str | None]
    poster_recipe: Mapped[str] = mapped_column(default="")
    poster: Mapped[str] = mapped_column(default="", deferred=True)
    """The drawn poster, kept so that it never changes."""
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime] = mapped_column(Moment, index=True)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    stars_sum: Mapped[int] = mapped_column(default=0)
    stars_count: Mapped[int] = mapped_column(default=0)
    tags: Mapped[list[Tag]] = relationship(secondary="show_tags", order_by="ShowTag.position", viewonly=True)
    languages: Mapped[list[ShowLanguage]] = relationship(order_by="ShowLanguage.position", cascade="all, delete-orphan")


class ShowLanguage(Model):
    """A language that a show speaks, as an ISO 639 code."""

    __tablename__ = "show_languages"
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class Allocation(Model):
    """A show is given to a theatre at a price of its own."""

    __tablename__ = "allocations"
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    theatre_id: Mapped[int] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), primary_key=True, index=True)
    base_price: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class Wish(Model):
    """A person wants to be told when a coming show opens its sale in their city."""

    __tablename__ = "wishes"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True, index=True)
    wished_at: Mapped[datetime] = mapped_column(Moment)

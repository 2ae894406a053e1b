"""Tables: stars and reviews, one a person and show and one a person and theatre."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Model, Moment


class Rating(Model):
    """Stars 1–5 and a short review of a show or of a theatre."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("(show_id IS NULL) <> (theatre_id IS NULL)", name="subject"),
        UniqueConstraint("person_id", "show_id"),
        UniqueConstraint("person_id", "theatre_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    show_id: Mapped[int | None] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), index=True)
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatres.id", ondelete="CASCADE"), index=True)
    stars: Mapped[int]
    review: Mapped[str] = mapped_column(default="")
    rated_at: Mapped[datetime] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_why: Mapped[str | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

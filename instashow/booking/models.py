"""Tables: holds, bookings, tickets, payments, receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from instashow.db import Facts, Model, Moment
from instashow.screenings.models import Screening


class Hold(Model):
    """One clock a visitor and screening, set by its first seat; its seats are the claims."""

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("visitor_id", "screening_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitors.id", ondelete="CASCADE"))
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    extensions: Mapped[int] = mapped_column(default=0)


class Booking(Model):
    """What a buyer bought for one screening."""

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("state IN ('live', 'cancelled')", name="state"),
        Index("ix_bookings_person", "person_id", "booked_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), index=True)
    booked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[str] = mapped_column(default="live")
    total: Mapped[int]
    """Minor units, as booked."""
    refunds: Mapped[list[list[int]]] = mapped_column(Facts)
    """The theatre's policy as it stood at the purchase."""
    tax: Mapped[list[dict[str, Any]]] = mapped_column(Facts)
    """Tax lines contained in the total: [{"name", "rate", "amount"}]."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Facts, default=list)
    """Lines beside the seats', such as a promo code's."""
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    """Counts up with each change, so that papers are made again."""
    screening: Mapped[Screening] = relationship()
    tickets: Mapped[list[Ticket]] = relationship(order_by="Ticket.id", back_populates="booking")
    payments: Mapped[list[Payment]] = relationship(order_by="Payment.id", back_populates="booking")


class Ticket(Model):
    """One seat of a booking, with its price and why."""

    __tablename__ = "tickets"
    __table_args__ = (CheckConstraint("state IN ('live', 'cancelled')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screenings.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    row: Mapped[str]
    number: Mapped[str]
    kind: Mapped[str]
    category: Mapped[str]
    type_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_types.id"))
    type_code: Mapped[str] = mapped_column(default="adult")
    type_name: Mapped[str | None]
    price: Mapped[int]
    tax_name: Mapped[str | None]
    tax_rate: Mapped[int | None]
    """The tax contained in the price as it was sold, per ten thousand; papers reckon with it."""
    trace: Mapped[list[Any]] = mapped_column(Facts)
    serial: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="live")
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    used_where: Mapped[str | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    refunded: Mapped[int] = mapped_column(default=0)
    booking: Mapped[Booking] = relationship(back_populates="tickets")


class Payment(Model):
    """Money that is due, paid, refunded or void; a refund is a row of its own."""

    __tablename__ = "payments"
    __table_args__ = (CheckConstraint("state IN ('due', 'paid', 'refunded', 'void')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    provider: Mapped[str] = mapped_column(default="counter")
    method: Mapped[str | None]
    amount: Mapped[int]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When it was paid or refunded; revenue counts by it."""
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    booking: Mapped[Booking] = relationship(back_populates="payments")


class Receipt(Model):
    """A numbered paper: the receipt of a payment, or the credit note of a refund."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("series", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), unique=True)
    series: Mapped[str]
    """"R" or "C" and the year at the theatre."""
    number: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(Facts)
    """Its lines and tax as issued."""

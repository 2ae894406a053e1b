"""What was sold at one tax rate stays at it on every paper, whatever the theatre charges later."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from instashow.booking import buying, cancelling, paper_money, paying, tax_lines
from instashow.booking.history import Ledger, PastSale, SoldSeat
from instashow.booking.models import Booking, Receipt, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing.models import TaxBand
from instashow.screenings.models import Screening
from tests.booking.booked import booked, paid
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats, type_id
from tests.conftest import both_databases


def the_tariff_changes() -> None:
    """Another rate for every ticket from now on."""
    with transaction():
        db.session.execute(update(TaxBand).values(name="VAT", rate=500))


def one_goes_back(booking: Booking, *, hours: int) -> None:
    """The first seat, so long before the start."""
    assert booking.person_id is not None
    at, first = booking.screening.starts_at - timedelta(hours=hours), [booking.tickets[0].id]
    with transaction():
        cancelling.cancel(booking.person_id, booking.reference, ticket_ids=first, now=at)


def receipts() -> dict[str, list[dict[str, object]]]:
    """The tax on each numbered paper, by its letter."""
    return {one.series[0]: one.facts["tax"] for one in db.session.scalars(select(Receipt))}


@both_databases
def test_a_ticket_keeps_the_tax_it_was_sold_with(app: Flask) -> None:
    show, meena = hall_of_rows("ssssss", list_price=15000), a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    types = dict.fromkeys(seats(show, "A1"), type_id("child")) | dict.fromkeys(seats(show, "A2"), type_id("adult"))
    assert taxes(meena, show, buying.Seen(types=types)) == [("A1", "GST", 1200), ("A2", "GST", 1800)]
    the_tariff_changes()
    hold(meena, show, "A3", "A4")
    assert taxes(meena, show, buying.Seen()) == [("A3", "VAT", 500), ("A4", "VAT", 500)]


def taxes(visitor: int, show: Screening, seen: buying.Seen) -> list[tuple[str, str | None, int | None]]:
    """Book what is held; each ticket's seat, tax and rate."""
    with transaction():
        made = buying.book(person_of(visitor), show.id, key=uuid.uuid4().hex, seen=seen, now=now()).id
    sold = db.session.scalars(select(Ticket).where(Ticket.booking_id == made).order_by(Ticket.place_id))
    return [(one.row + one.number, one.tax_name, one.tax_rate) for one in sold]


@both_databases
def test_receipt_and_credit_note_keep_the_rate_when_the_tariff_changes(app: Flask) -> None:
    booking = booked("A11", "A12")
    the_tariff_changes()
    paid(booking)
    one_goes_back(booking, hours=3)
    whole, part = booking.total, booking.tickets[0].price * 75 // 100
    found = receipts()
    assert [(one["name"], one["rate"], one["gross"]) for one in found["R"]] == [("GST", 1800, whole)]
    assert [(one["name"], one["rate"], one["gross"]) for one in found["C"]] == [("GST", 1800, part)]


def test_what_is_due_and_what_is_left_keep_the_rate(app: Flask) -> None:
    booking = booked("A11", "A12")
    said = paper_money.papers_of(booking)[0].tax
    with transaction():
        db.session.execute(delete(TaxBand))
    assert paper_money.papers_of(booking)[0].tax == said
    assert "GST 18 %" in said[0][0]
    one_goes_back(booking, hours=30)
    db.session.expire_all()
    left = paper_money.papers_of(db.session.get_one(Booking, booking.id))[0].tax
    assert [text.split(",")[0] for text, _ in left] == ["GST 18 %"]
    assert left != said


def test_without_a_tax_no_paper_has_a_line(app: Flask) -> None:
    show, meena = hall_of_rows("ssss"), a_visitor(person=True)
    with transaction():
        db.session.execute(delete(TaxBand))
    hold(meena, show, "A1", "A2")
    with transaction():
        made = buying.book(person_of(meena), show.id, key="one", seen=buying.Seen(), now=now()).id
        paying.pay(made, method="cash", taken_by=None, now=now())
    assert db.session.get_one(Booking, made).tax == []
    assert receipts() == {"R": []}


@both_databases
@pytest.mark.parametrize(
    ("at", "series"),
    [(datetime(2029, 12, 31, 18, 29, tzinfo=UTC), "R2029"), (datetime(2029, 12, 31, 18, 30, tzinfo=UTC), "R2030")],
)
def test_a_receipt_belongs_to_the_year_at_the_theatre(app: Flask, at: datetime, series: str) -> None:
    booking = booked("A11", "A12")
    with transaction():
        paying.pay(booking.id, method="cash", taken_by=None, now=at)
    assert db.session.scalars(select(Receipt.series)).one() == series


def test_a_taken_over_past_keeps_rate_and_year_of_the_theatre_too(app: Flask) -> None:
    show, meena = hall_of_rows("ssss"), a_visitor(person=True)
    seat = SoldSeat(
        seats(show, "A1")[0], "A", "1", "seat", "standard", type_id("adult"), "adult", 12000, "GST", 1800, ()
    )
    new_year = datetime(2025, 12, 31, 20, 0, tzinfo=UTC)
    sale = PastSale(
        person_id=person_of(meena),
        screening_id=show.id,
        starts_at=new_year + timedelta(hours=3),
        booked_at=new_year,
        settled_at=new_year,
        method="cash",
        seats=[seat],
        zone="Asia/Kolkata",
        refunds=[[1440, 10000], [120, 7500]],
        cancelled_at=new_year,
    )
    with transaction():
        ledger = Ledger()
        ledger.write(sale)
        ledger.close()
    kept = db.session.scalars(select(Receipt).order_by(Receipt.id)).all()
    assert [one.series for one in kept] == ["R2026", "C2026"]
    assert [one.facts["tax"] for one in kept] == [
        [{"name": "GST", "rate": 1800, "gross": 12000, "amount": 1831}],
        [{"name": "GST", "rate": 1800, "gross": 9000, "amount": 1373}],
    ]
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.tax_name, ticket.tax_rate) == ("GST", 1800)


def test_papers_together_have_the_tax_that_they_add_up_to() -> None:
    line = {"name": "GST", "rate": 1800}
    receipt, note = {**line, "gross": 48000, "amount": 7322}, {**line, "gross": 18000, "amount": 2746}
    assert tax_lines.net([([receipt], False), ([note], True)]) == [{**line, "gross": 30000, "amount": 4576}]
    assert tax_lines.net([([receipt], False), ([receipt], True)]) == []

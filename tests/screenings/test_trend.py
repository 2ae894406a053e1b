"""How full a theatre was in the last 28 days, against the 28 before."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.trend import Trend, trend
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import hall


@both_databases
def test_the_trend_compares_places_sold_with_places_on_sale(app: Flask) -> None:
    roxy, other = cast.theatre("Roxy", plan=hall("ssss")), cast.theatre("Other", plan=hall("ssss"))
    kadal = cast.show()
    assert trend(roxy.id, now()) == Trend(None, None), "nothing was shown"
    for where, days, places in ((roxy, 3, 3), (roxy, 10, 0), (roxy, 30, 1), (roxy, 60, 4), (other, 3, 4)):
        screening = cast.screening(kadal, where, hours=-24 * days)
        sell(screening.id, screening.layout_id, places)
    cast.screening(kadal, roxy, hours=5)
    cast.screening(kadal, roxy, hours=-24 * 5, state="cancelled")
    assert trend(roxy.id, now()) == Trend(37, 25)
    assert trend(roxy.id, now() - timedelta(days=20)) == Trend(25, 100)


def sell(screening_id: int, layout_id: int, count: int) -> None:
    """Claims with a ticket each, written as a sale leaves them."""
    places = list(
        db.session.scalars(text("SELECT id FROM places WHERE layout_id = :one ORDER BY id"), {"one": layout_id})
    )[:count]
    with transaction():
        db.session.execute(
            text(
                "INSERT INTO bookings"
                " (id, reference, screening_id, booked_at, state, total, refunds, tax, lines, version)"
                " VALUES (:id, :name, :id, '2026-01-01', 'live', 0, '[]', '[]', '[]', 1)"
            ),
            {"id": screening_id, "name": f"ref {screening_id}"},
        )
        for place in places:
            words = {"s": screening_id, "p": place, "t": screening_id * 10_000 + place}
            db.session.execute(
                text(
                    "INSERT INTO tickets (id, booking_id, screening_id, place_id, row, number, kind, category,"
                    " type_code, price, trace, serial, state, refunded)"
                    " VALUES (:t, :s, :s, :p, 'A', '1', 'seat', 'x', 'adult', 0,"
                    " '[]', 1, 'live', 0)"
                ),
                words,
            )
            db.session.execute(
                text("INSERT INTO claims (screening_id, place_id, ticket_id, prices) VALUES (:s, :p, :t, '{}')"), words
            )

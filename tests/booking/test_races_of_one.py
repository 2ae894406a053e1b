"""One buyer's own acts at the same moment: booking, keeping, letting go, sweeping; nothing breaks or is half done."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.booking import buying, holds, refusals
from instashow.booking.buying import Seen
from instashow.booking.models import Hold, Ticket
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.models import Claim
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases
from tests.races import race

pytestmark = pytest.mark.races


def act(what: str, visitor: int, person: int, screening: int, seat_ids: list[int]) -> str:
    """One press of a button; "refused" is an answer, anything else that goes wrong ends the race."""
    try:
        with transaction():
            if what == "book":
                buying.book(person, screening, key=f"k{visitor}", seen=Seen(), now=now())
            elif what == "keep":
                holds.extend(visitor, screening, now=now())
            elif what == "release":
                holds.release(visitor, screening, seat_ids=seat_ids[:1], now=now())
            elif what == "hold":
                holds.hold(visitor, screening, seat_ids=seat_ids, now=now())
            else:
                holds.tidy(now())
    except refusals.Refusal:
        return "refused"
    return what


@both_databases
def test_all_buttons_at_once_leave_nothing_half_done(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 4)
    runners = []
    for row in "ABCD":
        visitor = a_visitor(person=True)
        hold(visitor, show, f"{row}1", f"{row}2", f"{row}3")
        own = {"visitor": visitor, "person": person_of(visitor), "screening": show.id}
        ids = list(seats(show, f"{row}4"))
        runners += [{"what": what, **own, "seat_ids": ids} for what in ("keep", "book", "hold", "release", "sweep") * 3]
    told = Counter(race(app, "tests.booking.test_races_of_one:act", runners, workers=5))
    assert told["book"] >= 4
    tickets = db.session.scalars(select(func.count(Ticket.id))).one()
    assert tickets == db.session.scalars(select(func.count()).where(Claim.ticket_id.is_not(None))).one()
    held = set(db.session.scalars(select(Claim.visitor_id).where(Claim.ticket_id.is_(None))))
    assert held <= set(db.session.scalars(select(Hold.visitor_id)))

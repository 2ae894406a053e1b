"""A timetable is brought in while people buy: no seat is held at a screening that was moved or cancelled under it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from instashow.booking import buying, holds, refusals, sale
from instashow.booking.buying import Seen
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings import importing
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim, Screening
from instashow.sheet import Refused
from tests.booking.buyers import lapse
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases
from tests.meeting import Meet, after, meeting


def on_the_timetable() -> Screening:
    """A screening with an id of the file's."""
    at = (now() + timedelta(hours=30)).replace(second=0, microsecond=0)
    show = hall_of_rows("ssssssss", external_id="X1", starts_at=at)
    with transaction():
        show.theatre.external_id, show.show.external_id = "T1", "S1"
    return show


def line(show: Screening, *, state: str = "on_sale", later: int = 0) -> bytes:
    """The file that says so of it; `later` in hours."""
    start = (show.starts_at + timedelta(hours=later)).isoformat(timespec="minutes")
    return f"id,theatre,show,start,state\nX1,T1,S1,{start},{state}\n".encode()


def bring(data: bytes) -> str:
    """What becomes of the file: the code of its first error, or "done"."""
    try:
        with transaction():
            importing.bring(data, now=now())
    except Refused as refused:
        return refused.sheet.errors[0].code
    return "done"


@both_databases
@pytest.mark.parametrize("other", [{"state": "cancelled"}, {"later": 5}, {"state": "draft"}])
def test_a_held_seat_keeps_its_screening_until_it_lapses(app: Flask, other: dict[str, str]) -> None:
    show = on_the_timetable()
    hold(a_visitor(), show, "A1", "A2")
    file = line(show, **other)  # type: ignore[arg-type]
    assert bring(file) == "sold"
    assert bring(line(show)) == "done"
    lapse()
    with transaction():
        db.session.execute(update(Claim).values(held_until=now() - timedelta(minutes=2)))
    assert bring(file) == "done"


def test_a_sold_seat_keeps_its_screening(app: Flask) -> None:
    show, meena = on_the_timetable(), a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    with transaction():
        buying.book(person_of(meena), show.id, key="one", seen=Seen(), now=now())
    assert bring(line(show, later=5)) == "sold"


def test_a_hold_that_lapsed_this_minute_may_be_on_its_way_to_the_till(app: Flask) -> None:
    show = on_the_timetable()
    hold(a_visitor(), show, "A1", "A2")
    lapse()
    assert bring(line(show, later=5)) == "sold"


def hold_one(meet: Meet, visitor: int, screening: int, seat: int, locked: bool) -> str:
    """A buyer who has seen the sale, and takes the seat."""
    holds.kept_sale = after(meet, sale.kept_sale if locked else sale.sale_of)
    try:
        with transaction():
            holds.hold(visitor, screening, seat_ids=[seat], now=now())
    except refusals.ScreeningCancelled:
        return "cancelled"
    return "held"


def cancel_by_file(meet: Meet, data: bytes, locked: bool) -> str:
    """Staff who have seen that no seat is held, and cancel."""
    if not locked:
        importing._keep_buyers_out = lambda ids: None
    importing._refuse_sold = after(meet, importing._refuse_sold)
    return bring(data)


def race(app: Flask, *, locked: bool) -> tuple[list[str], str, int]:
    """What the buyer and the file got; the screening's state, and how many seats are held."""
    show, visitor = on_the_timetable(), a_visitor()
    buyer = {"visitor": visitor, "screening": show.id, "seat": seats(show, "A1")[0], "locked": locked}
    file = {"data": line(show, state="cancelled"), "locked": locked}
    here = "tests.booking.test_import_beside_sale:"
    told = meeting(app, (here + "hold_one", buyer), (here + "cancel_by_file", file), locked=locked)
    return told, db.session.scalars(select(Screening.state)).one(), len(taken(show.id, now()))


@pytest.mark.races
@both_databases
def test_a_seat_is_held_or_the_screening_cancelled_never_both(app: Flask) -> None:
    told, state, held = race(app, locked=True)
    assert (told, state, held) in [(["held", "sold"], "on_sale", 1), (["cancelled", "done"], "cancelled", 0)]


@pytest.mark.races
@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_without_the_locks_both_happen(app: Flask) -> None:
    assert race(app, locked=False) == (["held", "done"], "cancelled", 1)

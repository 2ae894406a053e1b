"""Choosing is holding: all or none, one clock, named refusals; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking import holds, refusals
from instashow.clock import now
from instashow.config import settings
from instashow.db import db, transaction
from instashow.people.models import Visitor
from instashow.screenings.claims import taken
from instashow.screenings.models import Claim, Screening
from tests.booking.sales import a_visitor, hall_of_rows, hold, seats
from tests.conftest import both_databases


@both_databases
def test_a_held_seat_is_nobody_elses_until_it_lapses(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi, meena = a_visitor(), a_visitor()
    lapses = hold(ravi, show, "A3", "A4")
    with pytest.raises(refusals.SeatsTaken) as refused:
        hold(meena, show, "A4", "A5")
    assert refused.value.seats == seats(show, "A4")
    assert set(taken(show.id, now())) == set(seats(show, "A3", "A4"))
    hold(meena, show, "A4", "A5", at=lapses)
    assert [claim.visitor_id for claim in taken(show.id, lapses).values()] == [meena, meena]


@both_databases
def test_more_seats_share_the_first_ones_clock(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    first = hold(ravi, show, "A1", "A2")
    later = now() + timedelta(minutes=5)
    assert hold(ravi, show, "A3", "A4", at=later) == first
    assert hold(ravi, show, "A1", at=later) == first
    held = holds.held(ravi, show.id, later)
    assert held is not None
    assert {claim.place_id for claim in held.claims} == set(seats(show, "A1", "A2", "A3", "A4"))
    assert {claim.held_until for claim in held.claims} == {first}


@both_databases
def test_a_lapsed_hold_goes_back_on_sale(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    lapses = hold(ravi, show, "A1", "A2")
    assert holds.held(ravi, show.id, lapses - timedelta(seconds=1))
    assert holds.held(ravi, show.id, lapses) is None
    assert taken(show.id, lapses) == {}
    with transaction():
        assert holds.tidy(lapses) == 2
    assert db.session.scalars(select(Claim)).all() == []


@both_databases
def test_letting_go_frees_one_seat_or_all(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    hold(ravi, show, "A1", "A2", "A3")
    with transaction():
        assert holds.release(ravi, show.id, seat_ids=seats(show, "A3"), now=now()) == set(seats(show, "A3"))
    with transaction():
        holds.release(ravi, show.id, seat_ids=None, now=now())
    assert taken(show.id, now()) == {}
    assert holds.held(ravi, show.id, now()) is None


@both_databases
def test_seats_are_kept_two_minutes_longer_ten_times(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    first = hold(ravi, show, "A1", "A2")
    for _ in range(10):
        with transaction():
            until = holds.extend(ravi, show.id, now=now())
    assert until == first + timedelta(minutes=20)
    assert taken(show.id, first + timedelta(minutes=19)).keys() == set(seats(show, "A1", "A2"))
    with pytest.raises(refusals.TooOften):
        keep(ravi, show)


def keep(visitor: int, show: Screening) -> None:
    with transaction():
        holds.extend(visitor, show.id, now=now())


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": "cancelled"}, refusals.ScreeningCancelled),
        ({"sale_closes_at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, refusals.SalesClosed),
    ],
)
def test_seats_are_not_kept_past_the_sale(
    app: Flask, change: dict[str, object], refusal: type[refusals.Refusal]
) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    hold(ravi, show, "A1", "A2")
    with transaction():
        for name, value in change.items():
            setattr(db.session.get_one(Screening, show.id), name, value)
    with pytest.raises(refusal):
        keep(ravi, show)


def test_a_lapsed_hold_is_not_kept(app: Flask) -> None:
    show = hall_of_rows("ssssssss")
    ravi = a_visitor()
    lapses = hold(ravi, show, "A1", "A2")
    with pytest.raises(refusals.HoldLapsed):
        holds.extend(ravi, show.id, now=lapses)


@pytest.mark.parametrize(
    ("row", "chosen", "refusal", "named"),
    [
        ("LRLRss", ["A1"], refusals.PairRequired, ["A2"]),
        ("Wcssss", ["A2"], refusals.CompanionOnly, ["A2"]),
        ("ssxsss", ["A3"], refusals.NotOnSale, ["A3"]),
        ("sssssss", ["A2", "A4"], refusals.LoneSeat, ["A3"]),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    app: Flask, row: str, chosen: list[str], refusal: type[refusals.Refusal], named: list[str]
) -> None:
    show = hall_of_rows(row)
    ravi = a_visitor()
    with pytest.raises(refusal) as refused:
        hold(ravi, show, *chosen)
    assert refused.value.seats == seats(show, *named)
    assert taken(show.id, now()) == {}


def test_what_fits_is_held(app: Flask) -> None:
    show = hall_of_rows("LRLRss", "Wcssss")
    hold(a_visitor(), show, "A1", "A2")
    hold(a_visitor(), show, "B1", "B2")
    assert len(taken(show.id, now())) == 4


def test_a_companion_seat_is_released_before_the_start(app: Flask) -> None:
    show = hall_of_rows("Wcssss", hours=1)
    with pytest.raises(refusals.CompanionOnly):
        hold(a_visitor(), show, "A2", at=show.starts_at - timedelta(minutes=61))
    hold(a_visitor(), show, "A2", at=show.starts_at - timedelta(minutes=60))


def test_letting_a_wheelchair_place_go_lets_its_companion_go(app: Flask) -> None:
    show = hall_of_rows("Wcssss")
    ravi = a_visitor()
    hold(ravi, show, "A1", "A2")
    with transaction():
        gone = holds.release(ravi, show.id, seat_ids=seats(show, "A1"), now=now())
    assert gone == set(seats(show, "A1", "A2"))


def test_eleven_seats_are_too_many(app: Flask) -> None:
    show = hall_of_rows("ssssssssssssssss")
    ravi = a_visitor()
    hold(ravi, show, *[f"A{n}" for n in range(1, 11)])
    with pytest.raises(refusals.TooManySeats) as refused:
        hold(ravi, show, "A11", "A12")
    assert refused.value.facts["most"] == 10
    assert len(taken(show.id, now())) == 10


def test_one_address_holds_twenty_seats_without_signing_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "instashow", replace(settings(), limits="on"))
    show = hall_of_rows("ssssssssss", "ssssssssss", "ssssssssss")
    first, second, third = (a_visitor(address="one house") for _ in range(3))
    hold(first, show, *[f"A{n}" for n in range(1, 11)])
    hold(second, show, *[f"B{n}" for n in range(1, 11)])
    with pytest.raises(refusals.TooManySeats):
        hold(third, show, "C1")
    hold(a_visitor(address="another house"), show, "C1", "C2")
    hold(a_visitor(person=True, address="one house"), show, "C5", "C6")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": "cancelled"}, refusals.ScreeningCancelled),
        ({"stopped_at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, refusals.NotOnSale),
        ({"sale_opens_at": datetime.fromisoformat("2999-01-01T00:00:00+00:00")}, refusals.NotOnSale),
        ({"sale_closes_at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, refusals.SalesClosed),
        ({"state": "draft"}, LookupError),
    ],
)
def test_a_sale_that_is_not_open_is_refused(app: Flask, change: dict[str, object], refusal: type[Exception]) -> None:
    show = hall_of_rows("ssssssss", **change)
    with pytest.raises(refusal):
        hold(a_visitor(), show, "A1", "A2")


def test_an_unknown_seat_or_one_of_another_hall_is_not_there(app: Flask) -> None:
    show, other = hall_of_rows("ssssssss"), hall_of_rows("rrrr")
    with pytest.raises(LookupError), transaction():
        holds.hold(a_visitor_inside(), show.id, seat_ids=seats(other, "A1"), now=now())


def a_visitor_inside() -> int:
    row = Visitor(created_at=now())
    db.session.add(row)
    db.session.flush()
    return row.id

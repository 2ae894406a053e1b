"""A hold's clock is set by its first seat and stands until it is over: nothing but keeping the seats moves it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from instashow.booking import buying, holds, refusals
from instashow.booking.buying import Seen
from instashow.clock import now
from instashow.db import transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from tests.booking.sales import a_visitor, hall_of_rows, hold, person_of, seats
from tests.conftest import both_databases


def let_go(visitor: int, show: Screening, *names: str) -> None:
    """These seats, or all of them."""
    ids = seats(show, *names) if names else None
    with transaction():
        holds.release(visitor, show.id, seat_ids=ids, now=now())


def keep(visitor: int, show: Screening) -> None:
    with transaction():
        holds.extend(visitor, show.id, now=now())


@both_databases
def test_letting_all_go_and_taking_them_again_renews_nothing(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), a_visitor()
    first = hold(ravi, show, "A1", "A2")
    for minutes in (3, 6):
        let_go(ravi, show)
        assert taken(show.id, now()) == {}
        assert hold(ravi, show, "A1", "A2", at=now() + timedelta(minutes=minutes)) == first
    let_go(ravi, show, "A1", "A2")
    assert hold(ravi, show, "A1", "A2", at=now() + timedelta(minutes=7)) == first
    assert hold(ravi, show, "A1", "A2", at=first) == first + timedelta(minutes=8)


@both_databases
def test_signing_out_frees_the_seats_and_renews_nothing(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), a_visitor(person=True)
    first = hold(meena, show, "A1", "A2")
    with transaction():
        holds.give_up(meena)
    assert taken(show.id, now()) == {}
    assert hold(meena, show, "A1", at=now() + timedelta(minutes=5)) == first


@both_databases
def test_letting_go_gives_no_more_times_to_keep_the_seats(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), a_visitor()
    hold(ravi, show, "A1", "A2")
    for _ in range(10):
        keep(ravi, show)
    let_go(ravi, show)
    hold(ravi, show, "A1", "A2")
    with pytest.raises(refusals.TooOften):
        keep(ravi, show)


def test_an_empty_hold_is_not_kept(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssss"), a_visitor()
    first = hold(ravi, show, "A1", "A2")
    let_go(ravi, show)
    with pytest.raises(refusals.HoldLapsed):
        keep(ravi, show)
    assert hold(ravi, show, "A1", "A2") == first


def test_a_booking_ends_the_clock(app: Flask) -> None:
    show, meena = hall_of_rows("ssssssss"), a_visitor(person=True)
    first = hold(meena, show, "A1", "A2")
    with transaction():
        buying.book(person_of(meena), show.id, key="first", seen=Seen(), now=now())
    assert hold(meena, show, "A3", "A4") > first


@both_databases
def test_signing_in_adds_no_times_to_keep_the_seats(app: Flask) -> None:
    show, stranger, meena = hall_of_rows("ssssssss"), a_visitor(), a_visitor(person=True)
    hold(meena, show, "A1", "A2")
    for _ in range(10):
        keep(meena, show)
    hold(stranger, show, "A5", "A6")
    with transaction():
        holds.adopt(stranger, meena, now=now())
    with pytest.raises(refusals.TooOften):
        keep(meena, show)


def test_a_stranger_keeps_the_times_that_are_left_on_signing_in(app: Flask) -> None:
    show, stranger, meena = hall_of_rows("ssssssss"), a_visitor(), a_visitor(person=True)
    hold(stranger, show, "A5", "A6")
    for _ in range(9):
        keep(stranger, show)
    with transaction():
        holds.adopt(stranger, meena, now=now())
    keep(meena, show)
    with pytest.raises(refusals.TooOften):
        keep(meena, show)

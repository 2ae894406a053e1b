"""What a party is offered can be held: it is free, together, and would not be refused."""

from __future__ import annotations

from flask import Flask

from instashow.booking import holds, seat_words, ways_on
from instashow.booking import house as houses
from instashow.booking.house import House
from instashow.clock import now
from instashow.db import transaction
from instashow.screenings.models import Screening
from tests import cast
from tests.booking.sales import a_visitor, hall_of_rows, hold
from tests.conftest import both_databases
from tests.theatres.plans import shipped


def seen_by(visitor: int | None, show: Screening) -> House:
    found = houses.look(show.id, visitor, now())
    assert found
    return found


def names(house: House, ids: tuple[int, ...]) -> str:
    return " ".join(seat_words.names(house.hall, ids))


def test_each_next_pair_is_another_one_until_they_begin_again(app: Flask) -> None:
    house = seen_by(None, hall_of_rows("ssssss", "ssssss"))
    found = [ways_on.next_best(house, 2, nth) for nth in range(7)]
    assert found[0] == ways_on.best(house, 2)
    seats = [seat for pair in found[:6] for seat in pair]
    assert len(set(seats)) == len(seats) == 12
    assert found[6] == found[0]


@both_databases
def test_what_is_offered_beside_can_be_held(app: Flask) -> None:
    show, ravi = hall_of_rows("sssssssss", "sssssssss"), a_visitor()
    hold(ravi, show, "A4", "A5")
    hold(a_visitor(), show, "A6", "A7")
    house = seen_by(ravi, show)
    offered = ways_on.beside(house, house.mine, 2)
    assert names(house, offered) == "A2 A3"
    with transaction():
        holds.hold(ravi, show.id, seat_ids=offered, now=now())
    assert len(seen_by(ravi, show).mine) == 4


def test_nothing_is_offered_where_nothing_fits(app: Flask) -> None:
    show, ravi = hall_of_rows("ssss"), a_visitor()
    hold(ravi, show, "A1", "A2")
    hold(a_visitor(), show, "A3", "A4")
    house = seen_by(ravi, show)
    assert ways_on.beside(house, house.mine, 1) == ()
    assert ways_on.next_best(house, 2, 0) == ()
    assert ways_on.best(house, 2) == ()


def test_a_drive_in_offers_bay_after_bay_and_a_lawn_offers_nothing(app: Flask) -> None:
    drivein = seen_by(None, cast.screening(where=cast.theatre("Drive-in", plan=shipped("drivein-60"))))
    assert drivein.cars
    assert len({ways_on.next_best(drivein, 4, nth) for nth in range(60)}) == 60
    lawn = seen_by(None, cast.screening(where=cast.theatre("Lawn", plan=shipped("open-air-150"))))
    assert not lawn.cars
    assert ways_on.best(lawn, 2) == ways_on.next_best(lawn, 2, 3) == ways_on.beside(lawn, (1,), 1) == ()

"""One tap takes the best block; houseful, no block, fewer places on sale; on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking import holds, refusals
from instashow.clock import now
from instashow.db import db, transaction
from instashow.screenings.claims import taken
from instashow.screenings.models import Screening
from instashow.theatres.models import Place
from tests.booking.sales import a_visitor, hall_of_rows
from tests.conftest import both_databases


@both_databases
def test_the_best_seats_are_held_together(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 6)
    ravi = a_visitor()
    with transaction():
        holds.hold_best(ravi, show.id, quantity=2, accessible=0, now=now())
    places = [db.session.get_one(Place, place) for place in sorted(taken(show.id, now()))]
    assert len({place.y for place in places}) == 1
    assert places[1].x - places[0].x == 1
    assert places[0].row in "DE"


def test_a_full_house_is_houseful_and_a_big_party_finds_no_block(app: Flask) -> None:
    show = hall_of_rows("ssss")
    best(3, show)
    with pytest.raises(refusals.NoBlock):
        best(2, show)
    best(1, show)
    with pytest.raises(refusals.Houseful):
        best(1, show)


def places_of(show: Screening) -> list[Place]:
    return list(db.session.scalars(select(Place).where(Place.layout_id == show.layout_id)))


def best(quantity: int, show: Screening) -> None:
    visitor = a_visitor()
    with transaction():
        holds.hold_best(visitor, show.id, quantity=quantity, accessible=0, now=now())


def test_fewer_places_on_sale_than_the_hall_has(app: Flask) -> None:
    show = hall_of_rows(*["ssssssss"] * 4, capacity=10)
    for _ in range(5):
        best(2, show)
    with pytest.raises(refusals.Houseful):
        best(1, show)
    free = next(place for place in places_of(show) if place.id not in taken(show.id, now()))
    visitor = a_visitor()
    with pytest.raises(refusals.NotOnSale), transaction():
        holds.hold(visitor, show.id, seat_ids=[free.id], now=now())

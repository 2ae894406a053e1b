"""A screening is added where its screen is free; refused with what is in the way and where it would fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing.models import CategoryPrice, PriceCard
from instashow.screenings import timetable
from instashow.screenings.models import Figures, Screening
from instashow.screenings.timetable import BadScreening, Conflict
from instashow.shows import shows
from instashow.shows.models import Show
from instashow.theatres import screens, theatres
from instashow.theatres.models import Screen, Theatre
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import hall, shipped


def add(show: Show, screen: Screen, starts_at: datetime, **beside: Any) -> Screening:
    with transaction():
        return timetable.add(show_id=show.id, screen_id=screen.id, starts_at=starts_at, now=now(), **beside)


def tomorrow(hour: int, minute: int = 0) -> datetime:
    """On the wall in Chennai."""
    midnight = (now() + timedelta(days=1, hours=5.5)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(hours=5.5) + timedelta(hours=hour, minutes=minute)


@both_databases
def test_what_follows_from_screen_show_and_start_is_reckoned(app: Flask) -> None:
    film, house = cast.show(runtime=100), cast.theatre(price_factor=12000, sale_closes_minutes=15)
    made = add(film, house.screens[0], tomorrow(25, 30))
    assert made.ends_at - made.starts_at == timedelta(minutes=110)
    assert (made.occupied_from, made.occupied_until - made.starts_at) == (made.starts_at, timedelta(minutes=125))
    assert (made.sale_opens_at, made.sale_closes_at - made.starts_at) == (None, timedelta(minutes=15))
    assert (made.day, made.minute) == ((tomorrow(12) + timedelta(hours=5.5)).date(), 1530)
    assert (made.list_price, made.capacity, made.state, made.format) == (30000, 40, "on_sale", "2D")


@both_databases
def test_a_taken_screen_is_refused_with_a_free_time_and_another_screen(app: Flask) -> None:
    film, house = cast.show(runtime=95), cast.theatre()
    other = cast.screen(house, plan=hall("ssss"))
    first = add(film, house.screens[0], tomorrow(18))
    with pytest.raises(Conflict) as refused:
        add(film, house.screens[0], tomorrow(19))
    assert refused.value.others == (first.id,)
    assert refused.value.offer == timetable.Offer(other.id, tomorrow(20))
    assert add(film, house.screens[0], tomorrow(20)).id
    assert add(film, other, tomorrow(19)).id


def test_where_nothing_is_free_nothing_is_offered(app: Flask) -> None:
    film, house = cast.show(runtime=1380), cast.theatre()
    add(film, house.screens[0], tomorrow(6))
    with pytest.raises(Conflict) as refused:
        add(cast.show("Short", runtime=300), house.screens[0], tomorrow(12))
    assert refused.value.offer == timetable.Offer(None, None)


def test_a_cancelled_screening_is_not_in_the_way(app: Flask) -> None:
    film, house = cast.show(), cast.theatre()
    first = add(film, house.screens[0], tomorrow(18))
    with transaction():
        first.state = "cancelled"
    assert add(film, house.screens[0], tomorrow(18)).id


def test_the_longest_show_is_in_the_way_until_its_end(app: Flask) -> None:
    film, house = cast.show(runtime=1440), cast.theatre()
    first = add(film, house.screens[0], tomorrow(0))
    with pytest.raises(Conflict) as refused:
        add(cast.show("Short"), house.screens[0], tomorrow(24))
    assert refused.value.others == (first.id,)


@pytest.mark.parametrize(
    ("beside", "errors"),
    [
        ({"starts_at": datetime(2001, 1, 1, tzinfo=UTC)}, {"start": "past"}),
        ({"capacity": 41}, {"capacity": "out_of_range"}),
        ({"capacity": 0}, {"capacity": "out_of_range"}),
        ({"list_price": -1}, {"list_price": "out_of_range"}),
        ({"runtime": 1441}, {"runtime": "out_of_range"}),
        ({"state": "sold_out"}, {"state": "unknown"}),
        ({"language": "x" * 41}, {"language": "too_long"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    app: Flask, beside: dict[str, Any], errors: dict[str, str]
) -> None:
    film, house = cast.show(), cast.theatre()
    with pytest.raises(BadScreening) as refused:
        add(film, house.screens[0], **{"starts_at": tomorrow(18), **beside})
    assert refused.value.errors == errors
    assert db.session.query(Screening).count() == 0


def test_removed_screens_theatres_and_shows_play_nothing(app: Flask) -> None:
    film, house = cast.show(), cast.theatre()
    screen = house.screens[0]
    for remove, error in (
        (lambda: screens.remove(screen, now=now()), {"screen": "unknown"}),
        (lambda: theatres.remove(house, now=now()), {"screen": "unknown"}),
    ):
        with transaction():
            remove()
        with pytest.raises(BadScreening) as refused:
            add(film, screen, tomorrow(18))
        assert refused.value.errors == error
        with transaction():
            screen.removed_at = house.removed_at = None
    with transaction():
        shows.remove(film, now=now())
    with pytest.raises(BadScreening, match="show unknown"):
        add(film, screen, tomorrow(18))


def put_card(house: Theatre, amount: int, **conditions: Any) -> None:
    with transaction():
        db.session.add(PriceCard(theatre_id=house.id, name="", amount=amount, created_at=now(), **conditions))


def test_the_list_price_comes_from_the_card_then_the_theatre_then_the_show(app: Flask) -> None:
    film, house = cast.show(base_price=20000), cast.theatre(price_factor=11000)
    screen = house.screens[0]
    assert add(film, screen, tomorrow(9)).list_price == 22000
    with transaction():
        shows.allocate(film.id, house.id, base_price=21000)
    assert add(film, screen, tomorrow(12)).list_price == 21000
    put_card(house, 30000)
    put_card(house, 35000, from_minute=1080, to_minute=1440)
    put_card(house, 50000, format="IMAX")
    assert add(film, screen, tomorrow(15)).list_price == 30000
    assert add(film, screen, tomorrow(18)).list_price == 35000
    assert add(film, screen, tomorrow(21), list_price=100).list_price == 100
    assert add(film, cast.screen(house, plan=hall("ss"), format="IMAX"), tomorrow(9)).list_price == 50000


@both_databases
def test_fewer_places_may_be_on_sale_and_an_unnumbered_hall_has_as_many_as_it_says(app: Flask) -> None:
    house = cast.theatre(plan=shipped("open-air-150"))
    film = cast.show()
    whole = add(film, house.screens[0], tomorrow(9))
    fewer = add(film, house.screens[0], tomorrow(18), capacity=100)
    assert (whole.capacity, fewer.capacity) == (150, 100)
    copies = {row.screening_id: (row.free, row.accessible_free) for row in db.session.query(Figures)}
    assert copies == {whole.id: (150, 4), fewer.id: (100, 4)}


@both_databases
def test_what_is_sold_of_a_hall_is_what_its_price_from_and_its_places_are_of(app: Flask) -> None:
    house = cast.theatre(plan=hall("ssssssss", "pppppppp", "pppppppp"))
    film = cast.show()
    with transaction():
        db.session.add(CategoryPrice(theatre_id=house.id, category="premium", difference=5000))
    whole, best = add(film, house.screens[0], tomorrow(9)), add(film, house.screens[0], tomorrow(18), capacity=8)
    copies = {row.screening_id: (row.free, row.price_from) for row in db.session.query(Figures)}
    assert copies == {whole.id: (24, 25000), best.id: (8, 30000)}


def test_love_seats_are_put_on_sale_in_pairs(app: Flask) -> None:
    house = cast.theatre(plan=hall("LRLR", "LRLR"))
    film = cast.show()
    with pytest.raises(BadScreening) as refused:
        add(film, house.screens[0], tomorrow(9), capacity=5)
    assert refused.value.errors == {"capacity": "pairs"}
    assert add(film, house.screens[0], tomorrow(9), capacity=6).capacity == 6

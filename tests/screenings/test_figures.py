"""What lists filter by agrees with the claims and with what the seat page asks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.clock import now
from instashow.db import db, insert, transaction
from instashow.pricing.models import CategoryPrice
from instashow.pricing.tariffs import tariff_of
from instashow.screenings import figures
from instashow.screenings.asking import PRICED, Asking, asking
from instashow.screenings.figures import Reckoned
from instashow.screenings.models import Claim, Figures, PricePoint, Screening
from instashow.theatres.layouts import hall as hall_of
from instashow.theatres.models import Theatre
from tests import cast
from tests.conftest import both_databases
from tests.theatres.plans import hall


def claim(screening: Screening, count: int, *, until: datetime, kind: str | None = None) -> None:
    """Hold so many places, the first ones of the hall (of a kind)."""
    places = [place for place in hall_of(screening.layout_id).places if kind in (None, place.kind)][:count]
    with transaction():
        for place in places:
            row = insert(Claim).values(screening_id=screening.id, place_id=place.id, held_until=until, prices={})
            db.session.execute(row)


def figure(screening: Screening, at: datetime | None = None) -> Reckoned:
    return figures.reckon([screening.id], at or now())[screening.id]


@both_databases
def test_held_places_are_not_free_and_lapsed_ones_are(app: Flask) -> None:
    made = cast.screening(where=cast.theatre(plan=hall("pppp", "sssss", "Wcss")))
    assert figure(made) == Reckoned(price_from=25000, free=13, accessible_free=1, sold=0)
    claim(made, 1, until=now() + timedelta(minutes=8), kind="wheelchair")
    claim(made, 3, until=now() + timedelta(minutes=4))
    assert figure(made) == Reckoned(price_from=25000, free=9, accessible_free=0, sold=0)
    assert figure(made, now() + timedelta(minutes=5)) == Reckoned(25000, free=12, accessible_free=0, sold=0)
    assert figure(made, now() + timedelta(minutes=8)) == Reckoned(25000, free=13, accessible_free=1, sold=0)


@both_databases
def test_the_price_from_is_that_of_the_cheapest_free_place(app: Flask) -> None:
    made = cast.screening(where=cast.theatre(plan=hall("ss", "pppp", "LRLR", "W")))
    claim(made, 2, until=now() + timedelta(minutes=8))
    assert figure(made).price_from == 30000
    claim(made, 4, until=now() + timedelta(minutes=8), kind="love")
    assert figure(made).price_from == 30000


def test_a_full_house_says_what_its_cheapest_place_would_cost(app: Flask) -> None:
    made = cast.screening(where=cast.theatre(plan=hall("ss", "pp", "W")))
    claim(made, 5, until=now() + timedelta(minutes=8))
    assert figure(made) == Reckoned(price_from=25000, free=0, accessible_free=0, sold=0)


@pytest.mark.parametrize("hours", [30, 12])
@pytest.mark.parametrize("guards", [{}, {"never_falls_last_day": True, "most_change_a_day": 500}])
def test_the_price_from_is_what_the_seat_page_asks(app: Flask, hours: int, guards: dict[str, int]) -> None:
    house = cast.theatre(plan=hall("ssss", "pppp"), **guards)
    made, twin = cast.screening(where=house, hours=hours), cast.screening(where=house, hours=hours + 4)
    with transaction():
        db.session.add(CategoryPrice(theatre_id=house.id, category="standard", difference=700))
        db.session.add(PricePoint(screening_id=made.id, at=now() - timedelta(hours=1), amount=24000))
    for one in (made, twin):
        assert figure(one).price_from == asked(one).first("standard")


def asked(screening: Screening) -> Asking:
    """What the seat page asks, nothing being sold."""
    row = select(*PRICED).join(Theatre, Theatre.id == Screening.theatre_id).where(Screening.id == screening.id)
    return asking(db.session.execute(row).one(), tariff_of(screening.theatre_id), sold=0, now=now())


@both_databases
def test_the_copy_is_remade_where_it_is_no_longer_true(app: Flask) -> None:
    house = cast.theatre()
    made, quiet, past = cast.screening(where=house), cast.screening(where=house, hours=40), cast.screening(hours=-5)
    at = now()
    with transaction():
        db.session.query(Figures).delete()

    def remake() -> int:
        with transaction():
            return figures.remake(figures.due(at, since=at), at)

    assert sorted(figures.due(at, since=at)) == sorted([made.id, quiet.id])
    assert (remake(), remake()) == (2, 0)
    claim(made, 2, until=at + timedelta(minutes=8))
    assert figures.due(at, since=at) == [made.id]
    assert (remake(), remake()) == (1, 0)
    assert db.session.get(Figures, made.id).free == 38  # type: ignore[union-attr]
    assert db.session.get(Figures, past.id) is None
    at += timedelta(minutes=8)
    assert figures.due(at, since=at) == [made.id]


def test_the_copy_is_remade_at_a_price_rules_hour(app: Flask) -> None:
    made = cast.screening(hours=24.5)
    at = now()
    with transaction():
        figures.remake([made.id], at)
    assert figures.due(at + timedelta(minutes=29), since=at) == []
    later = at + timedelta(minutes=31)
    assert figures.due(later, since=at) == [made.id]
    with transaction():
        figures.remake([made.id], later)
    db.session.expire_all()
    assert db.session.get(Figures, made.id).price_from == 22500  # type: ignore[union-attr]


def test_a_theatre_without_dynamic_prices_asks_its_list_price(app: Flask) -> None:
    made = cast.screening(where=cast.theatre(dynamic_prices=False), hours=3)
    assert figure(made).price_from == 25000
    with transaction():
        db.session.get_one(Theatre, made.theatre_id).dynamic_prices = True
    assert figure(made).price_from == 22500

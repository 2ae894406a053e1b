"""What is asked is kept where a theatre's guard rails want to know it, and holds the next price."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from instashow.pricing.tariffs import tariff_of
from instashow.screenings.asking import PRICED, lock
from instashow.screenings.models import PricePoint, Screening
from instashow.theatres.layouts import hall
from instashow.theatres.models import Theatre
from tests import cast
from tests.conftest import both_databases


def hold_at(show: Screening, at: datetime) -> tuple[int, list[str]]:
    """The price that holding a place of this screening locks, nothing being sold, and the reasons' codes."""
    row = select(*PRICED).join(Theatre, Theatre.id == Screening.theatre_id).where(Screening.id == show.id)
    place = hall(show.layout_id).places[0].id
    with transaction():
        tariff = tariff_of(show.theatre_id)
        locked = lock(db.session.execute(row).one(), tariff, show.layout_id, [place], sold=0, now=at)[place]
    price = locked["types"][str(tariff.types[0].id)]
    return price["amount"], [step[0] for step in price["trace"]]


@both_databases
@pytest.mark.parametrize(("never_falls", "later"), [(True, 25000), (False, 22500)])
def test_on_the_last_day_a_price_stands_where_its_theatre_says_so(app: Flask, never_falls: bool, later: int) -> None:
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(never_falls_last_day=never_falls), hours=30)
    for hours in (30, 29):
        assert hold_at(show, show.starts_at - timedelta(hours=hours))[0] == 25000
    amount, why = hold_at(show, show.starts_at - timedelta(hours=12))
    assert (amount, "never_falls" in why) == (later, never_falls)
    stored = db.session.scalars(select(PricePoint.amount).where(PricePoint.screening_id == show.id)).all()
    assert stored == ([25000] if never_falls else []), "once each price, and only where it counts"


@both_databases
def test_a_price_moves_no_further_in_a_day_than_its_theatre_says(app: Flask) -> None:
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(most_change_a_day=400), hours=50)
    assert hold_at(show, show.starts_at - timedelta(hours=50))[0] == 25000
    amount, why = hold_at(show, show.starts_at - timedelta(hours=12))
    assert (amount, "most_change" in why) == (24000, True)
    assert db.session.scalars(select(PricePoint.amount).order_by(PricePoint.id)).all() == [25000, 24000]

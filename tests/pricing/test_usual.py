"""A new database begins with prices that the back office can change."""

from __future__ import annotations

from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from instashow.pricing.models import CategoryPrice, PriceRule, TaxBand, TicketType
from instashow.pricing.quote import USUAL_RULES
from instashow.pricing.tariffs import tariff_of
from tests import cast
from tests.conftest import both_databases


@both_databases
def test_a_new_database_has_rules_types_differences_and_tax(app: Flask) -> None:
    tariff = tariff_of(cast.theatre().id)
    assert tariff.rules == USUAL_RULES
    assert [one.code for one in tariff.types] == ["adult", "child"]
    assert tariff.categories == {"premium": 5000, "recliner": 10000, "love": 7500, "car": 35000, "wheelchair": 0}
    assert [(band.up_to, band.rate) for band in tariff.bands] == [(10000, 1200), (None, 1800)]


@both_databases
def test_they_are_written_once(app: Flask) -> None:
    before = [db.session.query(table).count() for table in (PriceRule, TicketType, CategoryPrice, TaxBand)]
    with transaction():
        assert not usual.lay_down(now())
    assert before == [db.session.query(table).count() for table in (PriceRule, TicketType, CategoryPrice, TaxBand)]


def test_a_theatre_may_have_every_type(app: Flask) -> None:
    made = cast.theatre()
    with transaction():
        db.session.execute(db.insert(TicketType), usual.types(made.id, all_active=True))
    assert [one.code for one in tariff_of(made.id).types] == ["adult", "child", "senior", "student"]

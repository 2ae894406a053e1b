"""What an installation's prices begin with: rows, so that the back office can change them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import insert as plain_insert

from instashow import money
from instashow.config import settings
from instashow.db import db, on_sqlite
from instashow.pricing.models import CategoryPrice, PriceRule, TaxBand, TicketType
from instashow.pricing.quote import USUAL_RULES, WHOLE
from instashow.pricing.tax import INDIAN_GST

BASE_PRICE = "250"
"""What a show costs where nobody said, in major units."""
CATEGORIES = {"premium": "50", "recliner": "100", "love": "75", "car": "350", "wheelchair": "0"}
"""What a place of a category costs more, in major units; a car brings everybody in it."""
TYPES = (("adult", WHOLE, True), ("child", 5000, True), ("senior", 7500, False), ("student", 8000, False))
"""Code, share of the list price per ten thousand, whether every theatre has it."""


def lay_down(now: datetime) -> bool:
    """Write the usual rules, ticket types, category differences and tax; False where there are some already."""
    if not on_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("usual prices", 0))))
    if db.session.scalars(select(TicketType.id).where(TicketType.theatre_id.is_(None)).limit(1)).first():
        return False
    db.session.execute(plain_insert(PriceRule), _rules(now))
    db.session.execute(plain_insert(TicketType), types())
    db.session.execute(plain_insert(CategoryPrice), _categories())
    if settings().currency == "INR":
        db.session.execute(plain_insert(TaxBand), _tax())
    return True


def types(theatre_id: int | None = None, *, all_active: bool = False) -> list[dict[str, Any]]:
    """The rows of the known ticket types, for the installation or one theatre."""
    return [
        {
            "theatre_id": theatre_id,
            "code": code,
            "mode": "share",
            "value": share,
            "position": position,
            "active": everywhere or all_active,
        }
        for position, (code, share, everywhere) in enumerate(TYPES)
    ]


def base_price() -> int:
    """The installation's base price in minor units."""
    return money.parse(BASE_PRICE, settings().currency)


def _rules(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "kind": rule.kind,
            "change": rule.change,
            "sold_at_least": rule.sold_at_least,
            "sold_under": rule.sold_under,
            "hours_left_under": rule.hours_left_under,
            "active": True,
            "created_at": now,
        }
        for rule in USUAL_RULES
    ]


def _categories() -> list[dict[str, Any]]:
    currency = settings().currency
    return [{"category": name, "difference": money.parse(more, currency)} for name, more in CATEGORIES.items()]


def _tax() -> list[dict[str, Any]]:
    return [{"name": band.name, "up_to": band.up_to, "rate": band.rate} for band in INDIAN_GST]

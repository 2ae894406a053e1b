"""A theatre's tariff: its dynamic rules, category differences, ticket types and tax bands, ready to reckon with.

A theatre's own rows replace the installation's, each kind for itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import or_, select

from instashow.db import db
from instashow.pricing import tax
from instashow.pricing.models import CategoryPrice, PriceRule, TaxBand, TicketType
from instashow.pricing.quote import Rule
from instashow.pricing.quote import TicketType as Difference

Row = TypeVar("Row", PriceRule, CategoryPrice, TicketType, TaxBand)


@dataclass(frozen=True)
class Type:
    """A ticket type on offer."""

    id: int
    code: str
    name: str | None
    difference: Difference


@dataclass(frozen=True)
class Tariff:
    """How one theatre prices. `categories`: minor units that a category adds; one not named adds nothing."""

    rules: tuple[Rule, ...]
    categories: dict[str, int]
    types: tuple[Type, ...]
    bands: tuple[tax.Band, ...]

    def tax_lines(self, prices: Iterable[int]) -> list[dict[str, Any]]:
        """The tax contained in these prices, one line a rate (per ten thousand), amounts in minor units."""
        found = tax.lines(prices, self.bands)
        return [{"name": one.name, "rate": one.rate, "gross": one.gross, "amount": one.tax} for one in found]


def tariff_of(theatre_id: int) -> Tariff:
    """The tariff of a theatre, the first ticket type being the one that is chosen unasked."""
    return Tariff(
        rules=tuple(map(_rule, _own(PriceRule, theatre_id))),
        categories=_categories(theatre_id),
        types=tuple(map(_type, sorted(_own(TicketType, theatre_id), key=lambda one: (one.position, one.id)))),
        bands=tuple(tax.Band(one.name, one.up_to, one.rate) for one in _own(TaxBand, theatre_id)),
    )


def _categories(theatre_id: int) -> dict[str, int]:
    """A theatre may change one category and leave the others as they are."""
    rows = sorted(_wide(CategoryPrice, theatre_id), key=lambda row: row.theatre_id is not None)
    return {row.category: row.difference for row in rows}


def _own(table: type[Row], theatre_id: int) -> list[Row]:
    rows = _wide(table, theatre_id)
    return [row for row in rows if row.theatre_id] or rows


def _wide(table: type[Row], theatre_id: int) -> list[Row]:
    wide = select(table).where(or_(table.theatre_id == theatre_id, table.theatre_id.is_(None))).order_by(table.id)
    return [row for row in db.session.scalars(wide) if getattr(row, "active", True)]


def _rule(row: PriceRule) -> Rule:
    return Rule(
        kind=cast(Literal["sold", "time"], row.kind),
        change=row.change,
        sold_at_least=row.sold_at_least,
        sold_under=row.sold_under,
        hours_left_under=row.hours_left_under,
    )


def _type(row: TicketType) -> Type:
    return Type(row.id, row.code, row.name, Difference(cast(Literal["fixed", "share"], row.mode), row.value))

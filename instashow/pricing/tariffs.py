"""A theatre's tariff: its dynamic rules, category differences, ticket types and tax bands, ready to reckon with.

A theatre's own rows replace the installation's, each kind for itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from instashow.pricing import tax
from instashow.pricing.models import CategoryPrice, PriceRule, TaxBand, TicketType
from instashow.pricing.quote import Rule
from instashow.pricing.quote import TicketType as Difference
from instashow.statements import Gathered, gathered


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

    def tax_of(self, price: int) -> tuple[str | None, int | None]:
        """Name and rate (per ten thousand) of the tax in a ticket's price; None and None where there is none."""
        band = tax.band_of(price, self.bands)
        return (band.name, band.rate) if band else (None, None)


def tariff_of(theatre_id: int) -> Tariff:
    """The tariff of a theatre, the first ticket type being the one that is chosen unasked."""
    return read(ONE.text({"theatre": theatre_id}))


def rows_of(theatre: ColumnElement[int]) -> Any:
    """A column of a query of theatres: what `read` makes a theatre's tariff of. Saves whoever sells a question."""
    return gathered(_everything(theatre)).scalar_subquery()


class Line(NamedTuple):
    """A row of any of the four tables."""

    what: str
    theatre_id: int | None
    id: int
    a: Any
    b: Any
    c: Any
    n1: Any
    n2: Any
    n3: Any
    n4: Any


def _everything(theatre: ColumnElement[int]) -> CompoundSelect[Any]:
    """All four tables' rows as one shape: what, whose, id, three words, four numbers."""
    rule, category, kind, band = (one.__table__.c for one in (PriceRule, CategoryPrice, TicketType, TaxBand))
    shapes: tuple[tuple[Any, str, tuple[Any, ...], tuple[Any, ...]], ...] = (
        (
            rule,
            "rule",
            (rule.kind, None, None),
            (rule.change, rule.sold_at_least, rule.sold_under, rule.hours_left_under),
        ),
        (category, "category", (category.category, None, None), (category.difference, None, None, None)),
        (kind, "type", (kind.code, kind.name, kind.mode), (kind.value, kind.position, None, None)),
        (band, "band", (band.name, None, None), (band.up_to, band.rate, None, None)),
    )
    return union_all(*(_select(table, what, words, numbers, theatre) for table, what, words, numbers in shapes))


def _select(table: Any, what: str, words: Sequence[Any], numbers: Sequence[Any], theatre: Any) -> Any:
    columns = [cast(null(), String) if word is None else word for word in words]
    columns += [cast(null(), Integer) if number is None else number for number in numbers]
    named = [column.label(name) for column, name in zip(columns, ("a", "b", "c", "n1", "n2", "n3", "n4"), strict=True)]
    theirs = table.theatre_id == theatre
    chosen = select(literal(what).label("what"), table.theatre_id, table.id, *named)
    chosen = chosen.where(or_(theirs, table.theatre_id.is_(None)), *([table.active] if "active" in table else []))
    around = getattr(theatre, "table", None)
    return chosen if around is None else chosen.correlate(around)


ONE = Gathered(lambda: _everything(bindparam("theatre", type_=Integer)))


@lru_cache(maxsize=256)
def read(text: str) -> Tariff:
    """A tariff from its rows. The same rows make the same tariff: most theatres have the installation's."""
    rows = [Line(*row) for row in json.loads(text)]
    categories = sorted((row for row in rows if row.what == "category"), key=lambda row: row.theatre_id is not None)
    types = sorted(_own(rows, "type"), key=lambda row: (row.n2, row.id))
    return Tariff(
        rules=tuple(Rule(row.a, row.n1, row.n2, row.n3, row.n4) for row in _own(rows, "rule")),
        # A theatre may change one category and leave the others as they are.
        categories={row.a: row.n1 for row in categories},
        types=tuple(Type(row.id, row.a, row.b, Difference(row.c, row.n1)) for row in types),
        bands=tuple(tax.Band(row.a, row.n1, row.n2) for row in _own(rows, "band")),
    )


def _own(rows: Sequence[Line], what: str) -> list[Line]:
    found = sorted((row for row in rows if row.what == what), key=lambda row: row.id)
    return [row for row in found if row.theatre_id] or found

"""Prices for many screenings at once: the cards of a theatre, and the tariffs of several."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

from sqlalchemy import ColumnElement, and_, literal, or_, select, true, union_all

from instashow.db import db
from instashow.pricing.cards import Card
from instashow.pricing.models import CategoryPrice, PriceCard, PriceRule, TicketType
from instashow.pricing.quote import ADULT, Rule
from instashow.pricing.quote import TicketType as Difference

Row = TypeVar("Row", PriceCard, PriceRule, CategoryPrice, TicketType)


@dataclass(frozen=True)
class Terms:
    """What a price from is reckoned with: rules, what categories add (minor units), the type chosen unasked."""

    rules: tuple[Rule, ...]
    categories: dict[str, int]
    first_type: Difference


def cards_of(theatre_ids: Collection[int]) -> list[Card]:
    """The price cards of the installation and of these theatres."""
    return [
        Card(
            id=row.id,
            amount=row.amount,
            created_at=row.created_at,
            theatre_id=row.theatre_id,
            format=row.format,
            weekday=row.weekday,
            from_minute=row.from_minute,
            to_minute=row.to_minute,
        )
        for row in _wide(PriceCard, theatre_ids)
    ]


def terms_of(theatre_ids: Collection[int]) -> dict[int, Terms]:
    """The terms of each theatre, in one statement however many they are."""
    rules, types, categories = _tariffs(theatre_ids)
    usual = _terms(rules, categories, types, None)
    own = {row.theatre_id for rows in (rules, categories, types) for row in rows}
    return {one: _terms(rules, categories, types, one) if one in own else usual for one in theatre_ids}


def _terms(
    rules: list[PriceRule], categories: list[CategoryPrice], types: list[TicketType], theatre_id: int | None
) -> Terms:
    on_offer = sorted(_own([row for row in types if row.active], theatre_id), key=lambda row: (row.position, row.id))
    mine = [row for row in categories if row.theatre_id in (None, theatre_id)]
    return Terms(
        rules=tuple(_rule(row) for row in _own([row for row in rules if row.active], theatre_id)),
        categories={row.category: row.difference for row in sorted(mine, key=lambda row: row.theatre_id is not None)},
        first_type=_difference(on_offer[0]) if on_offer else ADULT,
    )


def _own(rows: list[Row], theatre_id: int | None) -> list[Row]:
    """A theatre's own rows replace the installation's."""
    own = [row for row in rows if theatre_id and row.theatre_id == theatre_id]
    return own or [row for row in rows if row.theatre_id is None]


def _tariffs(theatre_ids: Collection[int]) -> tuple[list[PriceRule], list[TicketType], list[CategoryPrice]]:
    """Three tables beneath one another, in one statement: each row has one of the three."""
    turns = union_all(*(select(literal(n).label("turn")) for n in range(3))).subquery()
    asked = select(PriceRule, TicketType, CategoryPrice).select_from(turns)
    tables: tuple[type[PriceRule | TicketType | CategoryPrice], ...] = (PriceRule, TicketType, CategoryPrice)
    for n, table in enumerate(tables):
        asked = asked.outerjoin(table, and_(turns.c.turn == n, _among(table, theatre_ids)))
    rows = db.session.execute(asked.order_by(PriceRule.id, TicketType.id, CategoryPrice.id)).all()
    rules, types, categories = zip(*rows, strict=True)
    return [one for one in rules if one], [one for one in types if one], [one for one in categories if one]


def _wide(table: type[Row], theatre_ids: Collection[int]) -> list[Row]:
    return list(db.session.scalars(select(table).where(_among(table, theatre_ids)).order_by(table.id)))


def _among(
    table: type[PriceCard | PriceRule | CategoryPrice | TicketType], theatre_ids: Collection[int]
) -> ColumnElement[bool]:
    """All of them where there are many theatres: a statement takes only so many parameters."""
    return or_(table.theatre_id.is_(None), table.theatre_id.in_(theatre_ids)) if len(theatre_ids) < 500 else true()


def _rule(row: PriceRule) -> Rule:
    return Rule(
        kind=cast(Literal["sold", "time"], row.kind),
        change=row.change,
        sold_at_least=row.sold_at_least,
        sold_under=row.sold_under,
        hours_left_under=row.hours_left_under,
    )


def _difference(row: TicketType) -> Difference:
    return Difference(cast(Literal["fixed", "share"], row.mode), row.value)

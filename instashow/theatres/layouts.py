"""Published seat layouts: written once, never changed, shared by all screens that have the same one."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, select
from sqlalchemy import insert as plain_insert

from instashow.db import db, insert
from instashow.statements import Statement
from instashow.theatres import layout_json
from instashow.theatres.models import Layout
from instashow.theatres.models import Place as PlaceRow
from instashow.theatres.plan import Place, Plan, Row, checked

KEPT = 64
"""Halls a process remembers."""


@dataclass(frozen=True, slots=True)
class HallPlace(Place):
    """A place of a published layout, with its id."""

    id: int = 0


@dataclass(frozen=True)
class Hall:
    """A published layout, ready to draw and to reason about: its lines from the screen to the back, and its places
    in row order, ids ascending. `capacity` counts the places that can be sold."""

    layout_id: int
    capacity: int
    unnumbered: bool
    lines: tuple[Row, ...]
    places: tuple[HallPlace, ...]
    by_id: dict[int, HallPlace]


def publish(plan: Plan, *, now: datetime, name: str = "") -> int:
    """The id of the layout with exactly these places: the one there is, else a new one. Raises LayoutError."""
    print_of = fingerprint(checked(plan))
    row = insert(Layout).values(
        name=name or str(plan.about.get("name", "")),
        fingerprint=print_of,
        capacity=plan.capacity,
        accessible=plan.wheelchair_places,
        unnumbered=bool(plan.unnumbered),
        plan=layout_json.write(plan),
        published_at=now,
    )
    new = row.on_conflict_do_nothing(index_elements=["fingerprint"]).returning(Layout.id)
    made: int | None = db.session.scalars(new).first()
    if made is None:
        return db.session.scalars(select(Layout.id).where(Layout.fingerprint == print_of)).one()
    db.session.execute(plain_insert(cast(Table, PlaceRow.__table__)), _rows(made, plan))
    return made


_names = tuple(one.name for one in fields(Place))
_all = attrgetter(*_names)
_unpaired = attrgetter(*(name for name in _names if name != "pair"))
"""Pairs are counted anew by every reader; that two halves stand together is said by kind and column."""


def fingerprint(plan: Plan) -> str:
    """The same for two plans that draw and sell the same hall, whatever they are called."""
    lines = [(row.label, row.width) for row in plan.rows]
    zones = [(zone.name, zone.rows) for zone in plan.zones]
    what = [plan.numbering, lines, zones, [_unpaired(place) for place in in_row_order(plan)]]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def _rows(layout_id: int, plan: Plan) -> list[dict[str, Any]]:
    return [{"layout_id": layout_id, **dict(zip(_names, _all(place), strict=True))} for place in in_row_order(plan)]


def in_row_order(plan: Plan) -> list[Place]:
    """The places from the screen to the back, left to right."""
    return sorted(plan.every_place(), key=lambda place: (place.y, place.x))


def hall(layout_id: int) -> Hall:
    """A published layout with its places, from this process's memory where it is there; one statement a request for
    each layout. Raises KeyError."""
    kept = _at_hand()
    if layout_id not in kept:
        found = CONTENTS.first({"layout": layout_id})
        if found is None or found[1] is None:
            raise KeyError(layout_id)
        kept[layout_id] = _remembered(layout_id, *found)
    return kept[layout_id]


def at_hand(layout_id: int, print_of: str, first: int | None) -> None:
    """Somebody read a layout's fingerprint and first place already: hall() asks for them no more in this request."""
    kept = _at_hand()
    if layout_id not in kept and first is not None:
        kept[layout_id] = _remembered(layout_id, print_of, first)


def first_place(layout_id: ColumnElement[int]) -> Any:
    """A column of a query of layouts: the id of its first place."""
    first = select(P.id).where(P.layout_id == layout_id).order_by(P.row, P.number).limit(1)
    return first.scalar_subquery()


def _at_hand() -> dict[int, Hall]:
    kept: dict[int, Hall] = db.session().info.setdefault("halls", {})
    return kept


def _remembered(layout_id: int, *found: Any) -> Hall:
    # A restored backup may give the same id to another layout: what is remembered goes by its contents too.
    known = (str(db.engine.url), layout_id, *found)
    if known not in _halls:
        _halls[known] = _read(layout_id)
        if len(_halls) > KEPT:
            _halls.popitem(last=False)
    return _halls[known]


_halls: OrderedDict[tuple[Any, ...], Hall] = OrderedDict()
P, L = PlaceRow.__table__.c, Layout.__table__.c
CONTENTS = Statement(lambda: select(L.fingerprint, first_place(L.id)).where(L.id == bindparam("layout")))


def _read(layout_id: int) -> Hall:
    layout = db.session.execute(
        select(Layout.capacity, Layout.unnumbered, Layout.plan).where(Layout.id == layout_id)
    ).one()
    columns = [getattr(PlaceRow, one.name) for one in fields(HallPlace)]
    rows = db.session.execute(select(*columns).where(PlaceRow.layout_id == layout_id).order_by(PlaceRow.id))
    places = tuple(HallPlace(*row) for row in rows)
    lines = () if layout.unnumbered else layout_json.read(layout.plan).rows
    return Hall(layout_id, layout.capacity, layout.unnumbered, lines, places, {place.id: place for place in places})


def plan_of(layout_id: int) -> Plan:
    """The plan that was published. Raises KeyError."""
    written = db.session.scalar(select(Layout.plan).where(Layout.id == layout_id))
    if written is None:
        raise KeyError(layout_id)
    return layout_json.read(cast(dict[str, Any], written))

"""Reading the seats' claims: what is taken at one screening, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from instashow.db import Moment, db
from instashow.screenings.models import Claim
from instashow.statements import Gathered


class Taken(NamedTuple):
    """A place that is not free: sold, or held by a visitor for a while."""

    place_id: int
    visitor_id: int | None
    sold: bool


def standing(now: datetime) -> ColumnElement[bool]:
    """The condition under which a claim counts: sold, or held and not lapsed."""
    return or_(Claim.ticket_id.is_not(None), Claim.held_until > now)


C: Any = Claim.__table__.c
TAKEN = Gathered(
    lambda: select(C.place_id, C.visitor_id, C.ticket_id.is_not(None)).where(
        C.screening_id == bindparam("screening"),
        or_(C.ticket_id.is_not(None), C.held_until > bindparam("now", type_=Moment)),
    )
)


def taken(screening_id: int, now: datetime) -> dict[int, Taken]:
    """The places of a screening that are not free, by place id."""
    rows = TAKEN.rows({"screening": screening_id, "now": now})
    return {one.place_id: one for one in starmap(Taken, rows)}


def held_by(visitor_id: int, gone: Mapping[int, Taken]) -> set[int]:
    """Of the places that are not free those that a visitor holds."""
    return {place for place, claim in gone.items() if claim.visitor_id == visitor_id and not claim.sold}


def sold(screening_id: int) -> int:
    """How many places of a screening are sold; holds do not count."""
    count = select(func.count()).where(Claim.screening_id == screening_id, Claim.ticket_id.is_not(None))
    return db.session.scalars(count).one()


def sold_of(screening_ids: Iterable[int]) -> dict[int, int]:
    """Places sold by screening, for those that sold any."""
    rows = db.session.execute(
        select(Claim.screening_id, func.count())
        .where(and_(Claim.screening_id.in_(list(screening_ids)), Claim.ticket_id.is_not(None)))
        .group_by(Claim.screening_id)
    )
    return {row[0]: row[1] for row in rows}

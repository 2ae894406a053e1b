"""Sales under way: what a visitor holds of any screening, for whoever is on another page meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select

from instashow.booking.claiming import CLAIMS, NOW, C
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from instashow.statements import Statement
from instashow.theatres.models import Layout, Place, Theatre

S: Any = Screening.__table__
W: Any = Show.__table__
T: Any = Theatre.__table__
L: Any = Layout.__table__
P: Any = Place.__table__


class UnderWay(NamedTuple):
    """The places held of one screening, and until when (UTC); `seats`: whether each is a seat that has a name."""

    screening_id: int
    title: str
    day: date
    places: int
    seats: bool
    until: datetime


def _all() -> Any:
    joined = CLAIMS.join(S, S.c.id == C.screening_id).join(W, W.c.id == S.c.show_id).join(T, T.c.id == S.c.theatre_id)
    joined = joined.join(L, L.c.id == S.c.layout_id).join(P, P.c.id == C.place_id)
    nameless = L.c.unnumbered | (P.c.kind == "car")
    until = func.min(C.held_until)
    return (
        select(S.c.id, W.c.title, S.c.day, func.count(), func.max(case((nameless, 1), else_=0)), until)
        .select_from(joined)
        .where(C.visitor_id == bindparam("visitor"), C.ticket_id.is_(None), C.held_until > NOW)
        .where(W.c.removed_at.is_(None), T.c.removed_at.is_(None))
        .group_by(S.c.id, W.c.title, S.c.day)
        .order_by(until, S.c.id)
    )


ALL = Statement(_all)


def under_way(visitor_id: int, now: datetime) -> list[UnderWay]:
    """What the visitor holds, screening by screening, what ends first first. One statement."""
    rows = ALL.rows({"visitor": visitor_id, "now": now})
    return [UnderWay(id, title, day, places, not nameless, until) for id, title, day, places, nameless, until in rows]

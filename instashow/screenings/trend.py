"""A theatre's trend: how full it was in the last 28 days, against the 28 before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from instashow.db import db
from instashow.screenings.models import Claim, Screening

SPAN = timedelta(days=28)


@dataclass(frozen=True)
class Trend:
    """Per cent of the places on sale that were sold; None: nothing was shown."""

    now: int | None
    before: int | None


def trend(theatre_id: int, now: datetime) -> Trend:
    """By places sold and places on sale, over the screenings that began in each span. One statement."""
    recent = case((Screening.starts_at > now - SPAN, 1), else_=0)
    sold = (
        select(func.count(Claim.ticket_id))
        .where(Claim.screening_id == Screening.id)
        .correlate(Screening)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(recent, func.sum(Screening.capacity), func.sum(sold))
        .where(Screening.theatre_id == theatre_id, Screening.state == "on_sale")
        .where(Screening.starts_at > now - 2 * SPAN, Screening.starts_at <= now)
        .group_by(recent)
    )
    shares = {bool(late): 100 * (taken or 0) // places for late, places, taken in rows if places}
    return Trend(shares.get(True), shares.get(False))

"""Forgetting anonymous visitors that hold nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from instashow.booking.models import Hold
from instashow.db import db
from instashow.people.models import Visitor
from instashow.screenings.models import Claim

REMEMBERED = timedelta(days=30)


def visitors(now: datetime, *, at_most: int = 500) -> int:
    """Remove anonymous visitors of long ago, and whatever hold lapsed with them; how many visitors."""
    old = (
        select(Visitor.id)
        .where(Visitor.person_id.is_(None), Visitor.created_at < now - REMEMBERED)
        .where(~exists().where(Claim.visitor_id == Visitor.id))
        .where(~exists().where(Hold.visitor_id == Visitor.id, Hold.expires_at > now))
        .limit(at_most)
    )
    gone = delete(Visitor).where(Visitor.id.in_(old.scalar_subquery()))
    return len(db.session.execute(gone.returning(Visitor.id)).all())

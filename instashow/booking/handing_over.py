"""What an anonymous visitor holds of one screening becomes the person's: the earlier clock stands, and how often
either was kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from instashow.booking import choosing, claiming
from instashow.booking.models import Hold
from instashow.booking.sale import Sale, sale_of
from instashow.db import db, insert


def screening(screening_id: int, old: int, new: int, now: datetime) -> set[int]:
    """Hand one screening's hold over; gives the places that were let go past the limit."""
    theirs, sale = claiming.hold_of(old, screening_id), sale_of(screening_id)
    if theirs is None or sale is None or theirs.expires_at <= now:
        return set()
    if own := _standing(new, theirs):
        running = own.expires_at > now and bool(claiming.mine(new, screening_id, now))
        own.extensions = max(theirs.extensions, own.extensions) if own.expires_at > now else theirs.extensions
        own.expires_at = min(theirs.expires_at, own.expires_at) if running else theirs.expires_at
        db.session.flush()
    until = own.expires_at if own else theirs.expires_at
    db.session.execute(delete(Hold).where(Hold.id == theirs.id))
    claiming.hand_over(old, new, screening_id, now)
    claiming.keep_until(new, screening_id, until=until, now=now)
    return _let_go_past_limit(new, sale, now)


def _standing(visitor_id: int, theirs: Hold) -> Hold | None:
    """The person's own hold; None where the stranger's has become it. Whoever holds for them elsewhere at this moment
    is waited for, and waits for us."""
    clock = {"began_at": theirs.began_at, "expires_at": theirs.expires_at, "extensions": theirs.extensions}
    row = insert(Hold).values(visitor_id=visitor_id, screening_id=theirs.screening_id, **clock)
    row = row.on_conflict_do_nothing(index_elements=["visitor_id", "screening_id"])
    if db.session.execute(row.returning(Hold.id)).first():
        return None
    return claiming.hold_of(visitor_id, theirs.screening_id)


def _let_go_past_limit(visitor_id: int, sale: Sale, now: datetime) -> set[int]:
    claims = claiming.mine(visitor_id, sale.screening_id, now)
    may = sale.most_seats - claiming.buyer(visitor_id, sale.screening_id).bought
    newest = sorted(claims, key=lambda claim: (claim.held_at or now, claim.place_id), reverse=True)
    over = {claim.place_id for claim in newest[: max(0, len(claims) - may)]}
    if not over:
        return set()
    going = choosing.with_partners(sale, going=over, own={claim.place_id for claim in claims}, now=now)
    return claiming.let_go(visitor_id, sale.screening_id, going)

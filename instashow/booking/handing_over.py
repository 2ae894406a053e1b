"""What an anonymous visitor holds of one screening becomes the person's: the earlier clock stands, and how often
either was kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from instashow.booking import choosing, claiming
from instashow.booking.models import Hold
from instashow.booking.sale import Sale, sale_of
from instashow.db import db


def screening(screening_id: int, old: int, new: int, now: datetime) -> set[int]:
    """Hand one screening's hold over; gives the places that were let go past the limit."""
    theirs, own = claiming.hold_of(old, screening_id), claiming.hold_of(new, screening_id)
    sale = sale_of(screening_id)
    if theirs is None or sale is None or theirs.expires_at <= now:
        return set()
    running = own is not None and own.expires_at > now and bool(claiming.mine(new, screening_id, now))
    until = min(theirs.expires_at, own.expires_at) if own and running else theirs.expires_at
    kept = max(theirs.extensions, own.extensions) if own and own.expires_at > now else theirs.extensions
    if own:
        db.session.execute(delete(Hold).where(Hold.id == own.id))
    clock = {"visitor_id": new, "expires_at": until, "extensions": kept}
    db.session.execute(update(Hold).where(Hold.id == theirs.id).values(**clock))
    claiming.hand_over(old, new, screening_id, now)
    claiming.keep_until(new, screening_id, until=until, now=now)
    return _let_go_past_limit(new, sale, now)


def _let_go_past_limit(visitor_id: int, sale: Sale, now: datetime) -> set[int]:
    claims = claiming.mine(visitor_id, sale.screening_id, now)
    may = sale.most_seats - claiming.buyer(visitor_id, sale.screening_id).bought
    newest = sorted(claims, key=lambda claim: (claim.held_at or now, claim.place_id), reverse=True)
    over = {claim.place_id for claim in newest[: max(0, len(claims) - may)]}
    if not over:
        return set()
    going = choosing.with_partners(sale, going=over, own={claim.place_id for claim in claims}, now=now)
    return claiming.let_go(visitor_id, sale.screening_id, going)

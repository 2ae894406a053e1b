"""The best seats for a party, asked for once however often the button is pressed."""

from __future__ import annotations

from datetime import datetime

from instashow.booking import holds


def fill_up(visitor_id: int, screening_id: int, *, party: int, accessible: int, now: datetime) -> datetime:
    """Hold the best places that are still missing to so many in all; gives when the hold lapses.

    Raises as holds.hold_best() does.
    """
    clock = holds.hold(visitor_id, screening_id, seat_ids=(), now=now)  # a twin waits here, then finds what we took
    own = holds.held(visitor_id, screening_id, now)
    missing = party - (len(own.claims) if own else 0)
    if missing <= 0:
        return clock
    wheelchairs = min(accessible, missing)
    return holds.hold_best(visitor_id, screening_id, quantity=missing, accessible=wheelchairs, now=now)

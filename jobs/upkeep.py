"""Keeping house: what the queue lost is queued again, what is over is tidied away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from instashow import work
from instashow.alerts import outgoing
from instashow.clock import now
from instashow.db import db, transaction
from jobs import alerts, huey, papers

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)
"""What is due that recently was most likely hurried."""
FULL = 1000
"""With so many jobs waiting, queueing them twice helps nobody."""


def sweep() -> None:
    """Queue whatever is due and was not hurried, or whose worker died."""
    _find_lost()
    if huey.pending_count() > FULL:
        return
    for work_id in work.due(now() - GRACE, at_most=FULL):
        papers.make(work_id)
    for delivery_id in outgoing.due(now() - GRACE, at_most=FULL):
        alerts.deliver(delivery_id)


def do_due() -> int:
    """Do, without the queue, one batch of what is due now; how many pieces."""
    _find_lost()
    pieces = [(papers.make, one) for one in work.due(now())] + [(alerts.deliver, one) for one in outgoing.due(now())]
    for task, one in pieces:
        task.call_local(one)
    return len(pieces)


def _find_lost() -> None:
    with transaction():
        lost = outgoing.find_lost(now())
    for delivery_id, state in lost:
        log.error("delivery %s was being sent when its worker died; it is %s", delivery_id, state)


def tidy() -> None:
    """Take away what is over, in short transactions."""
    for rule in tidying:
        while True:
            with transaction():
                gone = rule()
            db.session.remove()
            if not gone:
                break


tidying: list[Callable[[], int]] = []
"""Rules that take away one batch of what is over and say how many rows that was."""

"""Keeping house: what the queue lost is queued again, what is over is tidied away."""

from __future__ import annotations

import logging
from datetime import timedelta

from instashow import files, once, work
from instashow.alerts import outgoing
from instashow.booking import forgetting, holds
from instashow.clock import now
from instashow.db import transaction
from instashow.people import sessions
from jobs import alerts, huey, papers

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)
"""What is due that recently was most likely hurried."""
FULL = 1000
"""With so many jobs waiting, queueing them twice helps nobody."""
KEPT = timedelta(days=60)
"""Papers can be made again."""
HOURLY = timedelta(minutes=50)


def sweep() -> None:
    """Queue whatever is due and was not hurried, or whose worker died."""
    once_more = _find_lost()
    if huey.pending_count() > FULL:
        return
    for work_id in work.due(now() - GRACE, at_most=FULL):
        papers.make(work_id)
    for delivery_id in once_more + outgoing.due(now() - GRACE, at_most=FULL):
        alerts.deliver(delivery_id)


def do_due() -> int:
    """Do, without the queue, one batch of what is due now; how many pieces."""
    _find_lost()
    pieces = [(papers.make, one) for one in work.due(now())] + [(alerts.deliver, one) for one in outgoing.due(now())]
    for task, one in pieces:
        task.call_local(one)
    return len(pieces)


def _find_lost() -> list[int]:
    """Settle what was being sent when its worker died; the ids of those that are sent once more, at once."""
    with transaction():
        lost = outgoing.find_lost(now())
    for delivery_id, state in lost:
        log.error("delivery %s was being sent when its worker died; it is %s", delivery_id, state)
    return [delivery_id for delivery_id, state in lost if state == "waiting"]


def tidy() -> None:
    """Take away what is over, in short transactions, if it is our turn."""
    with transaction():
        if work.turn("tidy", HOURLY, now()) is None:
            return
    for rule in (holds.tidy, sessions.tidy, once.tidy, forgetting.visitors):
        with transaction():
            rule(now())
    _old_letters()
    _old_papers()


def _old_letters() -> None:
    """In short transactions, until none is left."""
    gone = 1
    while gone:
        with transaction():
            gone = outgoing.tidy(now())


def _old_papers() -> None:
    """The rows first: a file without a row is only waste, a row without its file would be believed."""
    while True:
        with transaction():
            gone = work.tidy(("ticket", "receipt"), before=now() - KEPT)
        for name in filter(None, gone):
            files.remove(name)
        if not gone:
            return

"""Making papers, and whatever else is a row of work: claimed, made, settled."""

from __future__ import annotations

import logging

from instashow import work
from instashow.alerts import papers
from instashow.clock import now
from instashow.db import transaction
from instashow.work import Claim
from jobs import alerts, job, leases

log = logging.getLogger(__name__)


@job(priority=10)
def make(work_id: int) -> None:
    """Do the work of this row, unless another worker does; what it made is a file's name."""
    with transaction():
        mine = work.claim(work_id, now())
    if mine is None:
        return
    lease = leases.Renewed(mine)
    try:
        with lease:
            name = papers.made(mine)
    except Exception as error:
        log.exception("work %s (%s %s) failed", mine.id, mine.kind, mine.key)
        _fail(lease.mine, f"{type(error).__name__}: {error}")
    else:
        with transaction():
            work.finish(lease.mine, file=name, now=now())
        alerts.wake(work_id)


work.hurry.append(make)


def _fail(mine: Claim, error: str) -> None:
    with transaction():
        state = work.fail(mine, error=error, now=now())
    if state == "failed":
        log.error("work %s was given up: %s", mine.id, error)
        alerts.wake(mine.id)

"""Making papers, and whatever else is a row of work: claimed, made, settled."""

from __future__ import annotations

import logging

from instashow import work
from instashow.alerts import papers
from instashow.clock import now
from instashow.db import transaction
from jobs import alerts, job

log = logging.getLogger(__name__)


@job(priority=10)
def make(work_id: int) -> None:
    """Do the work of this row, unless another worker does; what it made is a file's name."""
    with transaction():
        row = work.claim(work_id, now())
    if row is None:
        return
    try:
        name = papers.made(row)
    except Exception as error:
        log.exception("work %s (%s %s) failed", row.id, row.kind, row.key)
        _fail(work_id, f"{type(error).__name__}: {error}")
    else:
        with transaction():
            work.finish(work_id, file=name, now=now())
        alerts.wake(work_id)


work.hurry.append(make)


def _fail(work_id: int, error: str) -> None:
    with transaction():
        state = work.fail(work_id, error=error, now=now())
    if state == "failed":
        log.error("work %s was given up: %s", work_id, error)
        alerts.wake(work_id)

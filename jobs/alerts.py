"""Delivering messages: the letter is written, its row claimed, the letter sent, the row settled."""

from __future__ import annotations

import logging

from instashow import outbox
from instashow.alerts import channels, outgoing, papers
from instashow.alerts.letters import Letter, NotReady
from instashow.alerts.outgoing import Waiting
from instashow.clock import now
from instashow.db import transaction
from jobs import job

log = logging.getLogger(__name__)


@job(priority=10)
def deliver(delivery_id: int) -> None:
    """Send what waits. Written before it is claimed, so that a crash while writing leaves no doubt behind."""
    waiting = outgoing.waiting(delivery_id, now())
    if waiting is None:
        return
    letter = _written(waiting)
    if letter:
        _send(waiting, letter)


outbox.hurry.append(deliver)


def wake(work_id: int) -> None:
    """Hurry the letters that waited for this work, whatever came of it."""
    with transaction():
        ids = outgoing.wake(work_id, now())
    for delivery_id in ids:
        deliver(delivery_id)


def _written(waiting: Waiting) -> Letter | None:
    letter = None
    try:
        letter = None if waiting.unwelcome else papers.written(waiting.kind, waiting.to, waiting.facts)
        if letter is None:
            _skip(waiting, waiting.unwelcome or "nothing to say any more")
    except NotReady as paper:
        _come_back(waiting, paper.work_id)
    except Exception as error:
        log.exception("the letter of delivery %s (%s) cannot be written", waiting.delivery_id, waiting.kind)
        with transaction():
            outgoing.unwritten(waiting.delivery_id, f"{type(error).__name__}: {error}", now())
    return letter


def _skip(waiting: Waiting, why: str) -> None:
    with transaction():
        outgoing.skip(waiting.delivery_id, why, now())


def _come_back(waiting: Waiting, work_id: int) -> None:
    """Its paper is being made: look again soon."""
    with transaction():
        outgoing.postpone(waiting.delivery_id, work_id, now())
    deliver.schedule((waiting.delivery_id,), delay=outgoing.PAUSE.total_seconds())


def _send(waiting: Waiting, letter: Letter) -> None:
    with transaction():
        claim = outgoing.claim(waiting.delivery_id, now())
    if claim is None:
        return
    outcome = channels.send(waiting, letter)  # no transaction is open while the post office talks
    with transaction():
        state = outgoing.settle(claim, outcome, now())
    if state in ("failed", "uncertain"):
        log.error("delivery %s (%s) is %s: %s", waiting.delivery_id, waiting.kind, state, outcome.error)

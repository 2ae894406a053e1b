"""A worker: threads that take jobs from the queue, a clock, and a heart that others can see beating."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from flask import Flask
from huey.consumer import Consumer

from instashow import work
from instashow.clock import now
from instashow.db import transaction
from jobs import huey, schedule

log = logging.getLogger(__name__)

SECONDS_TO_FINISH = 25
SECONDS_BETWEEN_BEATS = 10


def run(app: Flask, *, workers: int = 2) -> None:
    """Work until told to stop; TERM, INT and HUP let running jobs finish, for at most 25 seconds.

    Must be called in the main thread, since signals are heard there.
    """
    worker = Worker(
        huey,
        workers=workers,
        initial_delay=0.05,
        max_delay=0.5,
        shutdown_timeout=SECONDS_TO_FINISH,
        graceful_signal="TERM",
    )
    heart = threading.Thread(target=_beat, args=(app, worker.stop_flag), name="heart", daemon=True)
    heart.start()
    schedule.sweep()
    worker.run()


class Worker(Consumer):  # type: ignore[misc]
    """Huey's consumer, ended gracefully also by Ctrl-C and by a closed terminal."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), (False, True))


def _beat(app: Flask, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            with app.app_context(), transaction():
                work.beat("worker", now())
        except Exception:
            log.exception("the worker's heart missed a beat")
        stopped.wait(SECONDS_BETWEEN_BEATS)

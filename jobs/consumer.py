"""A worker: threads that take jobs from the queue, a clock, and a heart that others can see beating."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
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
SECONDS_BETWEEN_TICKS = 3


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
    for name, act, pause in (("heart", _beat, SECONDS_BETWEEN_BEATS), ("clock", _tick, SECONDS_BETWEEN_TICKS)):
        threading.Thread(target=_again, args=(app, act, pause, worker.stop_flag), name=name, daemon=True).start()
    schedule.sweep()
    worker.run()


class Worker(Consumer):  # type: ignore[misc]
    """Huey's consumer, ended gracefully also by Ctrl-C and by a closed terminal."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), (False, True))


def _again(app: Flask, act: Callable[[], None], pause: float, stopped: threading.Event) -> None:
    """Act, pause, act: ten times longer than the act took, where that is more, so that a big house is not worn out."""
    while not stopped.is_set():
        began = time.monotonic()
        try:
            with app.app_context():
                act()
        except Exception:
            log.exception("the worker's %s stumbled", threading.current_thread().name)
        stopped.wait(max(pause, 10 * (time.monotonic() - began)))


def _beat() -> None:
    with transaction():
        work.beat("worker", now())


def _tick() -> None:
    for act in schedule.every_few_seconds:
        act()

"""A server beside us that does not answer: said once, left alone for some seconds, and said again when it is back."""

from __future__ import annotations

import logging
import time

log = logging.getLogger(__name__)
REST = 5.0
"""Seconds for which nobody asks it again."""
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2}
"""Seconds that a page waits for Redis: redis-py's own words."""


class Outage:
    """The state of one such server, as this process knows it; `name` is what the log calls it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._down = False
        self._until = 0.0

    @property
    def resting(self) -> bool:
        """Whether it failed a moment ago."""
        return self._down and time.monotonic() < self._until

    def failed(self) -> None:
        """It did not answer; called where the exception is being handled."""
        if not self._down:
            log.exception("%s does not answer; said once until it does", self._name)
        self._down, self._until = True, time.monotonic() + REST

    def answered(self) -> None:
        """It answers."""
        if self._down:
            log.warning("%s answers again", self._name)
        self._down = False

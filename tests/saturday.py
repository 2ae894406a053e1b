"""One Saturday, five in the evening in Chennai: when the stories of the programme's pages are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from instashow import cache
from instashow.booking import holds
from instashow.clock import now
from instashow.db import transaction
from instashow.people import visitors

FIVE_PM = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
"""17:00 in Chennai."""


@contextmanager
def evening() -> Iterator[None]:
    """It is five on that day, and nothing is cached."""
    cache.cache.clear()
    with time_machine.travel(FIVE_PM, tick=False):
        yield


def at(clock: str) -> datetime:
    """A wall time of that day."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(hours=hour, minutes=minute) - timedelta(hours=5, minutes=30)


def hold(screening: Any, count: int) -> int:
    """An anonymous visitor holds the best so many places."""
    with transaction():
        who = visitors.welcome(f"key {screening.id} {count}", address="here", now=now())
    with transaction():
        holds.hold_best(who, screening.id, quantity=count, accessible=0, now=now())
    return who

"""Unpaid seats that go back on sale before the start, where a theatre says so."""

from __future__ import annotations

import logging

from instashow.booking import unpaid
from instashow.clock import now
from instashow.db import transaction

log = logging.getLogger(__name__)


def unpaid_seats() -> int:
    """Give back what was not paid in time, in short transactions; how many bookings."""
    lapsed = 0
    while True:
        with transaction():
            gone = unpaid.lapse(now())
        if not gone:
            return lapsed
        lapsed += len(gone)
        log.info("not paid in time, so their seats are on sale again: bookings %s", gone)

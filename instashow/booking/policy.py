"""What comes back when a seat is cancelled, by the policy as it stood at the purchase.

A policy is steps of (minutes before the start at least, share per ten thousand); after the last nothing comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from instashow.money import share

USUAL = ((1440, 10_000), (120, 7500), (20, 5000))
"""Up to 24 h before the start all of it, 2 h three quarters, 20 min half."""


def share_of(policy: Sequence[Sequence[int]], *, starts_at: datetime, now: datetime) -> int:
    """The share that comes back for cancelling now, per ten thousand; the step's own minute still counts as it."""
    left = starts_at - now
    for minutes, part in sorted(map(tuple, policy), reverse=True):
        if left >= timedelta(minutes=minutes):
            return part
    return 0


def back(paid: int, part: int) -> int:
    """What comes back of one seat's paid price, in minor units, half up."""
    return share(paid, part)

"""The channels that messages go by, one file each behind one call; in-app needs none, the message is its own."""

from __future__ import annotations

from collections.abc import Callable

from instashow.alerts import smtp
from instashow.alerts.letters import Letter
from instashow.alerts.outgoing import Outcome, Waiting

Channel = Callable[[Waiting, Letter], Outcome]
"""Sends one letter under its message's key, and says what became of it; never raises for the other side's faults."""

CHANNELS: dict[str, Channel] = {"email": smtp.send}


def send(waiting: Waiting, letter: Letter) -> Outcome:
    """Send the letter by its channel."""
    return CHANNELS[waiting.channel](waiting, letter)

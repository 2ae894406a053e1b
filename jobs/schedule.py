"""Everything that happens by the clock. Nothing hangs on the minute itself: each asks the database what is due."""

from __future__ import annotations

from instashow import stamps
from jobs import every_hour, every_minute, figures, lapses, timed, upkeep

sweep = timed(every_minute)(upkeep.sweep)
"""What was missed by the queue, or whose worker died, is queued again."""

lapse_unpaid = timed(every_minute)(lapses.unpaid_seats)
"""Seats that nobody paid for, where a theatre lets them go before the start."""

tidy = timed(every_hour)(upkeep.tidy)
"""Lapsed holds, ended sessions, spent keys, papers of long ago."""

every_few_seconds = (figures.refresh, stamps.pay_soon)
"""Too often for the queue: a worker's own clock calls these, and the database says whose turn it is."""

"""Everything that happens by the clock. Nothing hangs on the minute itself: each asks the database what is due."""

from __future__ import annotations

from jobs import every_hour, every_minute, timed, upkeep

sweep = timed(every_minute)(upkeep.sweep)
"""What was missed by the queue, or whose worker died, is queued again."""

tidy = timed(every_hour)(upkeep.tidy)
"""Lapsed holds, ended sessions, spent keys."""

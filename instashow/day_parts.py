"""What the hours of a day are called beside a clock of twelve: two halves in English, four parts in Hindi and Tamil."""

from __future__ import annotations

from flask_babel import gettext, pgettext

MORNING, AFTERNOON, EVENING, NIGHT = 4, 12, 16, 20
"""The hours at which they begin."""


def part_of_day(hour: int) -> str:
    """ "pm", "शाम", "மாலை"."""
    if hour >= NIGHT:
        return str(pgettext("night", "pm"))
    if hour >= EVENING:
        return str(pgettext("evening", "pm"))
    if hour >= AFTERNOON:
        return str(pgettext("afternoon", "pm"))
    return str(pgettext("morning", "am") if hour >= MORNING else pgettext("night", "am"))


def on_clock(time: str, half: str) -> str:
    """ "7:15 pm", "शाम 7:15 बजे"; the time alone where a day has 24 hours."""
    return str(gettext("%(time)s %(half)s", time=time, half=half)) if half else time

"""What of an address could not be understood, in the words of the page. For doors."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext


def sentences(errors: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each parameter that could not be understood."""
    said = {
        "not_a_point": gettext("A point is written like 13.08,80.27: latitude, longitude."),
        "not_a_day": gettext("A day is written like 2026-11-21."),
        "not_a_time": gettext("A time is written like 19:30."),
        "not_a_number": gettext("Write a number with the digits 0 to 9."),
        "foreign_digits": gettext("Write a number with the digits 0 to 9."),
        "unknown": gettext("There is none of that name here. Choose one of the list."),
        "too_long": gettext("That is too long. A word or two is enough."),
        "too_many": gettext("That is too many at once."),
        "negative": gettext("A price cannot be under 0."),
        "too_large": gettext("That number is too large."),
        "too_many_decimals": gettext("That has more decimals than the money has."),
        "not_a_rating": gettext("A rating is a number from 0 to 5, such as 3.5."),
        "before_from": gettext(
            "This is earlier than the beginning. A day here runs from 6 in the morning to 5:59 of the night after."
        ),
    }
    return {name: str(said.get(code, code)) for name, code in errors.items()}

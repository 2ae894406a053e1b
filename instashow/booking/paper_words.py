"""How papers say money, days, times and seats, in the language that is set around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent
from flask_babel import get_locale, gettext, ngettext

from instashow.booking.models import Ticket
from instashow.config import settings
from instashow.money import decimal_text, exponent

STOCK = ("#8CC4FF", "#79E08F", "#FF9CC2", "#FFA63D", "#5EDDD6", "#FFE100", "#FF7A5C")
"""The colour of the day's ticket stock, Monday to Sunday."""


def locale() -> Locale:
    """The locale that is set, in India's shape where the money is India's."""
    here = get_locale() or Locale(settings().language)
    return Locale("en", "IN") if here.language == "en" and settings().currency == "INR" else here


def money(amount: int) -> str:
    """An amount in minor units: "₹150", or "₹150.50"."""
    currency, here = settings().currency, locale()
    pattern = copy(here.currency_formats["standard"])
    digits = 0 if amount % 10 ** exponent(currency) == 0 else exponent(currency)
    pattern.frac_prec = (digits, digits)
    return str(pattern.apply(Decimal(decimal_text(amount, currency)), here, currency=currency, currency_digits=False))


def rate(per_ten_thousand: int) -> str:
    """A tax rate or a share: "18 %"."""
    return str(format_percent(Decimal(per_ten_thousand) / 10_000, "#,##0.## %", locale=locale()))


def weekday(at: datetime) -> str:
    """ "Saturday"."""
    return str(format_date(at, "EEEE", locale=locale()))


def date(at: datetime) -> str:
    """ "21 November"."""
    return str(format_date(at, "d MMMM", locale=locale()))


def year_date(at: datetime) -> str:
    """ "21 November 2026"."""
    return str(format_date(at, "d MMMM y", locale=locale()))


def figures(at: datetime) -> str:
    """ "7:15"."""
    return f"{(at.hour - 1) % 12 + 1}:{at.minute:02d}"


def half(at: datetime) -> str:
    """ "pm"."""
    return str(gettext("am") if at.hour < 12 else gettext("pm"))


def clock(at: datetime) -> str:
    """ "7:15 pm"."""
    return f"{figures(at)} {half(at)}"


def name(ticket: Ticket, unnumbered: bool) -> str:
    """ "K11", or "Free seating" in a hall without numbers."""
    return str(gettext("Free seating")) if unnumbered else f"{ticket.row}{ticket.number}"


def seats(tickets: Sequence[Ticket], unnumbered: bool) -> str:
    """ "K11 and K12", "K3–K12", or "4 places"."""
    if unnumbered:
        return str(ngettext("%(num)s place", "%(num)s places", len(tickets)))
    runs = [_run(list(row)) for row in _neighbours(tickets)]
    return str(format_list([one for run in runs for one in run], locale=locale()))


def _neighbours(tickets: Sequence[Ticket]) -> Iterable[list[Ticket]]:
    """Tickets of one row whose numbers follow one another."""
    in_order = sorted(tickets, key=lambda one: (len(one.row), one.row, _number(one), one.number))
    numbered = enumerate(in_order)
    for _, run in groupby(numbered, key=lambda pair: (pair[1].row, _number(pair[1]) - pair[0])):
        yield [ticket for _, ticket in run]


def _number(ticket: Ticket) -> int:
    return int(ticket.number) if ticket.number.isascii() and ticket.number.isdigit() else 0


def _run(run: list[Ticket]) -> list[str]:
    names = [f"{one.row}{one.number}" for one in run]
    return names if len(run) < 3 or not _number(run[0]) else [f"{names[0]}–{names[-1]}"]


def type_name(code: str, named: str | None) -> str:
    """ "adult", or what the theatre calls it."""
    words = {
        "adult": gettext("adult"),
        "child": gettext("child"),
        "senior": gettext("senior"),
        "student": gettext("student"),
    }
    return named or words.get(code, code)


def share(per_ten_thousand: int) -> str:
    """ "everything", "three quarters", "half", or "60 %"."""
    words = {10_000: gettext("everything"), 7_500: gettext("three quarters"), 5_000: gettext("half")}
    return words.get(per_ten_thousand) or rate(per_ten_thousand)

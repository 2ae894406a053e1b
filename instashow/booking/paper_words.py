"""How papers say money, days, times and seats, in the language that is set around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent
from flask_babel import gettext, ngettext

from instashow.booking.models import Ticket
from instashow.screen_words import screen as screen
from instashow.wording import city as city
from instashow.wording import clock as clock
from instashow.wording import figures as figures
from instashow.wording import half as half_of
from instashow.wording import locale as locale
from instashow.wording import money as money

STOCK = ("#8CC4FF", "#79E08F", "#FF9CC2", "#FFA63D", "#5EDDD6", "#FFE100", "#FF7A5C")
"""The colour of the day's ticket stock, Monday to Sunday."""


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


def half(at: datetime) -> str:
    """ "pm"; nothing where a day has 24 hours."""
    return half_of(at.hour)


def until(at: datetime, show: datetime) -> str:
    """ "5:15 pm" on the day of the show, "Friday 20 November, 7:15 pm" on another."""
    if at.date() == show.date():
        return clock(at)
    return str(gettext("%(weekday)s %(date)s, %(time)s", weekday=weekday(at), date=date(at), time=clock(at)))


def name(ticket: Ticket, unnumbered: bool) -> str:
    """ "K11", or "Free seating" in a hall without numbers."""
    return str(gettext("Free seating")) if unnumbered else f"{ticket.row}{ticket.number}"


def seats(tickets: Iterable[Ticket], unnumbered: bool) -> str:
    """ "K11 and K12", "K3–K12", or "4 places (1 for a wheelchair)"."""
    every = list(tickets)
    return free(every) if unnumbered and every else places([(one.row, one.number) for one in every], unnumbered)


def free(some: Collection[Any]) -> str:
    """Places that nobody sees: "4 places", "4 places (1 for a wheelchair)"."""
    wheelchairs = sum(one.kind == "wheelchair" for one in some)
    places = _so_many(len(some))
    told = ngettext(
        "%(places)s (%(num)d for a wheelchair)", "%(places)s (%(num)d for wheelchairs)", wheelchairs, places=places
    )
    return str(told) if wheelchairs else places


def with_wheelchairs(some: Collection[Any]) -> str:
    """The same where there is one of those; else nothing."""
    return free(some) if any(one.kind == "wheelchair" for one in some) else ""


def _so_many(places: int) -> str:
    return str(ngettext("%(num)s place", "%(num)s places", places))


def places(named: Sequence[tuple[str, str]], unnumbered: bool) -> str:
    """The same from rows and numbers."""
    if unnumbered and named:
        return _so_many(len(named))
    runs = [_run(list(run)) for run in _neighbours(named)]
    return str(format_list([one for run in runs for one in run], locale=locale()))


def _neighbours(named: Sequence[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    """Places of one row whose numbers follow one another."""
    in_order = sorted(named, key=counted)
    for _, run in groupby(enumerate(in_order), key=lambda pair: (pair[1][0], _figure(pair[1][1]) - pair[0])):
        yield [place for _, place in run]


def counted(place: tuple[str, str]) -> tuple[int, str, int, str]:
    """Sorts rows and numbers as one counts them: H2 before H12, Z before AA."""
    return len(place[0]), place[0], _figure(place[1]), place[1]


def _figure(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() else 0


def _run(run: list[tuple[str, str]]) -> list[str]:
    names = [row + number for row, number in run]
    return names if len(run) < 3 or not _figure(run[0][1]) else [f"{names[0]}–{names[-1]}"]


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

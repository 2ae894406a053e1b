"""How pages say money, days, times, languages and full houses, in the page's language. For doors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from flask_babel import get_locale, gettext, ngettext, to_user_timezone
from markupsafe import Markup, escape

from instashow.called import called
from instashow.config import settings
from instashow.day_parts import on_clock, part_of_day
from instashow.money import decimal_text, exponent
from instashow.spelling import marks
from instashow.theatres.cities import slug_of
from instashow.theatres.towns import Town

NUMBERED = re.compile(r" (\d{1,4}|[IVX]{1,4})$")
FAR = 180
"""Days after which a day is named with its year."""
STOCKS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def locale() -> Locale:
    """The page's language as it is written where the installation stands: English in India is en_IN."""
    here = get_locale() or Locale(settings().language)
    return _written_in(here.language, settings().timezone)


@lru_cache
def _written_in(language: str, zone: str) -> Locale:
    """The zone tells the country; where CLDR does not know the pair, the language alone."""
    try:
        return Locale(language, get_global("zone_territories").get(zone))
    except UnknownLocaleError:
        return Locale(language)


def money(amount: int) -> str:
    """An amount in minor units: "₹150", or "₹150.50"."""
    currency, here = settings().currency, locale()
    pattern = copy(here.currency_formats["standard"])
    digits = 0 if amount % 10 ** exponent(currency) == 0 else exponent(currency)
    pattern.frac_prec = (digits, digits)
    return str(pattern.apply(Decimal(decimal_text(amount, currency)), here, currency=currency, currency_digits=False))


def stock(day: date) -> str:
    """The day's ticket stock: "sat"."""
    return STOCKS[day.weekday()]


def day_words(day: date) -> str:
    """ "Saturday 21 November"."""
    return str(format_date(day, "EEEE d MMMM", locale=locale()))


def dated(day: date, today: date) -> str:
    """The same; with its year where that is not plain."""
    far = abs((day - today).days) > FAR
    return str(format_date(day, "EEEE d MMMM y", locale=locale())) if far else day_words(day)


def day_name(day: date, today: date) -> str:
    """ "Today", "Sun", and where a month begins "Tue Dec"."""
    if day == today:
        return str(gettext("Today"))
    return str(format_date(day, "EEE MMM" if day.day == 1 else "EEE", locale=locale()))


def clock_hours() -> int:
    """12 or 24, as the locale counts the hours of a day."""
    return 24 if "H" in locale().time_formats["short"].pattern else 12


def clock(at: datetime) -> str:
    """ "7:15 pm", or "19:15"."""
    return on_clock(figures(at), half(at.hour))


def moment(at: datetime) -> str:
    """ "21 November, 7:15 pm", in the reader's zone."""
    here = to_user_timezone(at)
    return f"{format_date(here, 'd MMMM', locale=locale())}, {clock(here)}"


def figures(at: datetime) -> str:
    """ "7:15", or "19:15"."""
    return f"{_counted(at.hour)}:{at.minute:02d}"


def hour(at: int) -> str:
    """ "7 pm", or "19:00"."""
    return on_clock(str(_counted(at % 24)), half(at)) if half(at) else f"{at % 24}:00"


def half(at: int) -> str:
    """ "pm"; nothing where a day has 24 hours."""
    return "" if clock_hours() == 24 else part_of_day(at % 24)


def _counted(at: int) -> int:
    return at if clock_hours() == 24 else (at + 11) % 12 + 1


def minutes(count: int) -> str:
    """ "2 h 27", "45 min"."""
    hours, rest = divmod(count, 60)
    if not hours:
        return str(gettext("%(m)s min", m=rest))
    return str(gettext("%(h)s h %(m)s", h=hours, m=f"{rest:02d}") if rest else gettext("%(h)s h", h=hours))


def language(code: str) -> str:
    """ "Tamil", in the page's language."""
    return str(locale().languages.get(code) or code)


def city(name: str, own: str = "") -> str:
    """A city in the page's language; `own`: its name in its own script."""
    return called("city", name, locale().language, own=own)


def cities(every: Iterable[Town]) -> list[Town]:
    """These cities, called so, in the order of what they are called."""
    return sorted(_in_words(every, locale().language), key=lambda town: (town.name.casefold(), town.id))


def in_words(town: Town) -> Town:
    """The same city, called so."""
    return next(_in_words([town], locale().language))


def _in_words(every: Iterable[Town], language: str) -> Iterator[Town]:
    for town in every:
        name = called("city", town.name, language, own=town.native_name)
        yield town if name == town.name else replace(town, name=name)


def tag(name: str) -> str:
    """A tag of shows in the page's language."""
    return called("tag", name, locale().language)


def experience(name: str) -> str:
    """An experience tag of theatres in the page's language."""
    return called("experience", name, locale().language)


def together(words: Iterable[str]) -> str:
    """ "Hindi, Tamil and Telugu"."""
    return str(format_list(list(words), locale=locale()))


def dotted(*words: str | None) -> str:
    """Facts in a row: "Tamil · 2 h 45 · UA"; nothing is left out of the line."""
    return " · ".join(word for word in words if word)


def house(word: str, left: int) -> str:
    """How full a house is: "Available", "Filling fast", "4 left", "Sold out"."""
    if word == "last":
        return str(ngettext("%(num)d left", "%(num)d left", left))
    words = {
        "available": gettext("Available"),
        "filling": gettext("Filling fast"),
        "sold_out": gettext("Sold out"),
        "sales_closed": gettext("Sale closed"),
        "not_yet": gettext("Not on sale yet"),
        "stopped": gettext("Sale stopped"),
        "cancelled": gettext("Cancelled"),
    }
    return str(words.get(word, word))


def to_come(shows: int, later: date | None) -> str:
    """ "3 shows to come today", else the day of what is next: "next on Sunday 22 November"."""
    if shows:
        return str(ngettext("%(num)d show to come today", "%(num)d shows to come today", shows))
    return str(gettext("next on %(day)s", day=day_words(later)) if later else gettext("nothing more today"))


def from_price(amount: int | None) -> str:
    """ "from ₹150"."""
    return "" if amount is None else str(gettext("from %(price)s", price=money(amount))).replace(" ", "\u00a0")


def of_five(stars: int) -> str:
    """Hundredths of a star as a figure of five, half up: 425 is "4.3"."""
    return f"{(stars + 5) // 100}.{(stars + 5) % 100 // 10}"


def kilometres(distance: float) -> str:
    """ "1.2 km", "21 km"."""
    return str(gettext("%(n)s km", n=f"{distance:.1f}" if distance < 10 else f"{distance:.0f}"))


def unbroken(title: str) -> str:
    """A title whose number stays with its last word: no line of its own for the 2 of "Gadar 2"."""
    return NUMBERED.sub("\u00a0\\1", title)


def marked(text: str, found: Iterable[str]) -> Markup:
    """The text, escaped, with a mark round what was searched."""
    made, at = Markup(""), 0
    for start, end in marks(text, found):
        made += escape(text[at:start]) + Markup("<mark>%s</mark>") % text[start:end]
        at = end
    return made + escape(text[at:])


def slugged(id: int, title: str) -> str:
    """ "12-vikram-vedha": an id with a readable name behind it."""
    return f"{id}-{slug_of(title)}"[:80]


def next_minute(now: datetime) -> datetime:
    """When a page that names the time is out of date."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def strip(
    days: Collection[date], today: date, chosen: date, link: Callable[[date], str], *, count: int = 14
) -> list[dict[str, Any]]:
    """The links of a fortnight; `days` are those with something to buy."""
    every = [today + timedelta(days=n) for n in range(count)]
    return [
        {
            "date": day.isoformat(),
            "stock": stock(day),
            "name": day_name(day, today),
            "number": day.day,
            "url": link(day),
            "current": day == chosen,
            "count": None if day in days else 0,
            "shut": gettext("nothing more today") if day == today else gettext("nothing on sale yet"),
        }
        for day in every
    ]

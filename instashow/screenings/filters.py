"""What may be asked of the programme, read strictly: every parameter of the what's-on page by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from instashow import money
from instashow.screenings.wall_time import day_of
from instashow.shows import languages
from instashow.shows.tags import LONGEST as LONGEST_TAG
from instashow.shows.tags import key as tag_key
from instashow.typed import LARGEST_ID

SORTS = ("time", "title", "rating", "price", "latest")
LONGEST = 100
MOST_TAGS = 20
DAY_BEGINS, MIDNIGHT = 6 * 60, 24 * 60


class Typed(Protocol):
    """A query string, as Werkzeug and tests hold it."""

    def get(self, name: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True)
class Wanted:
    """What is wanted. Minutes after midnight of the cinema day; hundredths of a star; minor units. None: anything."""

    q: str = ""
    city: str = ""
    day: date | None = None
    from_minute: int | None = None
    to_minute: int | None = None
    tags: tuple[str, ...] = ()
    """Keys, as shows/tags.py makes them; a show has them all."""
    min_rating: int | None = None
    language: str = ""
    format: str = ""
    theatre: int | None = None
    max_price: int | None = None
    accessible: bool = False
    sort: str = "time"

    @property
    def narrows(self) -> bool:
        """Whether anything beside words, city and day is asked."""
        return self != Wanted(q=self.q, city=self.city, day=self.day, sort=self.sort)

    def without(self, name: str) -> Wanted:
        """The same, but for one field."""
        return replace(self, **{name: getattr(Wanted(), name)})


class BadFilter(ValueError):
    """A parameter that cannot be read; its text is a code: not_a_day, not_a_time, not_a_number, not_a_rating, unknown,
    too_long, too_many, negative, too_large, too_many_decimals, foreign_digits, before_from."""


def read(typed: Typed, currency: str) -> tuple[Wanted, dict[str, str]]:
    """What a query string wants, and codes for what cannot be read, by parameter; those are left out of it."""
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, (parameter, reader) in _readers(currency).items():
        text = (typed.get(parameter) or "").strip()
        if not text:
            continue
        try:
            values[name] = reader(text)
        except ValueError as wrong:
            errors[parameter] = str(wrong)
    try:
        values["tags"] = _tags(typed.getlist("tag"))
    except ValueError as wrong:
        errors["tag"] = str(wrong)
    wanted = Wanted(**values)
    if wanted.from_minute is not None and wanted.to_minute is not None and wanted.to_minute < wanted.from_minute:
        errors["to"] = "before_from"
        wanted = replace(wanted, to_minute=None)
    return wanted, errors


def _readers(currency: str) -> dict[str, tuple[str, Callable[[str], Any]]]:
    """Field to parameter and reader."""
    return {
        "q": ("q", _text),
        "city": ("city", _text),
        "day": ("day", _day),
        "from_minute": ("from", _minute),
        "to_minute": ("to", _minute),
        "min_rating": ("min_rating", _stars),
        "language": ("language", _language),
        "format": ("format", _short),
        "theatre": ("theatre", _id),
        "max_price": ("max_price", lambda text: _amount(text, currency)),
        "accessible": ("accessible", _yes),
        "sort": ("sort", _sort),
    }


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise BadFilter("too_long")
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_TAG:
        raise BadFilter("too_long")
    return text


def _day(text: str) -> date:
    try:
        return day_of(text)
    except ValueError:
        raise BadFilter("not_a_day") from None


def _minute(text: str) -> int:
    """ "19:30" is 1170; the small hours belong to the evening before: "01:30" is 1530."""
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise BadFilter("not_a_time")
    hours, minutes = text.split(":")
    minute = int(hours) * 60 + int(minutes)
    return minute if minute >= DAY_BEGINS else minute + MIDNIGHT


def _stars(text: str) -> int:
    if not re.fullmatch(r"[0-4](\.\d{1,2})?|5(\.00?)?", text, re.ASCII):
        raise BadFilter("not_a_rating")
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def _language(text: str) -> str:
    try:
        return languages.checked(text)
    except ValueError:
        raise BadFilter("unknown") from None


def _id(text: str) -> int:
    if not re.fullmatch(r"\d{1,20}", text, re.ASCII):
        raise BadFilter("not_a_number")
    if int(text) > LARGEST_ID:
        raise BadFilter("unknown")
    return int(text)


def _amount(text: str, currency: str) -> int:
    try:
        return money.parse(text, currency)
    except money.BadAmount as wrong:
        raise BadFilter(wrong.code) from None


def _yes(text: str) -> bool:
    if text not in ("0", "1"):
        raise BadFilter("unknown")
    return text == "1"


def _sort(text: str) -> str:
    if text not in SORTS:
        raise BadFilter("unknown")
    return text


def _tags(names: Sequence[str]) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key for key in map(tag_key, names) if key))
    if len(keys) > MOST_TAGS:
        raise BadFilter("too_many")
    if any(len(key) > LONGEST_TAG for key in keys):
        raise BadFilter("too_long")
    return keys

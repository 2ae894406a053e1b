"""How the text of each setting is read. What cannot be used is a ValueError that says what is expected."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel.numbers import list_currencies

from instashow.typed import keepable

MOST_SECONDS = 10**10
"""Some 300 years: further, there are no dates."""
SENDER = "an e-mail address, alone or as Lakshmi Talkies <tickets@example.com>"


def plain(value: str) -> str:
    """Any text."""
    return value


def line(value: str) -> str:
    """Text that is shown: one line of it."""
    if not keepable(value) or len(value.splitlines()) > 1:
        raise ValueError("one line of text, without control characters")
    return value


def path(value: str) -> Path:
    """A place among files, `~` being the home of whoever starts it."""
    return Path(value).expanduser()


def file(value: str) -> Path:
    """A file that is there and can be read."""
    try:
        with path(value).open("rb"):
            return path(value)
    except OSError:
        raise ValueError("a file that is there and can be read") from None


def clock_file(value: str) -> Path:
    """A file with a number of seconds; it may be written later, and until then moves nothing."""
    try:
        seconds(path(value).read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except (OSError, ValueError):
        raise ValueError("a file with a signed number of seconds in it, such as -3600") from None
    return path(value)


def seconds(text: str) -> float:
    """A signed number of seconds; none where nothing is written. Raises ValueError."""
    found = float(text.strip() or 0)
    if not math.isfinite(found) or abs(found) > MOST_SECONDS:
        raise ValueError(f"from -{MOST_SECONDS} to {MOST_SECONDS}")
    return found


def number(low: int, high: int) -> Callable[[str], int]:
    """A whole number between the two."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """One of the words."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError("one of " + ", ".join(words))
        return value

    return read


def zone(value: str) -> str:
    """An IANA time zone."""
    if value not in available_timezones():
        raise ValueError("an IANA time zone such as Asia/Kolkata")
    return value


def currency(value: str) -> str:
    """An ISO 4217 currency."""
    if value not in list_currencies():
        raise ValueError("an ISO 4217 currency such as INR")
    return value


def database(value: str) -> str:
    """The address of a database of a kind that we know."""
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("sqlite:///… or postgresql://…")
    return value


def url(*schemes: str) -> Callable[[str], str]:
    """An address under one of the schemes, without a slash at its end."""

    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(" or ".join(f"{scheme}://host" for scheme in schemes))
        return value.rstrip("/")

    return read


def email(value: str) -> str:
    """An e-mail address."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
        raise ValueError("an e-mail address")
    return value


def sender(value: str) -> str:
    """One e-mail address, with or without a name before it."""
    found = getaddresses([value])
    if len(found) != 1 or not keepable(value):
        raise ValueError(SENDER)
    try:
        email(found[0][1])
    except ValueError:
        raise ValueError(SENDER) from None
    return value


def colour(value: str) -> str:
    """A colour in six hexadecimal digits."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("a colour such as #FFE100")
    return value


def origins(value: str) -> tuple[str, ...]:
    """Origins, separated by commas."""
    return tuple(url("http", "https")(origin.strip()) for origin in value.split(",") if origin.strip())

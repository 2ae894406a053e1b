"""How often is too often: request limits, counted for all processes at once (`counting.py`)."""

from __future__ import annotations

import functools
import ipaddress
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from instashow.config import settings
from instashow.counting import Counts
from instashow.outage import PATIENCE

EVERYBODY = "900 per minute"
"""Unsafe requests from one address."""
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
HOME_OF_ONE = 64
"""Bits of an IPv6 address that tell households apart; the rest anybody changes at will."""

Answer = TypeVar("Answer")
Door = TypeVar("Door", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Count in one place; `INSTASHOW_LIMITS=off` lifts every limit but the guessing throttle."""
    made = app.extensions["instashow"]
    place = _redis(made.redis_url) if made.redis_url else f"instashow-file://{made.home.absolute()}/limits.db"
    options: dict[str, Any] = dict(PATIENCE) if made.redis_url else {}
    app.extensions["instashow-pace"] = Counts(place, options)
    app.config.update(
        RATELIMIT_ENABLED=made.limits == "on",
        RATELIMIT_SWALLOW_ERRORS=True,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STORAGE_OPTIONS=options,
    )
    Limiter(
        app=app,
        key_func=address,
        storage_uri=place,
        application_limits=[EVERYBODY],
        application_limits_exempt_when=lambda: request.method not in UNSAFE,
    )


def address() -> str:
    """The network that asks, as the trusted proxies tell it: an IPv4 address, or the 64 bits of an IPv6 one."""
    return network(request.remote_addr or "nowhere")


def network(told: str) -> str:
    """An address as it is counted; one that is none stands for itself."""
    try:
        found = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return told
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), HOME_OF_ONE), strict=False))


def paced(limit: str, whose: Callable[[], str] | None = None) -> Callable[[Door], Door]:
    """A door that one address (or what `whose` says) may use so often: `"20 per hour"`; only unsafe requests count."""

    def wrap(door: Door) -> Door:
        @functools.wraps(door)
        def asked(*words: Any, **named: Any) -> Any:
            if request.method in UNSAFE:
                keep(limit, request.endpoint or "", (whose or address)())
            return door(*words, **named)

        return cast(Door, asked)

    return wrap


def keep(limit: str, *whose: str) -> None:
    """Count one where limits are on; `whose` begins with what is done. Raises TooManyRequests."""
    if settings().limits == "on":
        spend(limit, *whose)


def spend(limit: str, *whose: str) -> None:
    """Count one. Raises TooManyRequests, with the seconds to wait, where that is one too many."""
    if over(limit, *whose):
        refuse(limit, *whose)


def over(limit: str, *whose: str) -> bool:
    """Count one; whether that is one too many."""
    return not _counted(lambda counts: counts.hit(parse(limit), *whose))


def give_back(limit: str, *whose: str) -> None:
    """One that was counted counts no more."""
    _counted(lambda counts: counts.hit(parse(limit), *whose, cost=-1))


def forgive(limit: str, *whose: str) -> None:
    """Begin to count anew."""
    _counted(lambda counts: counts.clear(parse(limit), *whose))


def refuse(limit: str, *whose: str) -> None:
    """Raises TooManyRequests, with the seconds to wait."""
    until = _counted(lambda counts: counts.get_window_stats(parse(limit), *whose)).reset_time
    raise TooManyRequests(retry_after=max(1, int(until - time.time()) + 1))


def forget() -> None:
    """Everything that was counted."""
    _counted(lambda counts: counts.storage.reset())


def _counted(question: Callable[[FixedWindowRateLimiter], Answer]) -> Answer:
    return cast(Counts, current_app.extensions["instashow-pace"]).ask(question)


def _redis(url: str) -> str:
    return f"redis+{url}" if url.startswith("unix:") else url

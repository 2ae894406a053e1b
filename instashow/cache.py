"""Everything cached has a name, an expiry and an exact invalidation: cached() for doors, changed() for rules.

An entry carries the stamps that stood before it was made (`stamps.py`) and counts only while all of them stand.
docs/caching.md lists all names.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from flask import current_app, g
from prometheus_client import Counter

from instashow import stamps
from instashow.clock import now
from instashow.config import settings
from instashow.db import db
from instashow.edition import edition
from instashow.stamps import cache, changed, end_all, init_app, outage

__all__ = ["at_hand", "cache", "cached", "changed", "end_all", "init_app"]

LONGEST = timedelta(minutes=10)
"""Until then anything is kept; so old may an answer be where a writer could not reach the cache at all."""
HOLES = 65_536
"""Entries of one name, whatever strangers ask for: each key has its place among these."""
AT_HAND = 128
"""Entries that a process remembers beside the shared cache."""
LOOKED = Counter("instashow_cache", "Looked up in the cache", ["name", "found"])

Until = datetime | Callable[[Any], datetime | None] | None
_at_hand: dict[str, Any] = {}


class Place(NamedTuple):
    """Where an entry lies, what it was called, and the stamps it hangs on. An entry: key, stamps, end, value."""

    where: str
    key: str
    beside: tuple[str, ...]


def cached(
    name: str,
    key: str,
    make: Callable[[], Any],
    *,
    until: Until = None,
    also: tuple[str, ...] = (),
    shared: bool = False,
    holes: int = HOLES,
) -> Any:
    """What `make` gives, kept under name and key until `until` (at most ten minutes) or until changed(name, key).

    `also`: other names whose changed() ends it. `shared`: nobody who gets it ever changes it, so a process may hand out
    the same object again and again. `holes`: so many entries there are at most, of those that say the same number.
    Give `until` where time alone changes the answer (a sale opens, a hold lapses): a moment, or a function that
    reads it off what was made. Inside transaction() nothing is kept.
    """
    if _writing() or outage.resting:
        return make()
    place = _place(_edition(), name, key, also, holes)
    try:
        stamps.pay()
        entry = (_look_near if shared else _look)(place)
        stood = entry[1] if entry else tuple(stamps.stamp(one, _twice()) for one in place.beside)
    except Exception:
        outage.failed()
        return make()
    outage.answered()
    LOOKED.labels(name, "yes" if entry else "no").inc()
    return entry[-1] if entry else _make(place, make, until, stood)


def at_hand(name: str, key: str, also: tuple[str, ...] = ()) -> Any:
    """What this process remembers under name and key, if all its stamps still stand and its time is not over."""
    known = _at_hand.get(f"{name}={key}")
    if known is None or now() >= known[2] or outage.resting:
        return None
    place = _place(_edition(), name, key, also, HOLES)
    try:
        stamps.pay()
        stands = _stands(place, known, cache.get_many(*place.beside))
    except Exception:
        outage.failed()
        return None
    if not stands:
        _at_hand.pop(place.key, None)
        return None
    LOOKED.labels(name, "yes").inc()
    return known[-1]


# Places.


def _edition() -> str:
    found = current_app.extensions.get("instashow-edition")
    if found is None:
        found = current_app.extensions["instashow-edition"] = edition(settings())
    return cast(str, found)


@lru_cache(4096)
def _place(edition: str, name: str, key: str, also: tuple[str, ...], holes: int) -> Place:
    hole = zlib.crc32(key.encode()) % holes
    return Place(
        f"{edition} {name}={hole}/{holes}", f"{name}={key}", (name, *map(stamps.named, (f"{name}:{key}", *also)))
    )


def _twice() -> int:
    """Stamps outlast what hangs on them, in seconds."""
    return int(2 * LONGEST.total_seconds())


# Looking.


def _look(place: Place) -> Any:
    """The entry, if it counts."""
    entry, *standing = cache.get_many(place.where, *place.beside)
    return entry if _stands(place, entry, standing) else None


def _look_near(place: Place) -> Any:
    """The same; what this process read itself is not read again, so that a large page costs as much as a small one."""
    known = _at_hand.get(place.key)
    if known and _stands(place, known, cache.get_many(*place.beside)):
        return known
    entry = _look(place)
    if entry:
        _at_hand[place.key] = entry
        for oldest in list(_at_hand)[:-AT_HAND]:
            _at_hand.pop(oldest, None)
    return entry


def _stands(place: Place, entry: Any, standing: list[Any]) -> bool:
    if not entry or entry[0] != place.key or None in standing:
        return False
    return bool(entry[1] == tuple(standing) and now() < entry[2])


# Making.


def _make(place: Place, make: Callable[[], Any], until: Until, stood: tuple[Any, ...]) -> Any:
    """The stamps are read first and the database's snapshot taken after them, so a change between is noticed."""
    _forget_what_was_read()
    longest = now() + LONGEST
    value = make()
    ends = min((until(value) if callable(until) else until) or longest, longest)
    left = int((ends - now()).total_seconds())
    if left > 0 and None not in stood:
        _keep(place, (place.key, stood, ends, value), left + 1)
    return value


def _keep(place: Place, entry: tuple[Any, ...], seconds: int) -> None:
    try:
        cache.set(place.where, entry, timeout=seconds)
    except Exception:
        outage.failed()


def _writing() -> bool:
    session = db.session()
    return bool(g.get("writing") or session.new or session.dirty or session.deleted)


def _forget_what_was_read() -> None:
    db.session.commit()
    db.session.expire_all()

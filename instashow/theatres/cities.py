"""Cities: found in the shipped list, or typed new; each becomes one row when first used."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import available_timezones

from sqlalchemy import or_, select

from instashow.config import settings
from instashow.db import db, insert
from instashow.theatres.models import City

SHIPPED = Path(__file__).with_name("cities.csv")
NEAR = 1.5
"""Degrees within which a city of the list and a given point may be the same place."""


class UnknownZone(ValueError):
    """A time zone that is not in the IANA list."""


@dataclass(frozen=True)
class KnownCity:
    """A city of the shipped list (GeoNames, CC BY 4.0). `country` is ISO 3166 alpha-2, `zone` IANA."""

    name: str
    native_name: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int
    zone: str


class Where(NamedTuple):
    """What is said of a city beside its name; empty: nothing."""

    region: str = ""
    country: str = ""
    zone: str = ""
    latitude: float | None = None
    longitude: float | None = None


NOWHERE = Where()


def city_of(name: str, where: Where = NOWHERE) -> City:
    """The city's row, written at its first use: from the shipped list by name or native name, else as typed.

    A zone left empty is that of the list, else the installation's. Raises UnknownZone, and ValueError without a name.
    """
    name = " ".join(name.split())
    if not name:
        raise ValueError("a city without a name")
    if where.zone and where.zone not in zones():
        raise UnknownZone(where.zone)
    known = find(name, where)
    return _row_of(known.name if known else name, known, where) or _add(name, known, where)


def find(name: str, where: Where = NOWHERE) -> KnownCity | None:
    """The largest city of the shipped list that has this name and contradicts nothing that is said of it."""
    return next((city for city in _by_name().get(key(name), ()) if _agrees(city, where)), None)


def like(words: str, *, at_most: int = 8) -> list[KnownCity]:
    """Cities of the shipped list whose name or native name begins so, the largest first."""
    start = key(words)
    return [one for one in known_cities() if key(one.name).startswith(start) or one.native_name.startswith(words)][
        :at_most
    ]


@lru_cache(maxsize=1)
def known_cities() -> tuple[KnownCity, ...]:
    """The shipped list, the largest first."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [_known(row) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda city: -city.population))


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of all IANA time zones that this machine knows."""
    return frozenset(available_timezones())


def key(name: str) -> str:
    """A name as it is compared: without case, accents of Latin letters and doubled spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
    return " ".join(unicodedata.normalize("NFKC", kept).split())


def slug_of(text: str) -> str:
    """A name as a part of an address: words of any script joined by hyphens; "x" where there are none."""
    return re.sub(r"[^\w\u0900-\u0DFF]+", "-", key(text)).strip("-_") or "x"


def _known(row: dict[str, str]) -> KnownCity:
    return KnownCity(
        row["name"],
        row["native_name"],
        row["state_in"],
        row["country"],
        float(row["lat"]),
        float(row["lon"]),
        int(row["population"]),
        row["timezone"],
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[KnownCity]]:
    index: dict[str, list[KnownCity]] = {}
    for city in known_cities():
        for name in {key(city.name), key(city.native_name)} - {""}:
            index.setdefault(name, []).append(city)
    return index


def _agrees(city: KnownCity, where: Where) -> bool:
    return (
        _same(city.country, where.country)
        and _same(city.region, where.region)
        and (where.latitude is None or abs(where.latitude - city.latitude) < NEAR)
        and (where.longitude is None or abs(where.longitude - city.longitude) < NEAR)
    )


def _same(one: str, other: str) -> bool:
    """Nothing said contradicts nothing."""
    return not one or not other or key(one) == key(other)


def _row_of(name: str, known: KnownCity | None, where: Where) -> City | None:
    """Slugs begin with the name, so that their index finds every city of that name."""
    start = slug_of(name)
    alike = or_(City.slug == start, City.slug.between(f"{start}-", f"{start}-\U0010ffff"))
    rows = db.session.scalars(select(City).where(alike, City.removed_at.is_(None)).order_by(City.id)).all()
    country = (known.country if known else "") or where.country
    region = (known.region if known else "") or where.region
    same = (row for row in rows if key(row.name) == key(name) and _same(row.country, country))
    return next((row for row in same if _same(row.region, region)), None)


def _add(name: str, known: KnownCity | None, where: Where) -> City:
    values = {
        "name": known.name if known else name,
        "native_name": known.native_name if known else "",
        "region": (known.region if known else "") or where.region,
        "country": (known.country if known else "") or where.country.upper(),
        "zone": where.zone or (known.zone if known else settings().timezone),
        "latitude": known.latitude if known else where.latitude,
        "longitude": known.longitude if known else where.longitude,
    }
    slug = _free_slug(str(values["name"]), (str(values["region"]), str(values["country"])))
    db.session.execute(insert(City).values(slug=slug, **values).on_conflict_do_nothing())
    wanted = (City.name == values["name"], City.region == values["region"], City.country == values["country"])
    return db.session.scalars(select(City).where(*wanted)).one()


def _free_slug(name: str, beside: Iterable[str]) -> str:
    slug = start = slug_of(name)
    more = [slug_of(word) for word in beside if word]
    for number in range(1, 1000):
        if not db.session.scalars(select(City.id).where(City.slug == slug)).first():
            return slug
        slug = f"{slug}-{more.pop(0)}" if more else f"{start}-{number + 1}"
    raise ValueError(f"too many cities named {name}")

"""Shows: added, changed, removed, given to theatres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow import money
from instashow.cache import changed
from instashow.db import db, insert
from instashow.pricing import usual
from instashow.shows import languages as codes
from instashow.shows import listing, pictures
from instashow.shows import tags as tagging
from instashow.shows.models import KINDS, Allocation, Show, ShowLanguage
from instashow.theatres.models import Theatre

LONGEST = {"title": 200, "original_title": 200, "caption": 200, "synopsis": 4000, "certificate": 20, "trailer_url": 500}
"""Letters at most."""
USUAL_RUNTIME = 120
LONGEST_RUNTIME = 1440


class BadShow(ValueError):
    """What was typed cannot be a show; `errors` by field, as codes: missing, too_long, unknown, out_of_range."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field} {code}" for field, code in errors.items()))
        self.errors = dict(errors)


def add(*, title: str, now: datetime, languages: Iterable[str] = (), tags: Iterable[str] = (), **beside: Any) -> Show:
    """A show with its poster drawn. `beside` as the columns are named: kind, runtime (minutes), base_price (minor
    units), release_date, outside_stars … Raises BadShow, BadTag, UnknownLanguage."""
    return add_all([{"title": title, "languages": languages, "tags": tags, **beside}], now=now)[0]


def add_all(many: Iterable[Mapping[str, Any]], *, now: datetime) -> list[Show]:
    """Shows, each told as `add` takes it, in as many statements as one. Raises the same."""
    told = list(many)
    made = [_show(values, now) for values in told]
    db.session.add_all(made)
    db.session.flush()
    tagging.put_all({show.id: values.get("tags", ()) for show, values in zip(made, told, strict=True)})
    pictures.paint_all(made)
    listing.enter([show.id for show in made])
    for show in made:
        tell_caches(show.id)
    return made


def change(show: Show, **values: Any) -> Show:
    """Write other values, `languages` and `tags` among them. Raises BadShow, BadTag, UnknownLanguage."""
    if (spoken := values.pop("languages", None)) is not None:
        have = {one.language: one for one in show.languages}
        show.languages = [have.get(one.language) or one for one in _spoken(spoken)]
        for position, one in enumerate(show.languages):
            one.position = position
    if (names := values.pop("tags", None)) is not None:
        tagging.put(show.id, names)
    for field, value in checked(values).items():
        setattr(show, field, value)
    db.session.flush()
    db.session.expire(show, ["tags"])
    pictures.paint(show)
    listing.enter([show.id])
    tell_caches(show.id)
    return show


def remove(show: Show, *, now: datetime) -> None:
    """Take the show out of every list; its history stays. What hangs on it is settled before, in booking/."""
    show.removed_at = now
    db.session.flush()
    listing.enter([show.id])
    tell_caches(show.id)


def find(show_id: int) -> Show | None:
    """A show that was not removed."""
    return db.session.scalars(select(Show).where(Show.id == show_id, Show.removed_at.is_(None))).first()


def allocate(show_id: int, theatre_id: int, *, base_price: int | None = None) -> int:
    """Give the show to a theatre, at its own base price where one is given; the price in minor units that stands."""
    price = suggested_price(show_id, theatre_id) if base_price is None else base_price
    row = insert(Allocation).values(show_id=show_id, theatre_id=theatre_id, base_price=price)
    again = row.on_conflict_do_update(
        index_elements=["show_id", "theatre_id"], set_={"base_price": price, "removed_at": None}
    )
    db.session.execute(again)
    tell_caches(show_id)
    return price


def suggested_price(show_id: int, theatre_id: int) -> int:
    """The show's base price by the theatre's factor, in minor units."""
    base = db.session.scalars(select(Show.base_price).where(Show.id == show_id)).one()
    factor = db.session.scalars(select(Theatre.price_factor).where(Theatre.id == theatre_id)).one()
    return money.share(base, factor)


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with their texts trimmed. Raises BadShow."""
    trimmed = {field: v.strip() if field in LONGEST and v is not None else v for field, v in values.items()}
    errors = {field: "too_long" for field, most in LONGEST.items() if len(trimmed.get(field) or "") > most}
    if "title" in trimmed and not trimmed["title"]:
        errors["title"] = "missing"
    if trimmed.get("kind", "film") not in KINDS:
        errors["kind"] = "unknown"
    if not 1 <= trimmed.get("runtime", 1) <= LONGEST_RUNTIME:
        errors["runtime"] = "out_of_range"
    if not 0 <= trimmed.get("base_price", 0) <= money.MOST:
        errors["base_price"] = "out_of_range"
    if errors:
        raise BadShow(errors)
    return trimmed


def tell_caches(show_id: int) -> None:
    """What is cached of the show and of every programme is no longer true."""
    changed("programme")
    changed("show", str(show_id))


def _show(told: Mapping[str, Any], now: datetime) -> Show:
    beside = {name: value for name, value in told.items() if name not in ("languages", "tags")}
    values = checked({"runtime": USUAL_RUNTIME, "base_price": usual.base_price(), **beside})
    return Show(languages=_spoken(told.get("languages", ())), **{"added_at": now, **values})


def _spoken(languages: Iterable[str]) -> list[ShowLanguage]:
    wanted = dict.fromkeys(codes.checked(code) for code in languages)
    return [ShowLanguage(language=code, position=n) for n, code in enumerate(wanted)]

"""What lists and pages print of a show: titles, facts, tags, languages, its poster. One statement for any number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select

from instashow.db import db
from instashow.shows.models import Show, ShowLanguage, ShowTag, Tag

BETWEEN = "\x1f"
"""Stands between joined names; no name holds it."""
NEWS_DAYS = 3
"""So long a show that is still to come is news as well."""


@dataclass(frozen=True)
class Card:
    """A show as printed. Minutes; minor units; stars as sums and counts, those from elsewhere in hundredths."""

    id: int
    kind: str
    title: str
    original_title: str
    caption: str
    synopsis: str
    image: str | None
    poster: str
    runtime: int
    certificate: str
    release_date: date | None
    trailer_url: str | None
    outside_stars: int | None
    outside_votes: int | None
    outside_source: str | None
    stars_sum: int
    stars_count: int
    added_at: datetime
    tags: tuple[tuple[str, str], ...]
    """Key and name, in the show's own order."""
    languages: tuple[str, ...]
    """ISO 639 codes, the original one first."""

    @property
    def tag_keys(self) -> frozenset[str]:
        """For filters."""
        return frozenset(key for key, _ in self.tags)

    def comes_after(self, today: date) -> bool:
        """Whether it is still to come."""
        return self.release_date is not None and self.release_date > today

    def is_latest(self, today: date) -> bool:
        """Whether it may stand among the latest: what is still to come only as news, for it has a place of its own."""
        return not self.comes_after(today) or self.added_at >= _news_since(today)


def _joined(column: Any, position: Any, *where: ColumnElement[bool]) -> Any:
    """Names behind their positions, in one text: both databases join texts, neither promises an order."""
    numbered = cast(position, String) + ":" + column
    return select(func.aggregate_strings(numbered, BETWEEN)).where(*where).correlate(Show).scalar_subquery()


PLAIN = [name for name in Card.__dataclass_fields__ if name not in ("tags", "languages")]
COLUMNS = [
    *(getattr(Show, name) for name in PLAIN),
    _joined(Tag.key + "=" + Tag.name, ShowTag.position, ShowTag.show_id == Show.id, Tag.id == ShowTag.tag_id).label(
        "tags"
    ),
    _joined(ShowLanguage.language, ShowLanguage.position, ShowLanguage.show_id == Show.id).label("languages"),
]


def cards(*, where: ColumnElement[bool]) -> dict[int, Card]:
    """The cards of shows that were not removed, by id."""
    rows = db.session.execute(select(*COLUMNS).where(where, Show.removed_at.is_(None)))
    return {row.id: _card(row) for row in rows}


def of(show_ids: Iterable[int]) -> dict[int, Card]:
    """The cards of these shows, without those that were removed."""
    wanted = sorted(set(show_ids))
    return cards(where=Show.id.in_(wanted)) if wanted else {}


def beside(show_ids: Iterable[int], column: Any) -> tuple[dict[int, Card], dict[int, Any]]:
    """The cards of these shows, and what a column reckoned from each says, where it is not NULL. One statement."""
    wanted = sorted(set(show_ids))
    asked = select(*COLUMNS, column.label("beside")).where(Show.id.in_(wanted), Show.removed_at.is_(None))
    rows = db.session.execute(asked).all() if wanted else []
    return {row.id: _card(row) for row in rows}, {row.id: row.beside for row in rows if row.beside is not None}


def latest(today: date, at_most: int) -> ColumnElement[bool]:
    """The condition under which a show is among those added last; one that is still to come only while it is news."""
    here = or_(Show.release_date.is_(None), Show.release_date <= today, Show.added_at >= _news_since(today))
    newest = select(Show.id).where(Show.removed_at.is_(None), here).order_by(Show.added_at.desc(), Show.id.desc())
    return Show.id.in_(newest.limit(at_most))


def coming(today: date, at_most: int) -> ColumnElement[bool]:
    """The condition under which a show is among those that come soonest after today."""
    next_ones = select(Show.id).where(Show.removed_at.is_(None), Show.release_date > today)
    return Show.id.in_(next_ones.order_by(Show.release_date, Show.id).limit(at_most))


def _news_since(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=NEWS_DAYS), time.min, UTC)


def _card(row: Any) -> Card:
    plain = {name: getattr(row, name) for name in PLAIN}
    tags = tuple((key, name) for key, _, name in (one.partition("=") for one in _split(row.tags)))
    return Card(**plain, tags=tags, languages=tuple(_split(row.languages)))


def _split(joined: str | None) -> list[str]:
    numbered = [one.partition(":") for one in (joined or "").split(BETWEEN) if one]
    return [name for _, _, name in sorted(numbered, key=lambda one: int(one[0]))]

"""The poster that is drawn for a show: its recipe chosen once, the drawing kept with the show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from instashow.db import db
from instashow.shows import posters
from instashow.shows.models import Show, ShowTag, Tag
from instashow.shows.posters import Recipe

NEIGHBOURS = 8
"""Shows added last, from which a new poster should differ: they hang side by side on the home page."""


def paint(show: Show) -> None:
    """Choose the show's recipe where it has none, and draw its poster with the words that it has now."""
    tags = _tags(show.id)
    if not show.poster_recipe:
        show.poster_recipe = str(posters.choose(show.title, tags, near=latest()))
    language = show.languages[0].language if show.languages else None
    show.poster = drawn(show.title, show.original_title, tags, language, Recipe.read(show.poster_recipe))
    db.session.flush()


def drawn(title: str, original: str, tags: Sequence[str], language: str | None, recipe: Recipe) -> str:
    """The poster as SVG: title and original title in large letters on a ground of its own."""
    return posters.draw(title, original or None, tags=tags, language=language, recipe=recipe)


def latest() -> list[Recipe]:
    """The recipes of the shows added last, the latest at the end."""
    rows = select(Show.poster_recipe).where(Show.poster_recipe != "", Show.removed_at.is_(None))
    found = db.session.scalars(rows.order_by(Show.added_at.desc(), Show.id.desc()).limit(NEIGHBOURS)).all()
    return [Recipe.read(text) for text in reversed(found)]


def _tags(show_id: int) -> list[str]:
    rows = select(Tag.name).join(ShowTag, ShowTag.tag_id == Tag.id).where(ShowTag.show_id == show_id)
    return list(db.session.scalars(rows.order_by(ShowTag.position)))

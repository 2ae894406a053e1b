"""The poster that is drawn for a show: its recipe chosen once, the drawing kept with the show."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from instashow.db import db
from instashow.shows import posters
from instashow.shows.models import Show, ShowTag, Tag
from instashow.shows.posters import Recipe

NEIGHBOURS = 8
"""Shows added last, from which a new poster should differ: they hang side by side on the home page."""


def paint(show: Show) -> None:
    """Choose the show's recipe where it has none, and draw its poster with the words that it has now."""
    paint_all([show])


def paint_all(shows: Sequence[Show]) -> None:
    """The same for several, of which each should differ from those added before it."""
    tags = _tags([show.id for show in shows])
    near = deque([] if all(show.poster_recipe for show in shows) else latest(), maxlen=NEIGHBOURS)
    for show in sorted(shows, key=lambda one: (one.added_at, one.id)):
        if not show.poster_recipe:
            near.append(posters.choose(show.title, tags[show.id], near=list(near)))
            show.poster_recipe = str(near[-1])
        language = show.languages[0].language if show.languages else None
        recipe = Recipe.read(show.poster_recipe)
        show.poster = drawn(show.title, show.original_title, tags[show.id], language, recipe)
    db.session.flush()


def drawn(title: str, original: str, tags: Sequence[str], language: str | None, recipe: Recipe) -> str:
    """The poster as SVG: title and original title in large letters on a ground of its own."""
    return posters.draw(title, original or None, tags=tags, language=language, recipe=recipe)


def latest() -> list[Recipe]:
    """The recipes of the shows added last, the latest at the end."""
    rows = select(Show.poster_recipe).where(Show.poster_recipe != "", Show.removed_at.is_(None))
    found = db.session.scalars(rows.order_by(Show.added_at.desc(), Show.id.desc()).limit(NEIGHBOURS)).all()
    return [Recipe.read(text) for text in reversed(found)]


def _tags(show_ids: Sequence[int]) -> Mapping[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    for start in range(0, len(show_ids), 500):
        rows = select(ShowTag.show_id, Tag.name).join(Tag, Tag.id == ShowTag.tag_id)
        rows = rows.where(ShowTag.show_id.in_(show_ids[start : start + 500]))
        for show_id, name in db.session.execute(rows.order_by(ShowTag.show_id, ShowTag.position)):
            found[show_id].append(name)
    return found

"""What a show is found by: its title, its title in its own script, its tags in every language of the pages."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from instashow import wordbook
from instashow.called import spellings
from instashow.db import db
from instashow.shows.models import Show

KIND = "show"


def enter(show_ids: Iterable[int] | None = None) -> None:
    """Bring the word book up to date for these shows, or for all; one that was removed is found no more."""
    asked = select(Show).options(load_only(Show.id, Show.title, Show.original_title), selectinload(Show.tags))
    if show_ids is not None:
        wanted = list(show_ids)
        wordbook.forget(KIND, wanted)
        asked = asked.where(Show.id.in_(wanted))
    shows = db.session.scalars(asked.where(Show.removed_at.is_(None)), execution_options={"populate_existing": True})
    wordbook.enter(KIND, {show.id: _texts(show) for show in shows})


def _texts(show: Show) -> dict[str, list[str]]:
    tags = [name for tag in show.tags for name in (tag.name, *spellings("tag", tag.name))]
    return {"title": [show.title], "own": [show.original_title], "tag": tags}

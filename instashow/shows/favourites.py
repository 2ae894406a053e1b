"""Tags that a person may call their favourites."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select, union

from instashow.db import db
from instashow.people.models import FavouriteTag
from instashow.shows.models import ShowTag, Tag

OFFERED = 24


def choices(person_id: int) -> Sequence[Row[int, str]]:
    """Id and name of the tags on most shows, and of those the person chose before, by name."""
    most = select(ShowTag.tag_id).group_by(ShowTag.tag_id).order_by(func.count().desc(), ShowTag.tag_id).limit(OFFERED)
    own = select(FavouriteTag.tag_id).where(FavouriteTag.person_id == person_id)
    either = union(select(most.subquery().c.tag_id), own)
    return db.session.execute(select(Tag.id, Tag.name).where(Tag.id.in_(either)).order_by(Tag.name)).all()

"""Tags: found by their key, so that one word is one tag however it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy import insert as plain_insert

from instashow.db import db, insert
from instashow.shows.models import ShowTag, Tag

LONGEST = 40


class BadTag(ValueError):
    """A text that cannot be a tag: empty, or too long."""


def key(name: str) -> str:
    """A tag as it is looked up: NFKC, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def named(names: Iterable[str]) -> dict[str, int]:
    """The ids of tags by key, in the order given; what is not there yet is written as typed. Raises BadTag."""
    wanted = dict[str, str]()
    for name in names:
        wanted.setdefault(key(name), " ".join(name.split()))
    if bad := [name for one, name in wanted.items() if not one or len(name) > LONGEST]:
        raise BadTag(bad[0])
    have = _ids(wanted)
    if fresh := [{"key": one, "name": name} for one, name in wanted.items() if one not in have]:
        db.session.execute(insert(Tag).on_conflict_do_nothing(), fresh)
        have = _ids(wanted)
    return {one: have[one] for one in wanted}


def put(show_id: int, names: Iterable[str]) -> None:
    """Let the show carry exactly these tags, in this order. Raises BadTag."""
    put_all({show_id: names})


def put_all(names_by_show: Mapping[int, Iterable[str]]) -> None:
    """Let these shows carry exactly these tags, each in its order. Raises BadTag."""
    wanted = {show_id: list(names) for show_id, names in names_by_show.items()}
    ids = named(name for names in wanted.values() for name in names)
    for start in range(0, len(every := list(wanted)), 500):
        db.session.execute(delete(ShowTag).where(ShowTag.show_id.in_(every[start : start + 500])))
    rows = [
        {"show_id": show_id, "tag_id": ids[one], "position": position}
        for show_id, names in wanted.items()
        for position, one in enumerate(dict.fromkeys(map(key, names)))
    ]
    if rows:
        db.session.execute(plain_insert(ShowTag), rows)


def _ids(keys: Iterable[str]) -> dict[str, int]:
    """In slices: a statement takes only so many parameters."""
    every, found = list(keys), dict[str, int]()
    for start in range(0, len(every), 500):
        rows = db.session.execute(select(Tag.key, Tag.id).where(Tag.key.in_(every[start : start + 500])))
        found |= {row.key: row.id for row in rows}
    return found

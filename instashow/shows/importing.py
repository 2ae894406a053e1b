"""Shows from a CSV: judged line by line, then written all or not at all, by their external ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from instashow.config import settings
from instashow.db import db
from instashow.money import half_up
from instashow.sheet import Line, Outcome, Refused, Sheet, read
from instashow.shows import languages, shows, tags
from instashow.shows.models import Show

COLUMNS = (
    *("id", "title", "original_title", "languages", "runtime_min", "genres", "tags"),
    *("release_date", "certificate", "base_price", "rating_avg", "rating_count"),
)
NEEDED = ("id", "title")
ALIASES = {"movie_id": "id"}
AT_ONCE = 500
"""Shows written in one step."""


@dataclass(frozen=True)
class ShowLine:
    """A show as a line says it; None: the line says nothing of it."""

    line: Line
    external_id: str
    values: dict[str, Any]
    languages: list[str]
    tags: list[str]
    runtime: int | None
    base_price: int | None


def bring(data: bytes, *, now: datetime) -> Outcome:
    """Add the file's shows, change those that are known by their id. Raises sheet.Unreadable, sheet.Refused."""
    sheet = read(data, columns=COLUMNS, needed=NEEDED, aliases=ALIASES)
    lines = judged(sheet)
    if sheet.errors:
        raise Refused(sheet)
    known = _known([line.external_id for line in lines])
    fresh = [line for line in lines if line.external_id not in known]
    for start in range(0, len(fresh), AT_ONCE):
        shows.add_all([_told(line) for line in fresh[start : start + AT_ONCE]], now=now)
    changes = sum(_change(line, known[line.external_id]) for line in lines if line.external_id in known)
    return Outcome(len(fresh), changes, len(lines) - len(fresh) - changes, sheet)


def judged(sheet: Sheet) -> list[ShowLine]:
    """The shows that the lines mean; errors are noted in the sheet."""
    times = Counter(line.cells.get("id", "").strip() for line in sheet.lines)
    return [_judge(line, times) for line in sheet.lines]


def _judge(line: Line, times: Counter[str]) -> ShowLine:
    external_id = line.text("id", longest=60, needed=True)
    if external_id and times[external_id] > 1:
        line.wrong("id", "twice")
    original, title = line.text("original_title", longest=200), line.text("title", longest=200, needed=True)
    return ShowLine(
        line=line,
        external_id=external_id,
        values={
            "title": title,
            "original_title": "" if original == title else original,
            "certificate": line.text("certificate", longest=20),
            "release_date": _released(line),
            "outside_stars": _stars(line.number_between("rating_avg", 0, 10)),
            "outside_votes": line.whole("rating_count", 0, 10**9),
        },
        languages=_languages(line),
        tags=_tags(line),
        runtime=line.whole("runtime_min", 1, shows.LONGEST_RUNTIME),
        base_price=line.amount("base_price", settings().currency),
    )


def _released(line: Line) -> date | None:
    day = line.day("release_date")
    if day and not 1888 <= day.year <= 2199:
        line.wrong("release_date", "out_of_range", "1888-01-01 to 2199-12-31")
    return day


def _stars(of_ten: Decimal | None) -> int | None:
    """Hundredths of a star of five."""
    if of_ten is None:
        return None
    above, below = of_ten.as_integer_ratio()
    return half_up(above * 50, below)


def _languages(line: Line) -> list[str]:
    found = []
    for code in line.words("languages"):
        try:
            found.append(languages.checked(code))
        except languages.UnknownLanguage:
            line.wrong("languages", "not_a_language")
    return list(dict.fromkeys(found))


def _tags(line: Line) -> list[str]:
    said = {column: line.words(column) for column in ("genres", "tags")}
    for column, words in said.items():
        if any(len(word) > tags.LONGEST for word in words):
            line.wrong(column, "too_long", tags.LONGEST)
        if not all(map(tags.key, words)):
            line.wrong(column, "no_letters")
    return [" ".join(word.split()) for words in said.values() for word in words]


def _told(line: ShowLine) -> dict[str, Any]:
    if line.runtime is None:
        line.line.say("runtime_min", "usual_runtime", str(shows.USUAL_RUNTIME))
    if line.base_price is None:
        line.line.say("base_price", "usual_price")
    said = {"runtime": line.runtime, "base_price": line.base_price}
    given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    return {"external_id": line.external_id, "languages": line.languages, "tags": line.tags, **line.values, **given}


def _change(line: ShowLine, show: Show) -> bool:
    if show.removed_at:
        line.line.say("id", "removed_here")
        return False
    other = _differences(line, show)
    if other:
        shows.change(show, **other)
    return bool(other)


def _differences(line: ShowLine, show: Show) -> dict[str, Any]:
    """What the line says otherwise; where it says nothing of runtime or price, what is there stands."""
    said = {**line.values, "runtime": line.runtime or show.runtime}
    said["base_price"] = show.base_price if line.base_price is None else line.base_price
    other = {name: value for name, value in said.items() if getattr(show, name) != value}
    if line.languages != [one.language for one in show.languages]:
        other["languages"] = line.languages
    if list(dict.fromkeys(map(tags.key, line.tags))) != [tag.key for tag in show.tags]:
        other["tags"] = line.tags
    return other


def _known(ids: list[str]) -> dict[str, Show]:
    found = dict[str, Show]()
    for start in range(0, len(ids), 500):
        some = select(Show).where(Show.external_id.in_(ids[start : start + 500]))
        rows = db.session.scalars(some.options(selectinload(Show.tags), selectinload(Show.languages)))
        found |= {show.external_id or "": show for show in rows}
    return found

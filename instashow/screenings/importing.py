"""Screenings from a CSV: judged line by line, then written all or not at all, by their external ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert as plain_insert
from sqlalchemy import select

from instashow.cache import changed
from instashow.db import db, on_sqlite
from instashow.screenings import figures
from instashow.screenings.claims import standing
from instashow.screenings.clashes import There, Wanted, overlapping
from instashow.screenings.lines import ScreeningLine, judged, theatres_of
from instashow.screenings.models import Claim, Screening
from instashow.screenings.wall_time import to_wall
from instashow.sheet import Outcome, Refused, Sheet, read
from instashow.shows.models import Show
from instashow.theatres.models import City, Screen

COLUMNS = ("id", "theatre", "screen", "show", "start", "format", "language", "subtitles", "list_price", "state")
NEEDED = ("id", "theatre", "show", "start")
LAST_MOMENT = timedelta(minutes=1)
"""A hold that lapsed just now may be on its way to the till: it counts."""


def bring(data: bytes, *, now: datetime) -> Outcome:
    """Add the file's screenings, change those that are known by their id. Raises sheet.Unreadable, sheet.Refused."""
    sheet = read(data, columns=COLUMNS, needed=NEEDED)
    theatre_ids = theatres_of(sheet)
    _lock({one for one in theatre_ids.values() if one is not None})
    known = _known([line.cells.get("id", "").strip() for line in sheet.lines])
    lines = judged(sheet, theatre_ids, known, now)
    _refuse_overlaps(lines, known)
    _refuse_sold(lines, known, now)
    if sheet.errors:
        raise Refused(sheet)
    return _write(lines, known, sheet, now)


def _lock(theatre_ids: set[int]) -> None:
    """Whoever changes a screen's timetable queues at its row; on SQLite writers queue anyway."""
    if not on_sqlite() and theatre_ids:
        rows = select(Screen.id).where(Screen.theatre_id.in_(theatre_ids)).order_by(Screen.id)
        db.session.execute(rows.with_for_update(key_share=True))


def _refuse_overlaps(lines: list[ScreeningLine], known: dict[str, Screening]) -> None:
    live = {one.line.number: one for one in lines if one.takes_its_screen}
    wanted = [Wanted(one.values["screen_id"], one.occupied, number) for number, one in live.items()]
    found = overlapping(wanted, but={screening.id for screening in known.values()})
    called = _called({other.id for other in found.values() if isinstance(other, There)})
    for number, other in found.items():
        if isinstance(other, There):
            live[number].line.wrong("start", "screening_conflict", called[other.id])
        else:
            live[number].line.wrong("start", "line_conflict", other)


def _called(ids: Collection[int]) -> dict[int, str]:
    """Show and wall time of screenings, by id."""
    found, ordered = dict[int, str](), sorted(ids)
    columns = select(Screening.id, Show.title, Screening.starts_at, City.zone)
    rows = columns.join(Show, Show.id == Screening.show_id).join(City, City.id == Screening.city_id)
    for some in (ordered[start : start + 500] for start in range(0, len(ordered), 500)):
        for screening_id, title, starts_at, zone in db.session.execute(rows.where(Screening.id.in_(some))):
            found[screening_id] = f"{title}, {to_wall(starts_at, zone):%Y-%m-%d %H:%M}"
    return found


def _refuse_sold(lines: list[ScreeningLine], known: dict[str, Screening], now: datetime) -> None:
    """Where seats are held or sold, moving and cancelling are acts of their own, which tell and refund the buyers."""
    moved = {
        known[line.external_id].id: line
        for line in lines
        if line.external_id in known
        and any(
            getattr(known[line.external_id], name) != line.values[name]
            for name in ("show_id", "screen_id", "starts_at", "state")
        )
    }
    ids = sorted(moved)
    for some in (ids[start : start + 500] for start in range(0, len(ids), 500)):
        _keep_buyers_out(some)
        stand = select(Claim.screening_id).where(Claim.screening_id.in_(some), standing(now - LAST_MOMENT))
        for screening_id in db.session.scalars(stand.distinct()):
            moved[screening_id].line.wrong("id", "sold")


def _keep_buyers_out(ids: list[int]) -> None:
    """Nobody holds a seat of these between our look and our word: who asks waits, and then reads the sale as it is."""
    db.session.execute(select(Screening.id).where(Screening.id.in_(ids)).order_by(Screening.id).with_for_update())


def _write(lines: list[ScreeningLine], known: dict[str, Screening], sheet: Sheet, now: datetime) -> Outcome:
    fresh = [{"external_id": line.external_id, **line.values} for line in lines if line.external_id not in known]
    if fresh:
        db.session.execute(plain_insert(Screening), fresh)
    changes = [line for line in lines if line.external_id in known and _change(known[line.external_id], line, now)]
    db.session.flush()
    touched = [row["external_id"] for row in fresh] + [line.external_id for line in changes]
    figures.remake([screening.id for screening in _known(touched).values()], now)
    if touched:
        changed("programme")
    return Outcome(len(fresh), len(changes), len(lines) - len(touched), sheet)


def _change(screening: Screening, line: ScreeningLine, now: datetime) -> bool:
    """What has begun stays as it was."""
    if screening.starts_at <= now:
        return False
    other = {name: value for name, value in line.values.items() if getattr(screening, name) != value}
    for name, value in other.items():
        setattr(screening, name, value)
    return bool(other)


def _known(ids: Iterable[str]) -> dict[str, Screening]:
    """By external id; nobody else changes them until we are done, and buyers are not kept waiting."""
    found, ordered = dict[str, Screening](), sorted(ids)
    for some in (ordered[start : start + 500] for start in range(0, len(ordered), 500)):
        rows = select(Screening).where(Screening.external_id.in_(some)).order_by(Screening.external_id)
        rows = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
        found |= {screening.external_id or "": screening for screening in db.session.scalars(rows)}
    return found

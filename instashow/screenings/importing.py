"""Screenings from a CSV: judged line by line, then written all or not at all, by their external ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert as plain_insert
from sqlalchemy import select

from instashow.cache import changed
from instashow.config import settings
from instashow.db import db, on_sqlite
from instashow.pricing import cards, pricelist
from instashow.screenings import figures, naming, stages
from instashow.screenings.clashes import Wanted, overlapping
from instashow.screenings.hours import Interval
from instashow.screenings.models import Claim, Screening
from instashow.screenings.naming import Film, Names, Nobody
from instashow.screenings.stages import Stage
from instashow.screenings.timetable import STATES
from instashow.screenings.wall_time import WallTimeError, start_of, to_wall
from instashow.sheet import Line, Outcome, Refused, Sheet, read
from instashow.shows import languages
from instashow.shows.models import Allocation
from instashow.theatres.models import Screen

COLUMNS = ("id", "theatre", "screen", "show", "start", "format", "language", "subtitles", "list_price", "state")


@dataclass(frozen=True)
class ScreeningLine:
    """A screening as a line says it: columns as they are to be written."""

    line: Line
    external_id: str
    values: dict[str, Any]

    @property
    def occupied(self) -> Interval:
        """When its screen is taken."""
        return Interval(self.values["occupied_from"], self.values["occupied_until"])

    @property
    def takes_its_screen(self) -> bool:
        """Whether nothing else can be shown meanwhile."""
        return bool(self.values["state"] != "cancelled")


def bring(data: bytes, *, now: datetime) -> Outcome:
    """Add the file's screenings, change those that are known by their id. Raises sheet.Unreadable, sheet.Refused."""
    sheet = read(data, columns=COLUMNS, needed=("id", "theatre", "show", "start"))
    known = _known([line.cells.get("id", "").strip() for line in sheet.lines])
    lines = _Judge(known, now).judged(sheet)
    _lock({line.values["screen_id"] for line in lines})
    _refuse_overlaps(lines, known)
    _refuse_sold(lines, known)
    if sheet.errors:
        raise Refused(sheet)
    return _write(lines, known, sheet, now)


class _Judge:
    """What the lines of one file are judged by: everything asked for once."""

    def __init__(self, known: dict[str, Screening], now: datetime) -> None:
        self.known, self.now = known, now
        self.theatres, self.shows = naming.theatres(), naming.shows()
        self.screens: dict[int, Names[int]] = {}
        self.stages: dict[int, Stage] = {}
        self.cards: list[cards.Card] = []
        self.own_prices: dict[tuple[int, int], int] = {}

    def judged(self, sheet: Sheet) -> list[ScreeningLine]:
        """The screenings that the lines mean; errors are noted in the sheet."""
        times = Counter(line.cells.get("id", "").strip() for line in sheet.lines)
        theatre_ids = {line.number: _found(self.theatres, line, "theatre") for line in sheet.lines}
        wanted = {one for one in theatre_ids.values() if one is not None}
        self.screens = naming.screens(wanted)
        self.stages = stages.stage_of()
        self.cards = pricelist.cards_of(wanted)
        own = select(Allocation).where(Allocation.removed_at.is_(None))
        self.own_prices = {(one.show_id, one.theatre_id): one.base_price for one in db.session.scalars(own)}
        lines = [self._judge(line, theatre_ids[line.number], times) for line in sheet.lines]
        return [line for line in lines if line]

    def _judge(self, line: Line, theatre_id: int | None, times: Counter[str]) -> ScreeningLine | None:
        external_id = line.text("id", longest=60, needed=True)
        if external_id and times[external_id] > 1:
            line.wrong("id", "twice")
        stage = self._stage(line, theatre_id)
        show = _found(self.shows, line, "show")
        said = self._said(line)
        starts_at = _start(line, stage.zone) if stage else None
        if stage is None or show is None or starts_at is None:
            return None
        before = self.known.get(external_id)
        if starts_at <= self.now and (before is None or before.starts_at != starts_at):
            line.wrong("start", "past")
        runtime = show.runtime if before is None or before.runtime is None else before.runtime
        values = stages.values(stage, show.id, starts_at, stage.needs(runtime), self.now) | said
        if before is not None:
            values = _keep_what_stands(values, before)
        if values.get("list_price") is None:
            values["list_price"] = self._list_price(stage, show, starts_at, values["format"])
        return ScreeningLine(line, external_id, values)

    def _stage(self, line: Line, theatre_id: int | None) -> Stage | None:
        if theatre_id is None:
            return None
        names = self.screens[theatre_id]
        if line.empty("screen"):
            only = {id for found in names.by_name.values() for id in found}
            if len(only) != 1:
                line.wrong("screen", "missing")
                return None
            return self.stages.get(only.pop())
        screen_id = _found(names, line, "screen")
        return None if screen_id is None else self.stages.get(screen_id)

    def _said(self, line: Line) -> dict[str, Any]:
        """What the line says beside screen, show and start."""
        state = line.text("state", longest=20) or "on_sale"
        if state not in STATES:
            line.wrong("state", "not_a_state")
        said: dict[str, Any] = {
            "state": state,
            "language": _language(line, "language"),
            "subtitles": _language(line, "subtitles"),
        }
        if format := line.text("format", longest=40):
            said["format"] = format
        if (price := line.amount("list_price", settings().currency)) is not None:
            said["list_price"] = price
        return said

    def _list_price(self, stage: Stage, show: Film, starts_at: datetime, format: str) -> int:
        own = self.own_prices.get((show.id, stage.theatre_id))
        return cards.list_price(
            self.cards,
            theatre_id=stage.theatre_id,
            format=format,
            starts=to_wall(starts_at, stage.zone),
            base=show.base_price if own is None else own,
            factor=stage.factor if own is None else 10_000,
        )


def _found(names: Names[Any], line: Line, column: str) -> Any:
    text = line.text(column, longest=200, needed=True)
    try:
        return names.find(text) if text else None
    except Nobody as nobody:
        line.wrong(column, nobody.code)
        return None


def _start(line: Line, zone: str) -> datetime | None:
    text = line.text("start", longest=40, needed=True)
    try:
        return start_of(text, zone) if text else None
    except WallTimeError as odd:
        line.wrong("start", odd.code)
    except (ValueError, OverflowError):
        line.wrong("start", "not_a_time")
    return None


def _language(line: Line, column: str) -> str:
    codes = line.words(column)
    try:
        return ";".join(languages.checked(code) for code in codes)
    except languages.UnknownLanguage:
        line.wrong(column, "not_a_language")
        return ""


def _keep_what_stands(values: dict[str, Any], before: Screening) -> dict[str, Any]:
    """What a line does not decide of a screening that is there: its price once filled, places, when it was added."""
    kept = {name: getattr(before, name) for name in ("capacity", "added_at")}
    same_screen = before.screen_id == values["screen_id"]
    kept = {"layout_id": before.layout_id, **kept} if same_screen else {"added_at": before.added_at}
    return {"list_price": before.list_price} | values | kept


def _lock(screen_ids: set[int]) -> None:
    """Whoever changes a screen's timetable queues at its row; on SQLite writers queue anyway."""
    if not on_sqlite() and screen_ids:
        rows = select(Screen.id).where(Screen.id.in_(screen_ids)).order_by(Screen.id)
        db.session.execute(rows.with_for_update(key_share=True))


def _refuse_overlaps(lines: list[ScreeningLine], known: dict[str, Screening]) -> None:
    live = {one.line.number: one for one in lines if one.takes_its_screen}
    wanted = [Wanted(one.values["screen_id"], one.occupied, number) for number, one in live.items()]
    for number in overlapping(wanted, but={screening.id for screening in known.values()}):
        live[number].line.wrong("start", "screening_conflict")


def _refuse_sold(lines: list[ScreeningLine], known: dict[str, Screening]) -> None:
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
    ids = list(moved)
    for start in range(0, len(ids), 500):
        sold = select(Claim.screening_id).where(Claim.screening_id.in_(ids[start : start + 500])).distinct()
        for screening_id in db.session.scalars(sold):
            moved[screening_id].line.wrong("id", "sold")


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
        changed("screening")
    return Outcome(len(fresh), len(changes), len(lines) - len(touched), sheet)


def _change(screening: Screening, line: ScreeningLine, now: datetime) -> bool:
    """What has begun stays as it was."""
    if screening.starts_at <= now:
        return False
    other = {name: value for name, value in line.values.items() if getattr(screening, name) != value}
    for name, value in other.items():
        setattr(screening, name, value)
    return bool(other)


def _known(ids: list[str]) -> dict[str, Screening]:
    found = dict[str, Screening]()
    for start in range(0, len(ids), 500):
        rows = db.session.scalars(select(Screening).where(Screening.external_id.in_(ids[start : start + 500])))
        found |= {screening.external_id or "": screening for screening in rows}
    return found

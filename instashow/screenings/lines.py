"""What the lines of a screenings' CSV mean: judged one by one, what is wrong noted in the sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow.config import settings
from instashow.db import db
from instashow.pricing import cards, pricelist
from instashow.screenings import naming, stages
from instashow.screenings.hours import Interval
from instashow.screenings.models import Screening
from instashow.screenings.naming import Film, Names, Nobody
from instashow.screenings.stages import Stage
from instashow.screenings.timetable import STATES
from instashow.screenings.wall_time import WallTimeError, start_of, to_wall
from instashow.sheet import Line, Sheet
from instashow.shows import languages
from instashow.shows.models import Allocation


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


def theatres_of(sheet: Sheet) -> dict[int, int | None]:
    """The theatre that each line means, by its number; errors are noted in the sheet."""
    names = naming.theatres()
    return {line.number: _found(names, line, "theatre") for line in sheet.lines}


def judged(
    sheet: Sheet, theatre_ids: dict[int, int | None], known: dict[str, Screening], now: datetime
) -> list[ScreeningLine]:
    """The screenings that the lines mean at these theatres; `known` are there, by external id. Errors are noted in the
    sheet."""
    return _Judge(known, now).judged(sheet, theatre_ids)


class _Judge:
    """What the lines of one file are judged by: everything asked for once."""

    def __init__(self, known: dict[str, Screening], now: datetime) -> None:
        self.known, self.now = known, now
        self.shows = naming.shows()
        self.screens: dict[int, Names[int]] = {}
        self.stages: dict[int, Stage] = {}
        self.cards: list[cards.Card] = []
        self.own_prices: dict[tuple[int, int], int] = {}

    def judged(self, sheet: Sheet, theatre_ids: dict[int, int | None]) -> list[ScreeningLine]:
        """The screenings that the lines mean; errors are noted in the sheet."""
        times = Counter(line.cells.get("id", "").strip() for line in sheet.lines)
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

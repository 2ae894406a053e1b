"""Seat plans as CSV, one place a line; a hall without numbers is its count."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import cast

from instashow.theatres.numbering import recognised
from instashow.theatres.plan import MOST_LINES, MOST_PLACES, Kind, LayoutError, Place, Plan, Problem, Row, Zone, checked

COLUMNS = ("row", "number", "x", "y", "kind", "category", "blocked", "restricted", "pair", "zone")
NEEDED = {"row", "number", "x", "y"}
COUNTED = ("unnumbered", "wheelchair_places")


def write(plan: Plan) -> str:
    """The plan as CSV, lines by y and x. Cross aisles are the lines that y leaves out."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    if plan.unnumbered:
        lines.writerows([COUNTED, (plan.unnumbered, plan.free_wheelchair_places)])
        return text.getvalue()
    lines.writerow(COLUMNS)
    lines.writerows(_cells(place) for place in sorted(plan.places, key=lambda place: (place.y, place.x)))
    return text.getvalue()


def read(text: str) -> Plan:
    """The plan of a CSV with a header; kind, category, flags, pair and zone may be left out. Raises LayoutError.

    Problems of a line carry its number in the file as their row.
    """
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="")
    header = set(lines.fieldnames or ())
    if "unnumbered" in header:
        return checked(_unnumbered(lines))
    if missing := NEEDED - header:
        raise LayoutError(*(Problem("missing_column", column) for column in sorted(missing)))
    places = tuple(_place(line, number) for number, line in _limited(lines))
    if not places:
        raise LayoutError(Problem("empty"))
    return checked(_plan(places))


def _cells(place: Place) -> list[object]:
    flags = ("yes" if place.blocked else "", "yes" if place.restricted else "")
    name_and_spot = (place.row, place.number, place.x, place.y, place.kind, place.category)
    return [*name_and_spot, *flags, "" if place.pair is None else place.pair, place.zone or ""]


def _limited(lines: csv.DictReader[str]) -> Iterable[tuple[int, dict[str, str]]]:
    for count, line in enumerate(lines):
        if count >= MOST_PLACES:
            raise LayoutError(Problem("too_many_places"))
        yield lines.line_num, {key: (value or "").strip() for key, value in line.items() if isinstance(key, str)}


def _place(line: dict[str, str], number: int) -> Place:
    pair = line.get("pair", "")
    return Place(
        row=line["row"],
        number=line["number"],
        x=_whole(line["x"], "x", number),
        y=_whole(line["y"], "y", number),
        kind=cast(Kind, line.get("kind") or "seat"),
        category=line.get("category") or "standard",
        blocked=_flag(line.get("blocked", ""), number),
        restricted=_flag(line.get("restricted", ""), number),
        pair=_whole(pair, "pair", number, most=MOST_PLACES) if pair else None,
        zone=line.get("zone") or None,
    )


def _plan(places: Sequence[Place]) -> Plan:
    labels = {place.y: place.row for place in reversed(places)}
    width = 1 + max(place.x for place in places)
    rows = tuple(Row(labels.get(y, ""), width) for y in range(1 + max(labels)))
    zones = {place.zone: dict[str, None]() for place in places if place.zone}
    for place in places:
        if place.zone:
            zones[place.zone][place.row] = None
    named = tuple(Zone(name, tuple(of)) for name, of in zones.items())
    return Plan(tuple(places), rows, named, numbering=recognised(_numbers(places, rows)))


def _numbers(places: Sequence[Place], rows: Sequence[Row]) -> list[list[str]]:
    numbers = [[""] * row.width for row in rows]
    for place in places:
        numbers[place.y][place.x] = place.number
    return numbers


def _unnumbered(lines: csv.DictReader[str]) -> Plan:
    for _, line in _limited(lines):
        count = _whole(line["unnumbered"], "unnumbered", 2, most=MOST_PLACES)
        wheelchairs = _whole(line.get("wheelchair_places") or "0", "wheelchair_places", 2, most=MOST_PLACES)
        return Plan(numbering="none", front="", unnumbered=count, free_wheelchair_places=wheelchairs)
    raise LayoutError(Problem("empty"))


def _whole(text: str, column: str, number: int, *, most: int = MOST_LINES - 1) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > most:
        raise LayoutError(Problem(f"bad_{column}", str(number)))
    return int(text)


def _flag(text: str, number: int) -> bool:
    if text.lower() not in ("", "yes", "no", "1", "0", "true", "false"):
        raise LayoutError(Problem("unknown_flag", str(number)))
    return text.lower() in ("yes", "1", "true")

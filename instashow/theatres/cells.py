"""A row drawn as letters, one a column, and the places it means.

The letter gives kind and category; a zone only says where the seat is. So a hall with three zones at three prices draws
each with its own letter. What no letter says (a category of a theatre's own, a blocked recliner) stands beside the
letters by column: `categories` and `flags`, like the `numbers` of a row that is not simply counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from instashow.theatres import numbering
from instashow.theatres.plan import Kind, LayoutError, Place, Plan, Problem, Row, Zone

GAP = "."


@dataclass(frozen=True)
class Meaning:
    """What a letter says of a place."""

    kind: Kind
    category: str = "standard"
    blocked: bool = False
    restricted: bool = False


LEGEND = {
    "s": Meaning("seat"),
    "p": Meaning("seat", "premium"),
    "r": Meaning("recliner", "recliner"),
    "L": Meaning("love", "love"),
    "R": Meaning("love", "love"),
    "W": Meaning("wheelchair"),
    "c": Meaning("companion"),
    "v": Meaning("seat", restricted=True),
    "x": Meaning("seat", blocked=True),
    "d": Meaning("car", "car"),
}
LETTERS = {meaning: letter for letter, meaning in LEGEND.items() if letter != "R"}
LETTER_OF_KIND = {meaning.kind: letter for letter, meaning in reversed(LEGEND.items()) if letter != "R"}


@dataclass(frozen=True)
class DrawnRow:
    """A row as drawn: label, a letter a column, and by column what the letters do not say."""

    label: str
    cells: str
    numbers: Sequence[str] = ()
    categories: Sequence[str] = ()
    flags: Sequence[str] = ()


def plan_of(rows: Sequence[DrawnRow], *, counted: str = numbering.LEFT_TO_RIGHT, zones: Sequence[Zone] = ()) -> Plan:
    """The plan that drawn rows mean, seats numbered the `counted` way where a row has no numbers of its own.

    Raises LayoutError for a letter, flag or array that means nothing; `plan.problems` judges the rest.
    """
    pairs, where = count(1), {label: zone.name for zone in zones for label in zone.rows}
    places = [
        replace(place, zone=where.get(row.label))
        for y, row in enumerate(rows)
        for place in _paired(_places(row, y, counted), row, pairs)
    ]
    lines = tuple(Row(row.label, len(row.cells)) for row in rows)
    return Plan(tuple(places), lines, tuple(zones), numbering=counted)


def drawn(plan: Plan) -> list[DrawnRow]:
    """The rows of a plan as letters; numbers only where counting does not give them."""
    lines: list[dict[int, Place]] = [{} for _ in plan.rows]
    for place in plan.places:
        lines[place.y][place.x] = place
    return [_drawn_row(row, line, plan.numbering) for row, line in zip(plan.rows, lines, strict=True)]


def _places(row: DrawnRow, y: int, counted: str) -> list[Place]:
    _refuse_nonsense(row)
    numbers = row.numbers or numbering.numbers([letter != GAP for letter in row.cells], counted)
    return [_place(row, x, y, numbers[x]) for x, letter in enumerate(row.cells) if letter != GAP]


def _refuse_nonsense(row: DrawnRow) -> None:
    if unknown := set(row.cells) - LEGEND.keys() - {GAP}:
        raise LayoutError(*(Problem("unknown_letter", row.label, letter) for letter in sorted(unknown)))
    for given in (row.numbers, row.categories, row.flags):
        if given and len(given) != len(row.cells):
            raise LayoutError(Problem("wrong_length", row.label))
    if {word for flags in row.flags for word in flags.split()} - {"blocked", "restricted"}:
        raise LayoutError(Problem("unknown_flag", row.label))


def _place(row: DrawnRow, x: int, y: int, number: str) -> Place:
    meaning = LEGEND[row.cells[x]]
    flags = row.flags[x].split() if row.flags else []
    return Place(
        row=row.label,
        number=number,
        x=x,
        y=y,
        kind=meaning.kind,
        category=(row.categories[x] if row.categories else "") or meaning.category,
        blocked=meaning.blocked or "blocked" in flags,
        restricted=meaning.restricted or "restricted" in flags,
    )


def _paired(places: list[Place], row: DrawnRow, pairs: Iterable[int]) -> list[Place]:
    numbers, pair_at = iter(pairs), dict[int, int]()
    for x in range(len(row.cells) - 1):
        if row.cells[x : x + 2] == "LR":
            pair_at[x] = pair_at[x + 1] = next(numbers)
    return [replace(place, pair=pair_at.get(place.x)) for place in places]


def _drawn_row(row: Row, line: dict[int, Place], counted: str) -> DrawnRow:
    columns = range(row.width)
    letters = [_letter(line.get(x), line.get(x - 1)) for x in columns]
    numbers = [line[x].number if x in line else "" for x in columns]
    plain = counted in (numbering.LEFT_TO_RIGHT, numbering.RIGHT_TO_LEFT)
    said = plain and numbers == numbering.numbers([x in line for x in columns], counted)
    categories = [_unsaid_category(line.get(x), letters[x]) for x in columns]
    flags = [_unsaid_flags(line.get(x), letters[x]) for x in columns]
    return DrawnRow(
        row.label,
        "".join(letters),
        () if said or not line else tuple(numbers),
        tuple(categories) if any(categories) else (),
        tuple(flags) if any(flags) else (),
    )


def _letter(place: Place | None, left: Place | None) -> str:
    if place is None:
        return GAP
    if place.kind == "love":
        return "R" if left and left.pair == place.pair else "L"
    meaning = Meaning(place.kind, place.category, place.blocked, place.restricted)
    return LETTERS.get(meaning) or LETTER_OF_KIND[place.kind]


def _unsaid_category(place: Place | None, letter: str) -> str:
    return place.category if place and place.category != LEGEND[letter].category else ""


def _unsaid_flags(place: Place | None, letter: str) -> str:
    if place is None:
        return ""
    said = LEGEND[letter]
    words = {"blocked": place.blocked and not said.blocked, "restricted": place.restricted and not said.restricted}
    return " ".join(word for word, unsaid in words.items() if unsaid)

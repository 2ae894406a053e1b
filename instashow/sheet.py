"""Reading a CSV file that somebody gives us: its header, its lines, and what is wrong in them, by line and column.

A room's importing.py takes what it needs from each line; what cannot be is noted, not raised: one run tells all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from instashow import money
from instashow.typed import LINES, keepable

MOST_LINES = 200_000
LONGEST_CELL = 10_000
LONGEST_NUMBER = 18
"""Signs of a whole number: no bound of ours has as many, and to count thousands of digits takes long."""
NO_COMMAS = {";": "semicolons", "\t": "tabs"}

Value = TypeVar("Value")


class Unreadable(ValueError):
    """A file that is no such list: not_utf8, no_header, missing_column, missing_columns, twice_column,
    too_many_lines, no_rows; semicolons and tabs, where those stand for commas; bad_csv, long_cell and null from a
    line on.

    `what` is the column or line that it is about.
    """

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code} {what}".strip())
        self.code = code
        self.what = what


class Outside(ValueError):
    """A number beyond its bounds, which are `about`."""

    code = "out_of_range"

    def __init__(self, low: int, high: int) -> None:
        super().__init__(self.code)
        self.about = f"{low} to {high}"


@dataclass(frozen=True)
class Note:
    """Something about one cell: a code, the cell as it stands, and what it is measured by (bounds, say)."""

    line: int
    column: str
    code: str
    value: str = ""
    about: str = ""


@dataclass
class Sheet:
    """A file's lines under the columns that are known, and what is found about them."""

    lines: list[Line]
    unknown: list[str]
    """Columns that mean nothing here."""
    errors: list[Note] = field(default_factory=list)
    notices: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: rows added, changed and left as they were."""

    added: int
    changed: int
    same: int
    sheet: Sheet


class Refused(Exception):
    """Some lines have errors, so nothing was imported; `sheet` has them."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(f"{len(sheet.errors)} errors")
        self.sheet = sheet


@dataclass(frozen=True)
class Line:
    """One line of the file, and the readers of its cells; `number` counts the header as 1."""

    number: int
    cells: Mapping[str, str]
    errors: list[Note]
    notices: list[Note]

    def wrong(self, column: str, code: str, about: object = "") -> None:
        """Note that a cell cannot be."""
        self.errors.append(Note(self.number, column, code, self.cells.get(column, "")[:80], str(about)))

    def empty(self, column: str) -> bool:
        """Whether the cell says nothing, or the column is not there."""
        return not self.cells.get(column, "").strip()

    def say(self, column: str, code: str, value: str = "") -> None:
        """Note what was assumed."""
        self.notices.append(Note(self.number, column, code, value))

    def text(self, column: str, *, longest: int, needed: bool = False) -> str:
        """The cell on one line."""
        found = " ".join(self.cells.get(column, "").split())
        if needed and not found:
            self.wrong(column, "missing")
        if len(found) > longest:
            self.wrong(column, "too_long", longest)
        if not keepable(found):
            self.wrong(column, "characters")
        return found

    def words(self, column: str) -> list[str]:
        """The cell's list, separated by semicolons."""
        if not keepable(self.cells.get(column, ""), but=LINES):
            self.wrong(column, "characters")
        return [word for word in (part.strip() for part in self.cells.get(column, "").split(";")) if word]

    def whole(self, column: str, low: int, high: int) -> int | None:
        """A whole number, or None where the cell is empty."""
        return self._read(column, lambda text: _whole(text, low, high))

    def number_between(self, column: str, low: int, high: int) -> Decimal | None:
        """A number with a decimal point, or None where the cell is empty."""
        return self._read(column, lambda text: _decimal(text, low, high))

    def amount(self, column: str, currency: str) -> int | None:
        """Minor units of an amount in major units, or None where the cell is empty."""
        return self._read(column, lambda text: money.parse(text, currency))

    def day(self, column: str) -> date | None:
        """A day such as 2026-11-21, or None where the cell is empty."""
        return self._read(column, _day)

    def _read(self, column: str, read: Callable[[str], Value]) -> Value | None:
        text = self.cells.get(column, "").strip()
        try:
            return read(text) if text else None
        except ValueError as error:
            self.wrong(column, getattr(error, "code", None) or str(error), getattr(error, "about", ""))
            return None


def read(
    data: bytes, *, columns: Sequence[str], needed: Sequence[str], aliases: Mapping[str, str] | None = None
) -> Sheet:
    """The lines of a UTF-8 CSV with a header; `aliases` are other names of columns. Raises Unreadable."""
    rows = Rows(data)
    header = [_column(name, aliases or {}) for name in next(rows, [])]
    if not any(header):
        raise Unreadable("no_header")
    if len(header) == 1 and (codes := [code for sign, code in NO_COMMAS.items() if sign in header[0]]):
        raise Unreadable(codes[0])
    if twice := [name for name in header if name in columns and header.count(name) > 1]:
        raise Unreadable("twice_column", twice[0])
    if missing := [name for name in needed if name not in header]:
        if len(missing) > 1:
            raise Unreadable("missing_columns", ", ".join(missing))
        raise Unreadable("missing_column", missing[0])
    sheet = Sheet([], [name for name in header if name and name not in columns])
    for number, row in rows.numbered():
        cells = {name: cell for name, cell in zip(header, row, strict=False) if name in columns}
        line = Line(number, cells, sheet.errors, sheet.notices)
        if len(row) != len(header):
            line.wrong("", "wrong_number_of_cells")
        sheet.lines.append(line)
    if not sheet.lines:
        raise Unreadable("no_rows")
    return sheet


class Rows(Iterator[list[str]]):
    """The rows of a CSV with the lines of the file at which they begin."""

    def __init__(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("not_utf8", str(data.count(b"\n", 0, error.start) + 1)) from None
        if "\0" in text:
            raise Unreadable("null", str(text.count("\n", 0, text.index("\0")) + 1))
        self._text = text
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)

    def __next__(self) -> list[str]:
        begins = self._reader.line_num + 1
        try:
            return next(self._reader)
        except csv.Error:
            if self._length_of(begins) > csv.field_size_limit():
                raise Unreadable("long_cell", str(begins)) from None
            raise Unreadable("bad_csv", str(begins)) from None

    def _length_of(self, number: int) -> int:
        """Characters of one line: a cell that is too long on several lines is one whose quotation mark is missing."""
        return len(next(islice(io.StringIO(self._text, newline=""), number - 1, None), ""))

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that says something, with its line."""
        begins = self._reader.line_num + 1
        for count, row in enumerate(self):
            if count >= MOST_LINES:
                raise Unreadable("too_many_lines", str(MOST_LINES))
            if any(cell.strip() for cell in row):
                yield begins, [cell[:LONGEST_CELL] for cell in row]
            begins = self._reader.line_num + 1


def _column(name: str, aliases: Mapping[str, str]) -> str:
    plain = name.strip().lower()
    return aliases.get(plain, plain)


def _whole(text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError("not_a_whole_number")
    if len(text) > LONGEST_NUMBER or not low <= int(text) <= high:
        raise Outside(low, high)
    return int(text)


def _decimal(text: str, low: int, high: int) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,20})?", text):
        raise ValueError("not_a_number")
    if not low <= Decimal(text) <= high:
        raise Outside(low, high)
    return Decimal(text)


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not_a_day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("not_a_day") from None

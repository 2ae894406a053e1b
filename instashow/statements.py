"""Statements that stand on the sale's path: written in SQLAlchemy, compiled to SQL once, then given to the driver.

They run on the session's own connection and so in its transaction; types are turned as SQLAlchemy turns them. What is
saved is what it does around each execution, several times the database's own work.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Text, bindparam, cast, func, select, type_coerce

from instashow.connections import as_sqlalchemy
from instashow.db import connection, on_sqlite

heard: list[Callable[[str], object]] = []
"""Called with each statement's SQL before it runs: for those who count."""

Turn = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """SQL in the driver's words; the names of its values in order, or None where the driver takes them by name."""

    sql: str
    order: tuple[str, ...] | None
    given: dict[str, Any]
    """Values that the statement brings along."""
    turns: tuple[tuple[str, Turn], ...]
    """What turns a value given into the driver's."""
    row: Callable[[Iterable[Any]], Any]
    back: tuple[tuple[int, Turn], ...]
    """What turns a column of the driver's back."""


class Statement:
    """A statement of Core whose values are all `bindparam`s or columns; `build` makes it in the dialect's own words.

    `keys` are the columns that an INSERT without values is given; `row` is a NamedTuple of its columns in order, where
    there is one already.
    """

    def __init__(self, build: Callable[[], Any], keys: Sequence[str] = (), row: Any = None) -> None:
        self._build, self._keys, self._row = build, list(keys) or None, row
        self._known: dict[str, _Compiled] = {}

    def rows(self, words: Mapping[str, Any]) -> list[Any]:
        """Every row that comes back, its columns by name."""
        said, cursor = self._run(words)
        found = cursor.fetchall()
        if not said.back:
            return [said.row(row) for row in found]
        return [said.row(_turned(row, said.back)) for row in found]

    def first(self, words: Mapping[str, Any]) -> Any:
        """The first row, or None."""
        said, cursor = self._run(words)
        row = cursor.fetchone()
        if said.order is not None:
            cursor.close()  # SQLite's would hold its read open
        return None if row is None else said.row(_turned(row, said.back))

    def scalar(self, words: Mapping[str, Any]) -> Any:
        """The first column of the first row, or None."""
        row = self.first(words)
        return None if row is None else row[0]

    def run(self, words: Mapping[str, Any]) -> int:
        """Nothing comes back but how many rows it touched."""
        return int(self._run(words)[1].rowcount)

    def _run(self, words: Mapping[str, Any]) -> tuple[_Compiled, Any]:
        here = connection()
        said = self._known.get(here.dialect.name) or self._compiled(here.dialect)
        values = {**said.given, **words}
        for name, turn in said.turns:
            values[name] = turn(values[name])
        for hear in heard:
            hear(said.sql)
        cursor = self._kept_cursor(here) if said.order is None else here.connection.cursor()
        given: Any = values if said.order is None else [values[name] for name in said.order]
        try:
            cursor.execute(said.sql, given)
        except here.dialect.loaded_dbapi.Error as error:
            raise as_sqlalchemy(error, said.sql, here, cursor) from error
        return said, cursor

    def _kept_cursor(self, here: Connection) -> Any:
        """This statement's own on this connection: the driver remembers how it turned its values the last time."""
        kept = here.info.setdefault("cursors", {})
        found = kept.get(self)
        if found is None or found.closed:
            found = kept[self] = here.connection.cursor()
        return found

    def _compiled(self, dialect: Dialect) -> _Compiled:
        self._known[dialect.name] = made = _compiled(self._build(), self._keys, self._row, dialect)
        return made


class Rows:
    """A statement of one row or several at once; `build` makes it for so many, each word ending in its row's number."""

    def __init__(self, build: Callable[[int], Any]) -> None:
        self._build = build
        self._known: dict[int, Statement] = {}

    def rows(self, rows: Sequence[Mapping[str, Any]], beside: Mapping[str, Any] | None = None) -> list[Any]:
        """Every row that comes back for these; `beside` are words that all of them share."""
        count = len(rows)
        known = self._known.get(count) or self._known.setdefault(count, Statement(lambda: self._build(count)))
        words = {f"{name}_{at}": word for at, row in enumerate(rows) for name, word in row.items()}
        return known.rows({**words, **(beside or {})})


class Gathered:
    """A query whose many rows come as one text of JSON, a list of lists: SQLite lets other threads go first before
    each single row, and whoever reads a full house between them waits its turn hundreds of times."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._one = Statement(lambda: gathered(build()))

    def text(self, words: Mapping[str, Any]) -> str:
        """The rows as they came; the same rows are the same text."""
        return str(self._one.scalar(words) or "[]")

    def rows(self, words: Mapping[str, Any]) -> list[list[Any]]:
        """Each row's columns in order: numbers, text and truth; no moments."""
        return list(json.loads(self.text(words)))


def gathered(query: Any) -> Any:
    """The query whose one answer is that text; None on PostgreSQL where there are no rows."""
    rows = query.subquery()
    if on_sqlite():
        return select(type_coerce(func.json_group_array(func.json_array(*rows.c)), Text))
    return select(cast(func.json_agg(func.json_build_array(*rows.c)), Text))


def numbered(table: Any, count: int, *names: str) -> list[dict[str, Any]]:
    """The values of so many rows of an INSERT: these columns, each word ending in its row's number."""
    columns = [table.c[name] for name in names]
    return [{one.key: bindparam(f"{one.key}_{at}", type_=one.type) for one in columns} for at in range(count)]


def _compiled(statement: Any, keys: list[str] | None, row: Any, dialect: Dialect) -> _Compiled:
    made = statement.compile(dialect=dialect, column_keys=keys)
    turns, given = {}, {}
    for name, bind in made.binds.items():
        if bind.expanding:
            raise TypeError(f"{name} is as long as what it is given: such a statement is not compiled once")
        turns[name] = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if not bind.required:
            given[name] = bind.effective_value
    given |= {one.key: one.default.arg for one in made.insert_prefetch if one.default.is_scalar}
    columns = list(statement.exported_columns)
    names = [one.key for one in columns]
    shape: Any = row or namedtuple("Row", names, rename=True)
    back = [(at, one.type.dialect_impl(dialect).result_processor(dialect, None)) for at, one in enumerate(columns)]
    return _Compiled(
        sql=str(made),
        order=tuple(made.positiontup or ()) if dialect.positional else None,
        given={name: turns[name](word) if turns[name] else word for name, word in given.items()},
        turns=tuple((name, turn) for name, turn in turns.items() if turn and name not in given),
        row=shape._make,
        back=tuple((at, turn) for at, turn in back if turn),
    )


def _turned(row: Sequence[Any], back: Iterable[tuple[int, Turn]]) -> Sequence[Any]:
    turned = list(row)
    for at, turn in back:
        turned[at] = turn(turned[at])
    return turned

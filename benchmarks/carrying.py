"""A catalogue of SQLite carried over into PostgreSQL, table by table, by COPY: minutes less than loading it anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SETTINGS = (
    "SET session_replication_role = replica",  # the rows agree already: no foreign key is looked up for any of them
    "SET timezone = 'UTC'",
    "SET maintenance_work_mem = '256MB'",
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""
COUNTED_ON = """
    SELECT table_name, replace(substring(column_default FROM '''(.*)'''), '"', '') FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'id' AND column_default LIKE 'nextval(%'
"""


def carry(source: Path, url: str) -> None:
    """Put the rows of the SQLite file in the place of all that the migrated PostgreSQL at this address holds."""
    with sqlite3.connect(source) as old, psycopg.connect(url, autocommit=True) as new:
        for setting in SETTINGS:
            new.execute(setting)
        names = [name for (name,) in new.execute(TABLES).fetchall()]
        new.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names))))
        indexes = new.execute(INDEXES).fetchall()
        for index, _ in indexes:
            new.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
        for name in names:
            _copy(old, new, name)
        for _, definition in indexes:
            new.execute(definition)
        _count_on(new)
        new.execute("VACUUM ANALYZE")


def _copy(old: sqlite3.Connection, new: psycopg.Connection[Any], name: str) -> None:
    rows = old.execute(f'SELECT * FROM "{name}"')
    columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in rows.description)
    with new.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), columns)) as copy:
        for row in rows:
            copy.write_row(row)


def _count_on(new: psycopg.Connection[Any]) -> None:
    for name, sequence in new.execute(COUNTED_ON).fetchall():
        last = sql.SQL("SELECT setval({}, coalesce(max(id), 0) + 1, false) FROM {}")
        new.execute(last.format(sequence, sql.Identifier(name)))

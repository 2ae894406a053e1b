"""The whole database into a file and back, while it runs: SQLite by its backup, PostgreSQL by pg_dump and psql."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from shutil import which

from sqlalchemy import URL

from instashow.db import db, on_sqlite
from instashow.upgrade import Refusal

AFRESH = "DROP SCHEMA public CASCADE"
"""The dump makes it anew; all in one transaction, so others see the old house or the new one."""


def dump(to: Path) -> None:
    """Write the database as it is at one moment; others go on reading and writing. Raises Refusal."""
    if on_sqlite():
        _copy(_sqlite_file(), to)
    else:
        _run("pg_dump", "--no-owner", "--no-privileges", "--schema=public", f"--file={to}")


def load(source: Path) -> None:
    """Put the dumped database in the place of this one, in one step. Raises Refusal."""
    if on_sqlite():
        _copy(source, _sqlite_file())
    else:
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        _run("psql", *options, f"--command={AFRESH}", f"--file={source}")


def whole(source: Path) -> bool:
    """Whether the file holds a database that can be loaded into this one's kind."""
    with source.open("rb") as file:
        is_sqlite = file.read(15) == b"SQLite format 3"
    if not on_sqlite():
        return not is_sqlite
    if not is_sqlite:
        return False
    with sqlite3.connect(source) as found:
        return bool(found.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def _sqlite_file() -> Path:
    return Path(db.engine.url.database or "")


def _copy(source: Path, to: Path) -> None:
    """Page by page in one step: a reader sees the old database or the new one."""
    old, new = sqlite3.connect(source, timeout=30), sqlite3.connect(to, timeout=30)
    try:
        old.backup(new)
    finally:
        old.close()
        new.close()


def _run(program: str, *words: str) -> None:
    """The database's address goes by the environment, since other people can read a command line."""
    if not which(program):
        raise Refusal(f"{program} is missing; `apt-get install postgresql-client` brings it")
    said = {**os.environ, **_environment(db.engine.url)}
    done = subprocess.run([program, *words], env=said, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
        raise Refusal(f"{program} failed: {last}")


def _environment(url: URL) -> dict[str, str]:
    """All that the address says, as libpq reads it from an environment. Raises Refusal for what has no name there."""
    from psycopg.pq import Conninfo  # comes with the extra `postgres`

    _words, told = db.engine.dialect.create_connect_args(url)
    told = {word: value for word, value in told.items() if word != "context" and value not in (None, "")}
    names = {one.keyword.decode(): one.envvar.decode() for one in Conninfo.get_defaults() if one.envvar}
    if unknown := sorted(set(told) - set(names)):
        raise Refusal(
            f"PostgreSQL's programs cannot be told {', '.join(unknown)} of INSTASHOW_DATABASE_URL by their environment;"
            " expected it in a service file, named by ?service="
        )
    return {names[word]: str(value) for word, value in told.items()}

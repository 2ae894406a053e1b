"""The whole database into a file and back, while it runs: SQLite by its backup, PostgreSQL by pg_dump and psql."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

from sqlalchemy.engine import make_url

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
    said = {**os.environ, **_environment(make_url(db.engine.url))}
    done = subprocess.run([program, *words], env=said, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
        raise Refusal(f"{program} failed: {last}")


def _environment(url: Any) -> dict[str, str]:
    told = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: str(value) for name, value in told.items() if value}

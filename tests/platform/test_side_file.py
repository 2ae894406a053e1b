"""The side files: a torn one is made anew, a busy one is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from instashow.side_file import opened

TABLE = "CREATE TABLE IF NOT EXISTS notes (word TEXT)"


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 50)
    made = opened(str(path), TABLE)
    made.execute("INSERT INTO notes VALUES ('kept')")
    assert opened(str(path), TABLE).execute("SELECT word FROM notes").fetchall() == [("kept",)]


def test_what_cannot_be_opened_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        opened(str(tmp_path / "cache.db"), TABLE)
    assert (tmp_path / "cache.db").is_dir()

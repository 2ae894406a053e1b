"""A chain of 1,000 theatres with a year behind it, and a cut of the same one: a hundredth, with the same city's today.

Kept in a folder under the system's temporary one, since the large one takes minutes to load.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from instashow.app import create_app
from instashow.config import Settings
from instashow.upgrade import STEPS, upgrade

FOLDER = Path(tempfile.gettempdir()) / "instashow-growth"
FRESH = 3 * 86400
"""Seconds for which a loaded chain still has enough days ahead."""
SCREENINGS, BOOKINGS = 1_000, 10_000
HERE = """
    SELECT id FROM screenings WHERE city_id = (
        SELECT city_id FROM screenings WHERE day >= date('now') GROUP BY city_id ORDER BY count(*) DESC LIMIT 1
    ) AND day BETWEEN date('now') AND date('now', '+1 day')
"""
"""The screenings of today and tomorrow where most is on."""
WITH_PAST = "SELECT screening_id FROM large.bookings GROUP BY screening_id ORDER BY count(*) DESC"
OF_SCREENINGS = ("figures", "claims", "price_points", "holds")
OF_BOOKINGS = ("tickets", "payments")
LEFT_OUT = ("alembic_version", "receipts", "messages", "deliveries", "works", "heartbeats")


def large() -> Path:
    """The home folder of the chain, loaded where it is not there or too old."""
    home = FOLDER / "large"
    if not _stands(home):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        words = [sys.executable, "-m", "instashow", "demo", "--size", "chain", "--history", "365"]
        plain = {name: word for name, word in os.environ.items() if not name.startswith("INSTASHOW_")}
        subprocess.run(words, env={**plain, "INSTASHOW_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL)
        (home / "loaded").write_text(_tables())
    return home


def small() -> Path:
    """The home folder of the cut, made anew where the chain is newer."""
    home, whole = FOLDER / "small", large()
    if not _stands(home) or (home / "loaded").stat().st_mtime < (whole / "loaded").stat().st_mtime:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        with create_app(Settings(home=home, secret_key="small")).app_context():
            upgrade()
        _cut(home / "instashow.db", whole / "instashow.db")
        (home / "loaded").write_text(_tables())
    return home


def _stands(home: Path) -> bool:
    note = home / "loaded"
    young = note.exists() and time.time() - note.stat().st_mtime < FRESH
    return young and note.read_text() == _tables()


def _tables() -> str:
    """What the tables were made by: others need a catalogue of their own."""
    steps = sorted((STEPS / "versions").glob("*.py"))
    return hashlib.sha256(b"".join(step.read_bytes() for step in steps)).hexdigest()


def _cut(path: Path, whole: Path) -> None:
    """Copy all but screenings and bookings past the count, what belongs to them, and theatres without any."""
    with sqlite3.connect(path, isolation_level=None) as cut:
        cut.execute(f"ATTACH '{whole}' AS large")
        cut.execute("PRAGMA foreign_keys=OFF")
        cut.execute("BEGIN")
        cut.execute(f"CREATE TEMP TABLE kept AS {HERE.replace('FROM screenings', 'FROM large.screenings')}")
        left = SCREENINGS - cut.execute("SELECT count(*) FROM kept").fetchone()[0]
        cut.execute(f"INSERT INTO kept {WITH_PAST} LIMIT {max(left, SCREENINGS // 3)}")
        cut.execute(
            "CREATE TEMP TABLE booked AS SELECT id FROM large.bookings WHERE screening_id IN (SELECT id FROM kept) "
            f"LIMIT {BOOKINGS}"
        )
        for (name,) in cut.execute("SELECT name FROM large.sqlite_master WHERE type = 'table'").fetchall():
            if name not in LEFT_OUT and not name.startswith("sqlite_"):
                cut.execute(f"DELETE FROM main.{name}")
                cut.execute(f"INSERT INTO main.{name} SELECT * FROM large.{name} {_only(name)}")
        cut.execute("COMMIT")
        cut.execute("ANALYZE")


def _only(name: str) -> str:
    if name == "screenings":
        return "WHERE id IN (SELECT id FROM kept)"
    if name == "theatres":
        return "WHERE id IN (SELECT theatre_id FROM large.screenings WHERE id IN (SELECT id FROM kept))"
    if name == "search_places":
        return "WHERE kind <> 'theatre' OR subject_id IN (SELECT id FROM main.theatres)"
    if name == "bookings":
        return "WHERE id IN (SELECT id FROM booked)"
    if name == "claims":
        sold = "(SELECT id FROM large.tickets WHERE booking_id IN (SELECT id FROM booked))"
        return f"WHERE screening_id IN (SELECT id FROM kept) AND (ticket_id IS NULL OR ticket_id IN {sold})"
    if name in OF_SCREENINGS:
        return "WHERE screening_id IN (SELECT id FROM kept)"
    return "WHERE booking_id IN (SELECT id FROM booked)" if name in OF_BOOKINGS else ""

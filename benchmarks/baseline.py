"""The limit beside us: the least that Flask and the database must do, served as we are.

`python -m benchmarks.baseline PORT DATABASE_URL` holds and books with raw SQL: the same rows of the same size, one
look-up of who asks, and nothing else: no ORM, form, CSRF token, template, seat rule or price reckoned.
`python -m benchmarks.baseline PORT FILE` answers every request with the bytes of a file.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from flask import Flask, Response, request

from benchmarks import raw_sale
from instashow import listening, serving
from instashow.config import Settings

WORKERS = 2
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-16000")


def main(port: int, what: str) -> None:
    """Listen until told to stop."""
    app = of_bytes(Path(what)) if Path(what).exists() else of_sales(what)
    made = Settings(home=Path(mkdtemp()), port=port, workers=WORKERS)
    answers = [partial(listening.answer, app, socket, made) for socket in listening.bind_each(made)]
    serving.keep_alive([serving.Child("web", answer) for answer in answers])


def of_bytes(page: Path) -> Flask:
    """One route that returns these bytes."""
    app, body = Flask(__name__), page.read_bytes()

    @app.get("/")
    def bytes_of_page() -> Response:
        return Response(body, mimetype="text/html")

    return app


def of_sales(url: str) -> Flask:
    """The route pair: hold, book."""
    app, database = Flask(__name__), Database(url)

    @app.post("/screenings/<int:screening_id>/holds")
    def hold(screening_id: int) -> Response:
        seats = [int(seat) for seat in request.form.getlist("seat")]
        who = database.who(request.cookies.get("key", ""))
        if who is None:
            return Response(status=401)
        lost = raw_sale.hold(database, who[1], screening_id, seats)
        return Response(f"{', '.join(lost)} taken", 409) if lost else _see(f"/screenings/{screening_id}")

    @app.post("/checkout")
    def book() -> Response:
        screening_id, total, key = int(request.form["screening"]), int(request.form["total"]), request.form["key"]
        who = database.who(request.cookies.get("key", ""))
        if who is None:
            return Response(status=401)
        reference = raw_sale.book(database, *who, screening_id, key, total)
        return _see(f"/bookings/{reference}") if reference else Response("lapsed", 409)

    return app


def _see(url: str) -> Response:
    return Response(status=303, headers={"Location": url})


class Database:
    """One connection a thread, statements with `?` on both databases, transactions by hand."""

    WHO = """
        SELECT people.id, visitors.id FROM sessions JOIN people ON people.id = sessions.person_id
        JOIN visitors ON visitors.person_id = people.id WHERE sessions.key = ? AND sessions.ends_at > ? AND active
    """

    def __init__(self, url: str) -> None:
        self._url, self._own = url, threading.local()
        self.sqlite = url.startswith("sqlite:")
        self.begin = "BEGIN IMMEDIATE" if self.sqlite else "BEGIN"

    def who(self, key: str) -> tuple[int, int] | None:
        """Person and visitor of the browser whose cookie this is."""
        found = self.run(self.WHO, sha256(key.encode()).hexdigest(), raw_sale.moment()).fetchone()
        return (found[0], found[1]) if found else None

    def run(self, statement: str, *words: Any) -> Any:
        """The cursor of one statement."""
        if self.sqlite:
            return self._connection().execute(statement, words)
        return self._connection().execute(statement.replace("?", "%s"), words or None)

    def _connection(self) -> Any:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._sqlite() if self.sqlite else self._postgres()
        return self._own.connection

    def _sqlite(self) -> sqlite3.Connection:
        made = sqlite3.connect(self._url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in PRAGMAS:
            made.execute(f"PRAGMA {pragma}")
        return made

    def _postgres(self) -> Any:
        import psycopg

        return psycopg.connect(self._url, autocommit=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

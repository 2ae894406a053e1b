"""A house whose processes are killed again and again: `instashow serve`, its post office, and how it is killed.

Nothing waits for time to pass: a kill comes at a moment that somebody names, or in the middle of a letter.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

import jobs
from instashow.alerts import outgoing
from instashow.app import create_app
from instashow.config import read
from instashow.db import db
from instashow.theatres.models import Place
from instashow.upgrade import upgrade
from tests import cast
from tests.jobs.conftest import Office
from tests.platform.running import COMMAND, Running, settings, soon
from tests.servers import free_port
from tests.theatres.plans import hall

ROWS = ("ssssssssss",) * 8
PATIENCE = 90
"""Seconds after which something that should have happened counts as not happening."""
STILL = 5
"""Seconds in which whoever is not waiting for an answer asks again."""


@dataclass
class House:
    """`instashow serve` with two web processes and a worker, its post office, and the app to look at its database."""

    home: Path
    said: dict[str, str]
    app: Flask
    office: Office
    running: Running
    open: threading.Event = field(default_factory=threading.Event)
    halls: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Pairs of seats by screening."""
    asked: int = 0
    """How many requests were begun, or a little fewer where two began at once."""

    def start(self) -> None:
        """As an operator starts it again: nothing is repaired before. Raises TimeoutError."""
        errors = (self.home / "errors").open("a")
        command = [*COMMAND, "serve", "--port", str(self.running.port)]
        self.running.process = subprocess.Popen(
            command, env=settings(self.home, **self.said), cwd=self.home, stdout=errors, stderr=errors, text=True
        )
        if not soon(self.answers, PATIENCE):
            raise TimeoutError((self.home / "errors").read_text()[-2000:])
        self.open.set()

    def answers(self) -> bool:
        """Whether a page comes back."""
        try:
            return self.running.get("/healthz")[0] == 200
        except (OSError, HTTPException):
            return False

    def kill(self, what: str) -> None:
        """Kill -9: a "web" process, the "worker", the worker in the middle of a "letter", or "all" and start again."""
        {"web": self._one, "worker": self._worker, "letter": self._amid_a_letter, "all": self._all}[what]()

    def stop(self) -> None:
        """End it, whatever state it is in."""
        for pid in (self.running.process.pid, *self.running.children()):
            kill(pid)
        self.running.process.wait()

    def _one(self) -> None:
        kill(random.choice(self._children(worker=False)))

    def _worker(self) -> None:
        for pid in self._children(worker=True):
            kill(pid)

    def _amid_a_letter(self) -> None:
        killed = threading.Event()

        def during() -> None:
            self.office.on_letter = lambda: None
            self._worker()
            killed.set()

        self.office.on_letter = during
        if not killed.wait(PATIENCE):
            raise TimeoutError("no letter came")

    def _all(self) -> None:
        """While somebody waits for an answer, which never comes: the web processes are held still until one more has
        asked, or nobody can any more since all are waiting."""
        for pid in self._children(worker=False):
            os.kill(pid, signal.SIGSTOP)
        before = self.asked
        soon(lambda: self.asked > before, STILL)
        self.open.clear()
        self.stop()
        self.start()

    def _children(self, *, worker: bool) -> list[int]:
        """Ids of those that run; waits for one that is being started again."""
        found: list[int] = []

        def some() -> list[int]:
            usual = os.nice(0)
            found[:] = [pid for pid, nice in self.running.children().items() if (nice > usual) is worker]
            return found

        assert soon(some, PATIENCE)
        return found


def kill(pid: int) -> None:
    """SIGKILL, which nobody hears."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def house(home: Path, **said: str) -> Iterator[House]:
    """A new installation with two halls, open for business; `said` names its database and Redis."""
    office = Office()
    desk = Controller(office, hostname="127.0.0.1", port=free_port())
    desk.start()
    said = {
        "SECRET_KEY": "for crashes only",
        "MAIL_URL": f"smtp://127.0.0.1:{desk.port}",
        "CLOCK_FILE": str(home / "clock"),
        "LIMITS": "off",
        **said,
    }
    before = jobs.huey.storage, jobs.huey.serializer, jobs._app
    app = create_app(read(settings(home, **said), dotenv=home / "none"))
    made = House(home, said, app, office, Running(subprocess.Popen(["true"]), free_port(), ""))
    try:
        with app.app_context():
            upgrade()
            made.halls = dict([_hall("Regal"), _hall("Sathyam")])
        made.start()
        yield made
    finally:
        made.stop()
        desk.stop()
        with app.app_context():
            db.engine.dispose()
        jobs.huey.storage, jobs.huey.serializer, jobs._app = before


def _hall(name: str) -> tuple[int, list[tuple[int, int]]]:
    where = cast.theatre(name, plan=hall(*ROWS), dynamic_prices=False)
    show = cast.screening(cast.show(f"A film at the {name}"), where)
    seats = db.session.scalars(select(Place.id).where(Place.layout_id == show.layout_id).order_by(Place.id)).all()
    return show.id, list(zip(seats[::2], seats[1::2], strict=True))


def calm_down(on: House, left: Callable[[], object]) -> None:
    """Kill all once more, lose the queue, move the clock past every lease, start again; then work beside the house's
    own worker, which is nice to everybody, until nothing is `left`, or until that has not changed for a long time."""
    on.stop()
    jobs.huey.storage.flush_all()
    (on.home / "clock").write_text(str(_clock(on) + outgoing.LEASE.total_seconds() + 60))
    on.start()
    while (before := left()) and (jobs.run_due(on.app, rounds=1) or changes(left, before)):
        pass


def changes(left: Callable[[], object], before: object) -> bool:
    """Whether it is another before anybody loses patience; looked at seldom, since looking takes the worker's time."""
    return soon(lambda: left() != before, PATIENCE, every=0.5)


def _clock(on: House) -> float:
    file = on.home / "clock"
    return float(file.read_text()) if file.exists() else 0

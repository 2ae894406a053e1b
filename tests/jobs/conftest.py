"""An installation of its own for each test: a home, a database, a queue, a post office, a clock that can be moved."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import create_engine, text

import jobs
from instashow.app import create_app
from instashow.config import read
from instashow.db import db
from instashow.upgrade import upgrade
from tests.servers import free_port, postgres_url, redis_url

Process = subprocess.Popen[bytes]


class Office:
    """A post office that keeps every letter's Message-ID, and may end a worker in the middle of a letter."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.on_letter: Callable[[], object] = lambda: None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        line = next(one for one in envelope.content.splitlines() if one.lower().startswith(b"message-id:"))
        self.ids.append(line.partition(b":")[2].strip().decode())
        self.on_letter()
        return "250 OK"


@dataclass
class House:
    """One installation, here and in the processes that it starts."""

    environment: dict[str, str]
    app: Flask
    office: Office
    home: Path
    processes: list[Process] = field(default_factory=list)

    def start(self, act: str, *words: object, **environment: str) -> Process:
        """A process of tests/jobs/hand.py."""
        command = [sys.executable, "-m", "tests.jobs.hand", act, *map(str, words)]
        process = subprocess.Popen(command, env={**os.environ, **self.environment, **environment})
        self.processes.append(process)
        return process

    def move_clock(self, seconds: float) -> None:
        """Everybody's clock, this many seconds ahead."""
        (self.home / "clock").write_text(str(seconds))

    def ask(self, sql: str) -> list[Any]:
        """The rows of a question to the database, fresh."""
        with self.app.app_context(), db.engine.connect() as connection:
            return [tuple(row) if len(row) > 1 else row[0] for row in connection.execute(text(sql))]


def until(true: Callable[[], object], *, seconds: float = 90) -> None:
    """Until it is true. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, run_folder: Path) -> Iterator[House]:
    """An installation on SQLite throughout; `@in_each_house` runs a test on each kind of database and queue."""
    database, queue = getattr(request, "param", ("sqlite", "sqlite"))
    office = Office()
    desk = Controller(office, hostname="127.0.0.1", port=free_port())
    desk.start()
    environment = {
        "INSTASHOW_HOME": str(tmp_path),
        "INSTASHOW_SECRET_KEY": "for tests only",
        "INSTASHOW_MAIL_URL": f"smtp://127.0.0.1:{desk.port}",
        "INSTASHOW_CLOCK_FILE": str(tmp_path / "clock"),
    }
    if database == "postgres":
        environment["INSTASHOW_DATABASE_URL"] = fresh_database(postgres_url(run_folder))
    if queue == "redis":
        environment["INSTASHOW_REDIS_URL"] = redis_url(run_folder)
    before = jobs.huey.storage, jobs.huey.serializer, jobs._app
    made = House(environment, create_app(read(environment, dotenv=tmp_path / "none")), office, tmp_path)
    jobs.huey.storage.flush_all()
    with made.app.app_context():
        upgrade()
    yield made
    for process in made.processes:
        process.kill()
        process.wait()
    desk.stop()
    with made.app.app_context():
        db.engine.dispose()
    jobs.huey.storage, jobs.huey.serializer, jobs._app = before


def fresh_database(server: str) -> str:
    """A new database on the tests' PostgreSQL."""
    name = f"j{uuid.uuid4().hex[:12]}"
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return server.rsplit("/", 1)[0] + f"/{name}"


in_each_house = pytest.mark.parametrize("house", [("sqlite", "sqlite"), ("postgres", "redis")], indirect=True)

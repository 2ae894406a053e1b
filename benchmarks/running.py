"""Servers to measure: InstaShow as it is served, and the limit beside it, on one database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from instashow.app import create_app
from instashow.config import Settings
from instashow.upgrade import upgrade
from tests.servers import free_port, postgres_url, wait_for

WORKERS = 2
KEY = "for the benchmarks only"


@contextmanager
def database(kind: str) -> Iterator[Settings]:
    """The settings of a new, migrated installation on "sqlite" or on a private "postgres"."""
    with tempfile.TemporaryDirectory(prefix="instashow-bench-") as folder:
        home = Path(folder)
        url = _on_postgres(home) if kind == "postgres" else None
        made = Settings(home=home, secret_key=KEY, limits="off", database_url=url)
        with create_app(made).app_context():
            upgrade()
        yield made


def app_of(made: Settings) -> Flask:
    """The app on that installation, in this process."""
    return create_app(made)


@contextmanager
def ours(made: Settings, *words: str) -> Iterator[int]:
    """The port of `instashow serve` on that installation, without a worker."""
    said = {"HOME": str(made.home), "SECRET_KEY": KEY, "LIMITS": "off", "DATABASE_URL": made.database_url or ""}
    plain = {name: word for name, word in os.environ.items() if not name.startswith("INSTASHOW_")}
    environment = plain | {f"INSTASHOW_{name}": word for name, word in said.items() if word}
    port = free_port()
    command = ["-m", "instashow", "serve", "--no-jobs", "--workers", str(WORKERS), "--port", str(port), *words]
    with _running(command, port, environment):
        yield port


@contextmanager
def limit(what: str) -> Iterator[int]:
    """The port of the baseline: `what` is a database's URL or a file of bytes."""
    port = free_port()
    with _running(["-m", "benchmarks.baseline", str(port), what], port, dict(os.environ)):
        yield port


def raw_url(made: Settings) -> str:
    """The database's URL without SQLAlchemy's word for the driver."""
    return made.database.replace("postgresql+psycopg:", "postgresql:", 1)


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen([sys.executable, *command], env=environment, stdout=said, stderr=said)
        try:
            wait_for(port, 60)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(40)
            said.seek(0)
            print(*(line for line in said if '"level": "error"' in line or "Traceback" in line), sep="", end="")


def _on_postgres(home: Path) -> str:
    url = postgres_url(home)
    server = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with server.connect() as one:
        one.execute(text("CREATE DATABASE benchmark"))
    return url.rsplit("/", 1)[0] + "/benchmark"

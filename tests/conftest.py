"""The app on a fresh database for each test; a browser for each person."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy import create_engine, text

import jobs
from instashow import pace
from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db
from instashow.upgrade import lay_down_first_rows, upgrade
from tests.browsers import Browser
from tests.queries import counted
from tests.saturday import evening
from tests.servers import postgres_url

BOTH = ("sqlite", "postgres")
hypothesis.settings.register_profile("here", deadline=None)  # how fast something is, the benchmarks say
hypothesis.settings.load_profile("here")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app on SQLite, migrated once a worker; each test copies the empty database back."""
    home = tmp_path_factory.mktemp("home")
    app = create_app(Settings(home=home, secret_key="for tests only", base_url="http://localhost", limits="off"))
    _in_haste(app)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    shutil.copy(home / "instashow.db", home / "empty.db")
    return app


@pytest.fixture(scope="session")
def postgres_app(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Flask:
    """The app on PostgreSQL, one database a worker, migrated once."""
    url = postgres_url(run_folder)
    name = f"w{uuid.uuid4().hex[:12]}"
    server_url = url.replace("postgresql:", "postgresql+psycopg:")
    with create_engine(server_url, isolation_level="AUTOCOMMIT").connect() as server:
        server.execute(text(f"CREATE DATABASE {name}"))
    home = tmp_path_factory.mktemp("home")
    database = url.rsplit("/", 1)[0] + f"/{name}"
    app = create_app(
        Settings(
            home=home, secret_key="for tests only", base_url="http://localhost", limits="off", database_url=database
        )
    )
    _in_haste(app)
    with app.app_context():
        upgrade()
    return app


def _in_haste(app: Flask) -> None:
    """Failures are raised, not shown; a password costs 0.1 ms instead of 20."""
    app.testing = True
    app.extensions["security"].pwd_context.update(argon2__memory_cost=8, argon2__time_cost=1)


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app with an empty database, inside its context; `@both_databases` runs a test on each."""
    kind = getattr(request, "param", "sqlite")
    made: Flask = request.getfixturevalue(f"{kind}_app")
    if jobs._app is not made:
        jobs.init_app(made)  # the queue is of the app that was made last, and some tests make one of their own
    with made.app_context():
        _empty_sqlite(made) if kind == "sqlite" else _empty_postgres()
        pace.forget()
        yield made
        db.session.remove()
        db.engine.dispose()


def _empty_sqlite(app: Flask) -> None:
    home = app.extensions["instashow"].home
    db.engine.dispose()
    for leftover in home.glob("instashow.db-[sw]*"):
        leftover.unlink()
    shutil.copy(home / "empty.db", home / "instashow.db")


def _empty_postgres() -> None:
    with db.engine.begin() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        full = ", ".join(f'"{name}"' for name in names if name != "alembic_version")
        connection.execute(text(f"TRUNCATE {full} RESTART IDENTITY CASCADE"))
    lay_down_first_rows()


@pytest.fixture
def guest(app: Flask) -> Browser:
    """The browser of somebody who is not signed in."""
    return Browser(app)


@pytest.fixture
def on_saturday(app: Flask) -> Iterator[None]:
    """Five in the afternoon of one Saturday, and the clock stands still."""
    with evening():
        yield


@pytest.fixture
def queries(app: Flask) -> Iterator[list[str]]:
    """The statements that the test's app runs, in order."""
    with counted() as statements:
        yield statements


both_databases = pytest.mark.parametrize("app", BOTH, indirect=True)

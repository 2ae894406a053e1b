"""One house and one Chromium a worker: the app as `instashow serve` runs it, at five in the afternoon in Chennai."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db
from instashow.upgrade import upgrade
from tests.browser import evening, every_page
from tests.platform.running import serving
from tests.servers import free_port, wait_for

CHROMIUM = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
)
expect.set_options(timeout=20_000)  # milliseconds; a busy machine is slow, not wrong
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation's folder; the clock is set to five o'clock this afternoon."""
    return at_five(tmp_path_factory.mktemp("house"))


def at_five(home: Path) -> Path:
    """The folder, with the clock that its house goes by."""
    at = datetime.now(UTC)
    five = at.astimezone(ZoneInfo("Asia/Kolkata")).replace(hour=17, minute=0, second=0, microsecond=0)
    (home / "clock").write_text(str((five - at).total_seconds()))
    return home


def a_house(home: Path) -> Flask:
    """The app on that folder, its passwords quickly hashed."""
    app = create_app(Settings(home=home, secret_key="for tests only", limits="off", clock_file=home / "clock"))
    app.extensions["security"].pwd_context.update(argon2__memory_cost=8, argon2__time_cost=1)
    return app


@pytest.fixture(scope="session")
def house(home: Path) -> Flask:
    """The app on that folder, to write what a story needs; the browser talks to the server beside it."""
    app = a_house(home)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def base_url(house: Flask, home: Path) -> Iterator[str]:
    """Where the house answers: web and worker under one supervisor, as an operator starts them."""
    port = free_port()
    words = {"HOME": home, "SECRET_KEY": "for tests only", "LIMITS": "off", "CLOCK_FILE": home / "clock", "WORKERS": 1}
    env = {**os.environ, **{f"INSTASHOW_{name}": str(value) for name, value in words.items()}}
    env["INSTASHOW_ADMIN_PASSWORD"] = "a line from another song"
    command = [sys.executable, "-m", "instashow", "serve", "--port", str(port)]
    with (home / "serve.log").open("w") as log:
        served = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        wait_for(port, 60)
        yield f"http://localhost:{port}"
    finally:
        served.terminate()
        served.wait(30)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium; Playwright's is never downloaded."""
    found = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    assert found, "no Chromium on this machine: apt-get install chromium"
    return {"executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    """A phone in Chennai, read in English."""
    phone = {"viewport": PHONE, "has_touch": True, "locale": "en-IN", "timezone_id": "Asia/Kolkata"}
    return {"base_url": base_url, "accept_downloads": True, **phone}


@pytest.fixture(scope="session")
def tonight(house: Flask) -> int:
    """The id of tonight's screening."""
    with house.app_context():
        made = evening.begin().id
        db.session.remove()
        db.engine.dispose()
        return made


@pytest.fixture
def loud(page: Page) -> Iterator[Page]:
    """The page; an error in its script, or one that the strict policy stops, fails the story."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda told: said.append(told.text) if "Content Security Policy" in told.text else None)
    yield page
    assert said == []


@pytest.fixture(scope="session")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A house for the tests that look at every page, so that the stories' programme stays as it is."""
    app = a_house(at_five(tmp_path_factory.mktemp("cinema")))
    with app.app_context():
        upgrade()
    return app


@pytest.fixture(scope="session")
def stage(cinema: Flask) -> every_page.Stage:
    """What all pages show."""
    return every_page.prepare(cinema)


@pytest.fixture(scope="session")
def address(stage: every_page.Stage, cinema: Flask) -> Iterator[str]:
    """Where that house answers."""
    home = cinema.extensions["instashow"].home
    said = {"SECRET_KEY": "for tests only", "LIMITS": "off", "CLOCK_FILE": str(home / "clock")}
    with serving(home, "--no-jobs", "--workers", "1", ADMIN_PASSWORD="a line from another song", **said) as served:
        yield f"http://localhost:{served.port}"

"""The two back ends of the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from instashow import cache
from tests import cast
from tests.saturday import FIVE_PM, at
from tests.servers import redis_url
from tests.theatres.plans import hall


@pytest.fixture(params=["file", "redis"])
def kept(request: pytest.FixtureRequest, app: Flask, run_folder: Path) -> Iterator[Flask]:
    """The app with an empty cache in a file, then on Redis (a database of its own for each of the run's workers)."""
    before = app.extensions["instashow"]
    if request.param == "redis":
        worker = int(getattr(request.config, "workerinput", {"workerid": "gw0"})["workerid"][2:])
        url = redis_url(run_folder).rsplit("/", 1)[0] + f"/{worker + 1}"
        app.extensions["instashow"] = dataclasses.replace(before, redis_url=url)
    cache.init_app(app)
    cache.cache.clear()
    yield app
    app.extensions["instashow"] = before
    cache.init_app(app)


@pytest.fixture
def on_saturday(app: Flask) -> Iterator[None]:
    """A Saturday at five in the afternoon that stands still; nothing is kept yet, in front of Flask neither."""
    cache.cache.clear()
    app.extensions["instashow-front"].shown.clear()
    with time_machine.travel(FIVE_PM, tick=False):
        yield


@pytest.fixture
def playing(on_saturday: None) -> Any:
    """A screening of that evening."""
    return cast.screening(cast.show("Kadal"), cast.theatre("Roxy", plan=hall("ssssss")), starts_at=at("19:00"))

"""The two back ends of the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from instashow import cache
from tests.servers import redis_url


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

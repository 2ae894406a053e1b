"""Fixtures of the programme's pages: a Saturday evening, a house, a guest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from instashow.theatres.models import Theatre
from tests import cast
from tests.browsers import Browser
from tests.saturday import evening


@pytest.fixture
def on_saturday(app: Flask) -> Iterator[None]:
    """Five in the evening, whatever the day of the run."""
    with evening():
        yield


@pytest.fixture
def roxy(app: Flask) -> Theatre:
    """A house of one small hall in Chennai."""
    return cast.theatre("Roxy", place="Purasawalkam")


@pytest.fixture
def guest(app: Flask) -> Browser:
    """A browser of nobody's."""
    return Browser(app)

"""Pages of theatres on one Saturday evening, and who looks at them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.browsers import Browser
from tests.saturday import evening


@pytest.fixture
def on_saturday(app: Flask) -> Iterator[None]:
    """Five in the afternoon, and the clock stands still."""
    with evening():
        yield


@pytest.fixture
def guest(app: Flask) -> Browser:
    """The browser of somebody who is not signed in."""
    return Browser(app)
